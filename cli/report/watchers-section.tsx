import { namesWithIds } from "../../domain/text/names.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { LIMITS } from "./limits.ts";
import type { ReportWatcher, ReportWay, Shown } from "./model.ts";
import { anchorOf, Cell, More, ReachCell, Section, Table, WAYS } from "./parts.tsx";
import { count, number } from "./text.ts";

/** Watchers, what they match and whom they notify. */
export function WatchersSection({ report: { watchers, load } }: { readonly report: Shown }) {
  const most = Math.max(0, ...watchers.map(({ reach }) => reach?.metrics ?? 0));
  const nameIn = namesWithIds(
    watchers,
    ({ name }) => name,
    ({ id }) => id,
  );
  const days = load ? ` in ${count(load.days.length, "day")}` : "";
  return (
    <Section id="watchers" title="Watchers and their reach">
      {watchers.length === 0 ? (
        <p class="intro">There is no watcher, so nobody is notified of any anomaly.</p>
      ) : (
        <Table
          caption="Watchers, those with the most metrics first"
          head={[
            { name: "Name", kind: "wide" },
            { name: "Metrics", kind: "wide" },
            { name: "Tells", kind: "wide" },
            { name: `Alerts${days}`, kind: "number" },
          ]}
        >
          {watchers.slice(0, LIMITS.watchers).map((watcher) => (
            <Row key={watcher.id} watcher={watcher} name={nameIn(watcher)} most={most} />
          ))}
        </Table>
      )}
      <More all={watchers.length} most={LIMITS.watchers} what="watcher" />
    </Section>
  );
}

interface RowProps {
  readonly watcher: ReportWatcher;
  readonly name: string;
  readonly most: number;
}

function Row({ watcher, name, most }: RowProps) {
  const { kind, id, chips, threshold, reach, alerts, heldBack, expirationSeconds } = watcher;
  return (
    <tr id={anchorOf(kind, id)}>
      <th scope="row">
        <bdi>{name}</bdi>
        <span class="chips">
          {chips.slice(0, LIMITS.ofWatcher).map((chip) => (
            <code key={chip}>{chip}</code>
          ))}
          {chips.length > LIMITS.ofWatcher && `and ${chips.length - LIMITS.ofWatcher} more`}
        </span>
        {threshold && <span class="note">{threshold}</span>}
      </th>
      <Cell name="Metrics">
        <ReachCell reach={reach} most={most} />
      </Cell>
      <Cell name="Notifies">
        <Notified watcher={watcher} />
      </Cell>
      <Cell name="Alerts" kind="number">
        {alerts === null ? <span class="note">not replayed</span> : number(alerts)}
        {heldBack !== null && heldBack > 0 && (
          <span class="note">
            {number(heldBack)} held back for {formatDuration(expirationSeconds)}
          </span>
        )}
      </Cell>
    </tr>
  );
}

function Notified({ watcher: { alert, notifies } }: { readonly watcher: ReportWatcher }) {
  if (!alert) return <span class="lack">Nobody: alerts are off</span>;
  if (notifies.length === 0) return <span class="lack">Nobody</span>;
  const people = [...new Set(notifies.map(({ to }) => to))];
  return (
    <ul class="plain">
      {people.slice(0, LIMITS.ofWatcher).map((to) => (
        <li key={to}>
          <bdi>{to}</bdi> <Ways ways={notifies.filter((one) => one.to === to)} />
        </li>
      ))}
      {people.length > LIMITS.ofWatcher && <li>and {people.length - LIMITS.ofWatcher} more</li>}
    </ul>
  );
}

function Ways({ ways }: { readonly ways: readonly ReportWay[] }) {
  const arriving = ways.filter(({ obstacle }) => obstacle === null);
  const lost = ways.filter(({ obstacle }) => obstacle !== null);
  return (
    <>
      <span class="note">{arriving.map(({ by }) => WAYS[by]).join(", ")}</span>
      {lost.length > 0 && <span class="lack"> not by {lost.map(({ by }) => WAYS[by]).join(", ")}</span>}
    </>
  );
}

/** Pairs of watchers that notify somebody of the same. */
export function OverlapsSection({ report: { overlaps } }: { readonly report: Shown }) {
  if (overlaps.length === 0) return null;
  return (
    <Section
      id="twice"
      title="Told twice"
      intro="Pairs of watchers that notify the same people of the same metrics in the same way."
    >
      <Table
        caption="Watchers that overlap"
        head={[
          { name: "Watchers", kind: "wide" },
          { name: "Metrics in both", kind: "number" },
          { name: "Told twice", kind: "wide" },
        ]}
      >
        {overlaps.slice(0, LIMITS.overlaps).map(({ watchers, recipients, metrics }) => (
          <tr key={watchers.join()}>
            <th scope="row">
              <bdi>{watchers[0]}</bdi> and <bdi>{watchers[1]}</bdi>
            </th>
            <Cell name="Metrics in both" kind="number">
              {metrics === null ? "not known" : number(metrics)}
            </Cell>
            <Cell name="Told twice">
              <bdi>{recipients.slice(0, LIMITS.ofWatcher).join(", ")}</bdi>
            </Cell>
          </tr>
        ))}
      </Table>
      <More all={overlaps.length} most={LIMITS.overlaps} what="pair" />
    </Section>
  );
}
