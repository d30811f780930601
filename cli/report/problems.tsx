import { LIMITS } from "./limits.ts";
import type { ReportProblem } from "./model.ts";
import type { Shown } from "./page.tsx";
import { More, Section } from "./parts.tsx";

/** What keeps alerts from those who need them, the worst first. */
export function ProblemsSection({ report: { problems, notes } }: { readonly report: Shown }) {
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
            <ProblemItem key={place} problem={problem} />
          ))}
        </ul>
      )}
      <More all={problems.length} most={LIMITS.problems} what="problem" />
    </Section>
  );
}

function ProblemItem({ problem: { severity, resource, property, text } }: { readonly problem: ReportProblem }) {
  return (
    <li class={severity}>
      <span class="tag">{severity === "error" ? "Error" : "Warning"}</span>
      <div>
        <strong>
          <bdi>{resource}</bdi>
        </strong>
        <p>
          {property !== "" && <code>{property}</code>} {sentence(text)}
        </p>
      </div>
    </li>
  );
}

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
