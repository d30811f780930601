import type { ComponentChildren } from "preact";
import { roleOf } from "../../provider/catalog.ts";
import type { Way } from "../../routing/index.ts";
import type { Reach } from "./model.ts";
import { count, number } from "./text.ts";
import { type Counts, total } from "./tree.ts";

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly intro?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the page that the navigation leads to. */
export function Section({ id, title, intro, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {intro && <p class="intro">{intro}</p>}
      {children}
    </section>
  );
}

interface TableProps {
  readonly caption: string;
  readonly head: ReadonlyArray<{ readonly name: string; readonly kind?: "number" | "wide" }>;
  /** Rows of cells. */
  readonly children: ComponentChildren;
}

/** A table that scrolls by itself where it is too wide, also by keyboard. */
export function Table({ caption, head, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map(({ name, kind }) => (
              <th key={name} scope="col" class={kind}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

interface CellProps {
  /** Of the column: where there is no room for columns it stands before the cell. */
  readonly name: string;
  readonly kind?: "number";
  readonly children: ComponentChildren;
}

/** A cell of a table. */
export function Cell({ name, kind, children }: CellProps) {
  return (
    <td class={kind} data-name={name}>
      <div>{children}</div>
    </td>
  );
}

/** What of a list is not shown. */
export function More({ all, most, what }: { readonly all: number; readonly most: number; readonly what: string }) {
  if (all <= most) return null;
  return (
    <p class="more">
      And {count(all - most, what)} more, which <code>anomify report --json</code> lists.
    </p>
  );
}

/** What becomes of metrics, in the order of the bars and of their legend: key, class, name. */
export const COVERAGE_STATES = [
  ["watched", "w", "Watched"],
  ["unwatched", "u", "Not watched"],
  ["stopped", "s", "Stopped"],
] as const;

/** Metrics as a bar: what is watched, what is not, what has stopped. The numbers stand beside it. */
export function CoverageBar({ of }: { readonly of: Counts }) {
  const all = total(of) || 1;
  let at = 0;
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {COVERAGE_STATES.map(([key, kind]) => {
        const value = of[key];
        const width = share(value, all);
        const path = `M${share(at, all)} 0h${width}v1h-${width}z`;
        at += value;
        return value > 0 && <path key={kind} class={kind} d={path} />;
      })}
    </svg>
  );
}

/** One number as a part of the largest. */
export function LoadBar({ value, most }: { readonly value: number; readonly most: number }) {
  const width = share(value, most || 1);
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {value > 0 && <path class="a" d={`M0 0h${width}v1h-${width}z`} />}
    </svg>
  );
}

const share = (value: number, all: number): number => Math.round((value / all) * 1000) / 10;

/** Names the row of a watcher or an exclusion, for links to it. */
export const anchorOf = (kind: string, id: string | null): string | undefined =>
  id === null ? undefined : `${roleOf(kind) === "exclusion" ? "exclusion" : "watcher"}-${id}`;

/** Ways to reach somebody, in words. */
export const WAYS: Readonly<Record<Way, string>> = {
  email: "e-mail",
  sms: "SMS",
  slack: "Slack",
  "slack-mention": "Slack mention",
  "ms-teams": "Teams",
  "summary-email": "summary",
};

/** How many metrics are matched, with a few of them. */
export function ReachCell({ reach, most }: { readonly reach: Reach | null; readonly most: number }) {
  if (reach === null) return <span class="note">not known</span>;
  const { metrics, sample, estimate } = reach;
  return (
    <>
      <span class={metrics === 0 ? "figure lack" : "figure"}>
        {number(metrics)}
        {estimate && " (estimate)"}
      </span>
      <LoadBar value={metrics} most={most} />
      {sample.length > 0 && (
        <span class="note sample">
          <bdi>{sample[0]}</bdi>
          {metrics > 1 && ` and ${number(metrics - 1)} more`}
        </span>
      )}
    </>
  );
}
