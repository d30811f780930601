import type { Shown } from "./model.ts";
import { COVERAGE_STATES, CoverageBar, Section } from "./parts.tsx";
import { count, number } from "./text.ts";
import { type Branch, type Counts, total } from "./tree.ts";

/** All metrics as a tree of the segments of their names. */
export function CoverageSection({ report: { coverage } }: { readonly report: Shown }) {
  if (coverage === null) return null;
  return (
    <Section
      id="coverage"
      title="Coverage map"
      intro="Metrics by the segments of their names. A metric is watched when somebody is notified of its anomalies: at least one watcher matches it, no exclusion leaves it out, and a recipient can be reached."
    >
      <ul class="legend">
        {COVERAGE_STATES.map(([key, kind, name]) => (
          <li key={key}>
            <span class={`key ${kind}`} aria-hidden="true" />
            {name}: {number(coverage[key])}
          </li>
        ))}
      </ul>
      {total(coverage) > 0 && (
        <div class="tree">
          <Below branch={coverage} />
        </div>
      )}
    </Section>
  );
}

/** What is below a branch: branches first, then metrics by what becomes of them. */
function Below({ branch: { children, rest } }: { readonly branch: Branch }) {
  const isLeaf = (one: Branch) => one.isMetric && one.children.length === 0 && one.rest === null;
  const branches = children.filter((one) => !isLeaf(one));
  const metrics = children.filter(isLeaf);
  return (
    <>
      {branches.length > 0 && (
        <ul>
          {branches.map((one) => (
            <li key={one.label}>
              <BranchItem branch={one} />
            </li>
          ))}
        </ul>
      )}
      {COVERAGE_STATES.map(([key, kind, name]) => (
        <Metrics key={key} kind={kind} name={name} metrics={metrics.filter((one) => one[key] > 0)} />
      ))}
      {rest && branches.length + metrics.length > 0 && <p class="more">And {inWords(rest)}, not shown one by one.</p>}
    </>
  );
}

function BranchItem({ branch }: { readonly branch: Branch }) {
  const line = (
    <>
      <bdi class="segment">{branch.label}</bdi>
      <CoverageBar of={branch} />
      <span class="counts">{inWords(branch)}</span>
    </>
  );
  if (branch.children.length === 0) return <div class="line">{line}</div>;
  return (
    <details>
      <summary>{line}</summary>
      <Below branch={branch} />
    </details>
  );
}

interface MetricsProps {
  readonly kind: string;
  readonly name: string;
  readonly metrics: readonly Branch[];
}

function Metrics({ kind, name, metrics }: MetricsProps) {
  if (metrics.length === 0) return null;
  return (
    <p class="metrics">
      <span class={`key ${kind}`} aria-hidden="true" />
      <b>{name}</b>{" "}
      {metrics.map(({ label }) => (
        <>
          <code key={label}>{label}</code>{" "}
        </>
      ))}
    </p>
  );
}

/** `12 of 40 watched, 3 stopped`. */
function inWords({ watched, unwatched, stopped }: Counts): string {
  const active = watched + unwatched;
  if (active === 0) return `${count(stopped, "metric")}, all stopped`;
  return `${number(watched)} of ${number(active)} watched${stopped > 0 ? `, ${number(stopped)} stopped` : ""}`;
}
