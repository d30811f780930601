import type { LiveExclusion } from "../../organization/live.ts";
import { said } from "../unsaid.ts";
import type { ExclusionComputed, ExclusionInputs } from "./fields.ts";

/** An exclusion ⇄ the wire. */

export const toParams = ({ type, pattern, note }: ExclusionInputs) => ({ type, pattern, note });

/** Whether a live exclusion is, property by property, the one that is declared. */
export const isSame = (live: LiveExclusion, { type, pattern, note }: Partial<ExclusionInputs>): boolean =>
  live.type === type && live.pattern.trim() === pattern && (said(live.note, note)?.trim() || null) === (note ?? null);

/** Live exclusion → outputs. `recorded` lends what only the program has. */
export function fromLive(
  live: LiveExclusion,
  lastWrite: number,
  recorded: Partial<ExclusionInputs> | undefined,
): ExclusionInputs & ExclusionComputed {
  return {
    type: live.type,
    pattern: live.pattern,
    note: said(live.note, recorded?.note) || null,
    maxMetrics: recorded?.maxMetrics ?? null,
    until: recorded?.until ?? null,
    adopt: recorded?.adopt ?? null,
    exclusionId: live.id,
    lastWrite,
  };
}
