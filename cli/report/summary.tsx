import type { ComponentChildren } from "preact";
import type { Shown } from "./model.ts";
import { CoverageBar } from "./parts.tsx";
import { count, number, percent } from "./text.ts";

/** The numbers that matter, at a glance. */
export function Summary({ report }: { readonly report: Shown }) {
  const { problems, coverage, watchers, load, exclusions } = report;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const silent = watchers.filter(
    ({ alert, notifies }) => !alert || notifies.every(({ obstacle }) => obstacle !== null),
  );
  const oldest = Math.max(0, ...exclusions.map(({ ageDays }) => ageDays ?? 0));
  const active = coverage ? coverage.watched + coverage.unwatched : 0;
  return (
    <dl class="tiles" aria-label="Summary">
      <Tile name="Problems" value={number(problems.length)} tone={errors > 0 ? "bad" : undefined}>
        {problems.length === 0
          ? "none found"
          : `${count(errors, "error")}, ${count(problems.length - errors, "warning")}`}
      </Tile>
      {coverage && (
        <Tile name="Metrics watched" value={percent(coverage.watched, active)}>
          <CoverageBar of={coverage} />
          {number(coverage.watched)} of {number(active)} that send data
        </Tile>
      )}
      <Tile name="Watchers" value={number(watchers.length)}>
        {silent.length === 0
          ? "all notify somebody"
          : `${number(silent.length)} ${silent.length === 1 ? "notifies" : "notify"} nobody`}
      </Tile>
      {load && (
        <Tile name="Alerts" value={number(load.alerts)}>
          in {count(load.days.length, "day")}, from {count(load.anomalies, "anomaly", "anomalies")}
        </Tile>
      )}
      <Tile name="Exclusions" value={number(exclusions.length)}>
        {exclusions.length === 0 ? "nothing is left out" : `the oldest ${count(oldest, "day")} old`}
      </Tile>
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: "bad" | undefined;
  readonly children: ComponentChildren;
}

function Tile({ name, value, tone, children }: TileProps) {
  return (
    <div class={tone}>
      <dt>{name}</dt>
      <dd class="value">{value}</dd>
      <dd>{children}</dd>
    </div>
  );
}
