import { kindOf } from "../../provider/catalog.ts";
import { LIMITS } from "./limits.ts";
import type { ReportProblem, Shown } from "./model.ts";
import { anchorOf, More, Section } from "./parts.tsx";

/** What keeps alerts from those who need them, the worst first. */
export function ProblemsSection({ report }: { readonly report: Shown }) {
  const { problems, notes } = report;
  const rows = rowsOf(report);
  return (
    <Section id="problems" title="Problems">
      {notes.length > 0 && (
        <div class="notice">
          <h3>Not everything could be read</h3>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      {problems.length === 0 ? (
        <p class="well">
          Nothing was found that keeps an alert from those who need it{notes.length > 0 && ", in what could be read"}.
        </p>
      ) : (
        <ul class="problems">
          {problems.slice(0, LIMITS.problems).map((problem, place) => (
            <ProblemItem key={place} problem={problem} rows={rows} />
          ))}
        </ul>
      )}
      <More all={problems.length} most={LIMITS.problems} what="problem" />
    </Section>
  );
}

/** Anchors of the rows that the page shows. */
function rowsOf({ watchers, exclusions }: Shown): ReadonlySet<string | undefined> {
  return new Set([
    ...watchers.slice(0, LIMITS.watchers).map(({ kind, id }) => anchorOf(kind, id)),
    ...exclusions.slice(0, LIMITS.exclusions).map(({ id }) => anchorOf(kindOf("exclusion"), id)),
  ]);
}

interface ItemProps {
  readonly problem: ReportProblem;
  readonly rows: ReadonlySet<string | undefined>;
}

function ProblemItem({ problem: { severity, kind, id, resource, property, text }, rows }: ItemProps) {
  const anchor = LINKED.includes(kind) ? anchorOf(kind, id) : undefined;
  const name = <bdi>{resource}</bdi>;
  return (
    <li class={severity}>
      <span class="tag">{severity === "error" ? "Error" : "Warning"}</span>
      <div>
        <strong>{anchor && rows.has(anchor) ? <a href={`#${anchor}`}>{name}</a> : name}</strong>
        <p>
          {property !== "" && <code>{property}</code>} {sentence(text)}
        </p>
      </div>
    </li>
  );
}

const LINKED: readonly string[] = [kindOf("watcher"), kindOf("threshold-watcher"), kindOf("exclusion")];

/** Some end with a question, or with a sentence of their own. */
const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** What the numbers rest on. */
export function LimitsSection({ report: { limits } }: { readonly report: Shown }) {
  return (
    <Section id="limits" title="What this rests on">
      <ul class="limits">
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </Section>
  );
}
