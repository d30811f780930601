import type { LiveOrg } from "../../organization/live.ts";
import { defaultOf } from "../fields.ts";
import { managed, onDelete, onlyManaged } from "../singleton.ts";
import type { OrgSettingsComputed, OrgSettingsInputs } from "./fields.ts";

/** Settings of the organization ⇄ the wire. */

/** Request parameters of what the program manages. */
export const toParams = ({ name, timezone }: OrgSettingsInputs) => managed({ name, timezone });

/** Live settings → inputs in normal form, those alone that the record manages. */
export function fromLive(
  live: LiveOrg,
  recorded: Partial<OrgSettingsInputs> | undefined,
): OrgSettingsInputs & Pick<OrgSettingsComputed, "orgId"> {
  return {
    ...onlyManaged({ name: live.name, timezone: live.timezone }, recorded),
    onDelete: recorded?.onDelete ?? defaultOf(onDelete),
    orgId: live.id,
  };
}
