import { formatDuration } from "../../domain/time/duration.ts";
import { DaysChart } from "./days-chart.tsx";
import { LIMITS } from "./limits.ts";
import type { RecipientWay, ReportRecipient, Shown } from "./model.ts";
import { Cell, LoadBar, More, Section, Table, WAYS } from "./parts.tsx";
import { count, number } from "./text.ts";

/** Who is notified, and how often. */
export function RecipientsSection({ report: { recipients, load, unnotifiedMembers } }: { readonly report: Shown }) {
  const most = Math.max(0, ...recipients.map(({ messages }) => messages ?? 0));
  const days = load?.days.length ?? 0;
  return (
    <Section
      id="recipients"
      title="Recipients and their load"
      intro={
        load &&
        `Messages that today's watchers would have sent for the anomalies of the last ${count(days, "day")}. Threshold watchers and summaries are not counted.`
      }
    >
      {load && <DaysChart load={load} />}
      {recipients.length > 0 && (
        <Table
          caption="Recipients, those with the most messages first"
          head={[
            { name: "Recipient", kind: "wide" },
            { name: "Messages", kind: "wide" },
            { name: "Ways", kind: "wide" },
            { name: "Watchers", kind: "number" },
          ]}
        >
          {recipients.slice(0, LIMITS.recipients).map((recipient) => (
            <Row key={recipient.to} recipient={recipient} most={most} days={days} />
          ))}
        </Table>
      )}
      <More all={recipients.length} most={LIMITS.recipients} what="recipient" />
      {unnotifiedMembers.length > 0 && (
        <p class="more">
          No watcher notifies these members: <bdi>{unnotifiedMembers.slice(0, LIMITS.members).join(", ")}</bdi>
          {unnotifiedMembers.length > LIMITS.members && ` and ${unnotifiedMembers.length - LIMITS.members} more`}.
        </p>
      )}
    </Section>
  );
}

interface RowProps {
  readonly recipient: ReportRecipient;
  readonly most: number;
  readonly days: number;
}

function Row({ recipient: { to, name, ways, watchers, messages }, most, days }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name || to}</bdi>
        {name && (
          <span class="note">
            <bdi>{to}</bdi>
          </span>
        )}
      </th>
      <Cell name="Messages">
        {messages === null ? (
          <span class="note">not known</span>
        ) : (
          <>
            <span class="figure">{number(messages)}</span>
            <LoadBar value={messages} most={most} />
            <span class="note">{perDay(messages, days)}</span>
          </>
        )}
      </Cell>
      <Cell name="Ways">
        <ul class="plain">
          {ways.map((way) => (
            <li key={way.by}>
              <WayText way={way} />
            </li>
          ))}
        </ul>
      </Cell>
      <Cell name="Watchers" kind="number">
        {number(watchers)}
      </Cell>
    </tr>
  );
}

function perDay(messages: number, days: number): string {
  const each = messages / Math.max(1, days);
  if (messages === 0) return "none";
  return each < 0.1 ? "less than one in ten days" : `${each < 10 ? each.toFixed(1) : number(Math.round(each))} per day`;
}

function WayText({ way: { by, messages, obstacle } }: { readonly way: RecipientWay }) {
  if (obstacle !== null) return <span class="lack">{`${WAYS[by]}: ${obstacle}`}</span>;
  return <>{messages === null ? WAYS[by] : `${number(messages)} by ${WAYS[by]}`}</>;
}

/** Who is notified when no data arrives any more. */
export function StoppedDataSection({ report: { adminAlerts } }: { readonly report: Shown }) {
  return (
    <Section id="stopped" title="When data stops">
      {adminAlerts.length === 0 ? (
        <p class="intro">Anomify reports no admin alert.</p>
      ) : (
        <Table
          caption="Admin alerts"
          head={[{ name: "Alert", kind: "wide" }, { name: "Goes out" }, { name: "Tells", kind: "wide" }]}
        >
          {adminAlerts.map(({ alert, enabled, waitSeconds, notifies }) => (
            <tr key={alert}>
              <th scope="row">{alert.replaceAll("-", " ")}</th>
              <Cell name="Goes out">
                {!enabled && <span class="lack">never: it is off</span>}
                {enabled && (waitSeconds === null ? "time not known" : `after ${formatDuration(waitSeconds)}`)}
              </Cell>
              <Cell name="Notifies">
                {notifies.length === 0 ? (
                  <span class="lack">Nobody</span>
                ) : (
                  <ul class="plain">
                    {notifies.map(({ to, by }) => (
                      <li key={`${to} ${by}`}>
                        <bdi>{to}</bdi> <span class="note">{WAYS[by]}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
