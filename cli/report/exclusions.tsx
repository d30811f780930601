import { kindOf } from "../../provider/catalog.ts";
import { LIMITS } from "./limits.ts";
import type { ReportExclusion, Shown } from "./model.ts";
import { anchorOf, Cell, More, ReachCell, Section, Table } from "./parts.tsx";
import { count } from "./text.ts";

/** What is left out of something, since when and why. */
export function ExclusionsSection({ report: { exclusions } }: { readonly report: Shown }) {
  const most = Math.max(0, ...exclusions.map(({ reach }) => reach?.metrics ?? 0));
  return (
    <Section id="exclusions" title="Exclusions">
      {exclusions.length === 0 ? (
        <p class="intro">There is no exclusion.</p>
      ) : (
        <Table
          caption="Exclusions, the oldest first"
          head={[
            { name: "Pattern", kind: "wide" },
            { name: "Metrics that match", kind: "wide" },
            { name: "Age", kind: "number" },
            { name: "Why and until when", kind: "wide" },
          ]}
        >
          {exclusions.slice(0, LIMITS.exclusions).map((exclusion) => (
            <Row key={exclusion.id} exclusion={exclusion} most={most} />
          ))}
        </Table>
      )}
      <More all={exclusions.length} most={LIMITS.exclusions} what="exclusion" />
    </Section>
  );
}

function Row({ exclusion, most }: { readonly exclusion: ReportExclusion; readonly most: number }) {
  const { id, pattern, type, note, ageDays, by, until, isPast, reach, silences } = exclusion;
  return (
    <tr id={anchorOf(kindOf("exclusion"), id)}>
      <th scope="row">
        <code>{pattern}</code>
        <span class="note">
          {type}: {EFFECTS[`${silences}`]}
        </span>
      </th>
      <Cell name="Metrics">
        <ReachCell reach={reach} most={most} />
      </Cell>
      <Cell name="Age" kind="number">
        {ageDays === null ? "not known" : count(ageDays, "day")}
      </Cell>
      <Cell name="Why and until">
        {note ? <bdi>{note}</bdi> : <span class="lack">No note says why</span>}
        {by && (
          <span class="note">
            by <bdi>{by}</bdi>
          </span>
        )}
        {until && (
          <span class={isPast ? "lack" : "note"}>{`${isPast ? "should have ended on" : "until"} ${until}`}</span>
        )}
      </Cell>
    </tr>
  );
}

/** By whether an exclusion keeps alerts back, which is assumed. */
const EFFECTS: Readonly<Record<string, string>> = {
  true: "nobody is notified of what matches",
  false: "alerts go out all the same",
  null: "what it does is not known",
};
