import { roleOf } from "../../provider/catalog.ts";
import type { PlannedResource } from "./model.ts";
import { UniqueNames, variable } from "./names.ts";
import * as syntax from "./syntax.ts";
import type { Replacement } from "./values.ts";

/** What may differ, as a table in the module: each entry has a name, by which the class looks it up. */
export interface Table {
  /** Name of the table, and of the argument that replaces entries of it. */
  readonly name: string;
  /** Name of the table after that, in the constructor. */
  readonly merged: string;
  readonly documentation: string;
  /** What null means instead of a value; absent where there has to be one. */
  readonly none?: string;
  readonly entries: Map<unknown, { readonly key: string; readonly value: syntax.Expression }>;
  readonly names: UniqueNames;
}

export function newTables() {
  const table = (name: string, merged: string, documentation: string, none?: string): Table => ({
    name,
    merged,
    documentation,
    ...(none === undefined ? {} : { none }),
    entries: new Map(),
    names: new UniqueNames(),
  });
  return {
    people: table("people", "person", "E-mail addresses of the people who are notified.", "nobody is notified instead"),
    channels: table("channels", "channel", "Slack channels.", "no channel is notified, and nobody mentioned in it"),
    chips: table("chips", "chip", "Parts of metric names."),
    patterns: table("patterns", "pattern", "Metrics of the exclusions."),
    thresholds: table("thresholds", "threshold", "Limits of the threshold watchers."),
    webhooks: table("webhooks", "webhook", "Keys of the config that hold webhook URLs.", "no webhook"),
  };
}
export type Tables = ReturnType<typeof newTables>;

/** `person.ana`: the entry of a table, made when it is needed for the first time. */
function entry(table: Table, value: unknown, title: string, written: string | number): syntax.Expression {
  const known = table.entries.get(value);
  const position = String(table.entries.size + 1);
  const key = known?.key ?? table.names.take(variable(title, kindOf(table), position), position, "");
  if (known === undefined) table.entries.set(value, { key, value: syntax.literal(written) });
  return syntax.member(table.merged, key);
}

const kindOf = ({ merged }: Table) => merged.slice(0, 1).toUpperCase() + merged.slice(1);

const PEOPLE: readonly string[] = ["emailUsers", "smsUsers", "slackMentionUsers"];

/** What stands in the arguments of a resource instead of what differs between organizations. */
export function replacementsFor(tables: Tables, { kind, variable: own, secretKeys }: PlannedResource): Replacement {
  return (key, value) => {
    const secret = secretKeys[key];
    if (secret !== undefined) {
      return syntax.call(syntax.identifier("secret"), entry(tables.webhooks, secret, own, secret));
    }
    if (roleOf(kind) === "threshold-watcher" && key === "value")
      return entry(tables.thresholds, own, own, Number(value));
    if (typeof value !== "string") return undefined;
    if (PEOPLE.includes(key)) return entry(tables.people, value, value.replace(/@.*$/, ""), value);
    if (key === "chips") return entry(tables.chips, value, value, value);
    if (roleOf(kind) === "exclusion" && key === "pattern") return entry(tables.patterns, value, own, value);
    return key === "slackChannel" ? entry(tables.channels, value, value, `#${value}`) : undefined;
  };
}
