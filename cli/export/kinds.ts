import type { Values } from "../../provider/runtime/definition.ts";

/** How a kind of resource appears in a program. */
export interface KindStyle {
  /** File without its ending. */
  readonly file: string;
  /** Heading of that file. */
  readonly heading: string;
  /** What an object of the kind is named after. */
  readonly title: (inputs: Values) => string;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Kinds in the order in which a reader wants them. */
const STYLES: Readonly<Record<string, KindStyle>> = {
  OrgSettings: { file: "settings", heading: "Settings of the organization", title: () => "settings" },
  User: { file: "users", heading: "People", title: ({ email }) => text(email).replace(/@.*$/, "") },
  AdminAlert: { file: "admin-alerts", heading: "Alerts about the data feed itself", title: ({ alert }) => text(alert) },
  Watcher: { file: "watchers", heading: "Watchers", title: ({ name }) => text(name) },
  ThresholdWatcher: { file: "threshold-watchers", heading: "Threshold watchers", title: ({ name }) => text(name) },
  Exclusion: { file: "exclusions", heading: "Exclusions", title: ({ pattern }) => text(pattern) },
};

/** A kind that is not in the table is named by its `name`, in a file of the kind's own. */
export function styleOf(kind: string): KindStyle {
  const dashed = kind.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
  return STYLES[kind] ?? { file: `${dashed}s`, heading: `${kind}s`, title: ({ name }) => text(name) };
}

/** Sorts kinds as a reader wants them. */
export function inReadingOrder(kinds: Iterable<string>): string[] {
  const order = Object.keys(STYLES);
  const place = (kind: string) => (order.indexOf(kind) + order.length + 1) % (order.length + 1);
  return [...new Set(kinds)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
