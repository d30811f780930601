/** A change of the program, and what its preview is to show. */
export interface Scene {
  readonly title: string;
  /** A sentence for the page. */
  readonly text: string;
  /** Replaces the watcher of the program that is in place. */
  readonly cpu?: string;
  /** Added to the program. */
  readonly more?: string;
  /** Whether `pulumi preview --diff` is shown as well. */
  readonly diff?: true;
}

const cpu = (fields: string) => `new anomify.Watcher("cpu", {
  name: "CPU",
  ${fields}
});`;

/** The program that was deployed before each of the previews. */
export const BEFORE = cpu(`chips: ["cpu"],
  emailUsers: ["ana@acme.example"],`);

/** Each is previewed alone, against the same state. */
export const SCENES: readonly Scene[] = [
  {
    title: "A new watcher",
    text: "How many metrics its chips match, and a few of them.",
    more: `new anomify.Watcher("disk", { name: "Disk", chips: ["web", "disk"], slackChannel: "ops-alerts" });`,
  },
  {
    title: "Narrower chips",
    text: "Before and after, and what is lost. With `anomify:replayDays`, also how often it would have alerted.",
    diff: true,
    cpu: cpu(`chips: ["cpu", "idle"],
  emailUsers: ["ana@acme.example"],`),
  },
  {
    title: "A longer expiration",
    text: "Nothing changes in what it matches; with `anomify:replayDays` the preview says what changes in the alerts.",
    cpu: cpu(`chips: ["cpu"],
  emailUsers: ["ana@acme.example"],
  expiration: "12h",`),
  },
  {
    title: "A watcher that matches nothing",
    text: "A warning, with what was probably meant.",
    more: `new anomify.Watcher("typo", { name: "Disks", chips: ["disc"], emailUsers: ["ana@acme.example"] });`,
  },
  {
    title: "The same with `strict`",
    text: "An error. Here by a provider of its own; `anomify:strict` sets it for the stack.",
    more: `const config = new pulumi.Config("anomify");
const [endpoint, token] = [config.require("endpoint"), config.requireSecret("token")];
const provider = new anomify.Provider("strict", { endpoint, token, strict: true });
new anomify.Watcher("typo", { name: "Disks", chips: ["disc"], emailUsers: ["ana@acme.example"] }, { provider });`,
  },
  {
    title: "A threshold watcher of more than 200 metrics",
    text: "Such a rule watches nothing (assumed), so it is an error.",
    more: `new anomify.ThresholdWatcher("busy", {
  name: "Busy",
  chips: ["cpu"],
  threshold: { condition: "greater_than", value: 95 },
  emailUsers: ["ana@acme.example"],
});`,
  },
  {
    title: "An exclusion",
    text: "How many metrics it leaves out, and what watchers lose of theirs.",
    more: `new anomify.Exclusion("cores", { type: "skip_analysis", pattern: "db.cpu.", note: "Noisy on purpose" });`,
  },
  {
    title: "An exclusion wider than `maxMetrics`",
    text: "An error.",
    more: `new anomify.Exclusion("cores", { type: "skip_analysis", pattern: "cpu", maxMetrics: 50 });`,
  },
  {
    title: "A recipient who cannot be reached",
    text: "An error.",
    more: `new anomify.Watcher("text", { name: "Text", chips: ["web", "disk"], smsUsers: ["ben@acme.example"] });`,
  },
  {
    title: "An admin alert that is off",
    text: "A warning.",
    more: `new anomify.AdminAlert("stopped", { alert: "all-metrics-stopped", enabled: false });`,
  },
];
