// Alerts as Anomify organization "Acme Shop" (id 101) has them. Other organizations pass what they
// call otherwise.

import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";

const config = new pulumi.Config();

// E-mail addresses of the people who are notified.
const people = {
  ana: "ana@acme.example",
  ben: "ben@acme.example",
};

// Slack channels.
const channels = {
  opsAlerts: "#ops-alerts",
};

// Parts of metric names.
const chips = {
  checkout: "checkout",
  latency: "latency",
  web1: "web1",
  depth: "depth",
  queue: "queue",
};

// Metrics of the exclusions.
const patterns = {
  stagingLoadtest: "staging.loadtest",
  prodErrors: "prod.errors",
};

// Limits of the threshold watchers.
const thresholds = {
  queueTooLong: 500,
};

// Keys of the config that hold webhook URLs.
const webhooks = {
  checkoutLatency: "checkoutLatencyMsTeamsWebhook",
};

/** Entries of a table under other names, some of them missing in the other organization. */
type Counterparts<Table> = { [Name in keyof Table]?: Table[Name] | null };

/**
 * What differs; what is left out stays as it is.
 */
export interface AcmeShopAlertsArgs {
  /**
   * E-mail addresses of the people who are notified. Null: nobody is notified instead.
   */
  people?: Counterparts<typeof people>;
  /**
   * Slack channels. Null: no channel is notified, and nobody mentioned in it.
   */
  channels?: Counterparts<typeof channels>;
  /**
   * Parts of metric names.
   */
  chips?: Partial<typeof chips>;
  /**
   * Metrics of the exclusions.
   */
  patterns?: Partial<typeof patterns>;
  /**
   * Limits of the threshold watchers.
   */
  thresholds?: Partial<typeof thresholds>;
  /**
   * Keys of the config that hold webhook URLs. Null: no webhook.
   */
  webhooks?: Counterparts<typeof webhooks>;
}

export class AcmeShopAlerts extends pulumi.ComponentResource {
  constructor(name: string, args: AcmeShopAlertsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("anomify-acme-shop:index:AcmeShopAlerts", name, {}, opts);
    refuseUnknown(args, { people, channels, chips, patterns, thresholds, webhooks });

    const person = { ...people, ...args.people };
    const channel = { ...channels, ...args.channels };
    const chip = { ...chips, ...args.chips };
    const pattern = { ...patterns, ...args.patterns };
    const threshold = { ...thresholds, ...args.thresholds };
    const webhook = { ...webhooks, ...args.webhooks };

    new anomify.AdminAlert(
      `${name}-all-metrics-stopped`,
      {
        alert: "all-metrics-stopped",
        ...reachable({
          emailUsers: [person.ana],
          smsUsers: [person.ana],
          slackChannel: channel.opsAlerts,
        }),
        waitSeconds: 300,
      },
      { parent: this },
    );

    new anomify.AdminAlert(
      `${name}-some-metrics-stopped`,
      {
        alert: "some-metrics-stopped",
        ...reachable({
          emailUsers: [person.ben],
          smsUsers: [],
        }),
        waitSeconds: 900,
      },
      { parent: this },
    );

    new anomify.Watcher(
      `${name}-checkout-latency`,
      {
        name: "Checkout latency",
        chips: [chip.checkout, chip.latency],
        ...reachable({
          emailUsers: [person.ana],
          smsUsers: [person.ana],
          slackChannel: channel.opsAlerts,
          slackMentionUsers: [person.ana],
          msTeamsWebhook: secret(webhook.checkoutLatency),
          summaryReport: { frequency: "weekly-monday", emailUsers: [person.ben] },
        }),
      },
      { parent: this },
    );

    new anomify.Watcher(
      `${name}-everything-on-web1`,
      {
        name: "Everything on web1",
        chips: [chip.web1],
        alert: false,
      },
      { parent: this },
    );

    new anomify.ThresholdWatcher(
      `${name}-queue-too-long`,
      {
        name: "Queue too long",
        chips: [chip.depth, chip.queue],
        ...reachable({
          emailUsers: [person.ana],
          slackChannel: channel.opsAlerts,
        }),
        expiration: "15m",
        threshold: { condition: "greater_than", value: threshold.queueTooLong, times: 3 },
      },
      { parent: this },
    );

    new anomify.Exclusion(
      `${name}-staging-loadtest`,
      {
        type: "skip_analysis",
        pattern: pattern.stagingLoadtest,
        note: "Load tests are noisy on purpose",
      },
      { parent: this },
    );

    new anomify.Exclusion(
      `${name}-prod-errors`,
      {
        type: "no_learning",
        pattern: pattern.prodErrors,
      },
      { parent: this },
    );

    this.registerOutputs({});
  }
}

/** Arguments may come from the config of a stack, which no compiler sees. */
function refuseUnknown(args: object, tables: object, path = ""): void {
  const known = new Map<string, unknown>(Object.entries(tables));
  for (const [name, value] of Object.entries(args)) {
    if (!known.has(name)) {
      const names = [...known.keys()].join(", ");
      throw new pulumi.RunError(`There is no ${path}${name} that could be called otherwise. There is: ${names}.`);
    }
    const inner = known.get(name);
    if (typeof inner === "object" && inner !== null) refuseUnknown(value ?? {}, inner, `${path}${name}.`);
  }
}

/** The secret of a config key, where there is one. */
function secret(key: string | null): pulumi.Output<string> | undefined {
  return key === null ? undefined : config.requireSecret(key);
}

type Person = string | number;

/** Who is notified; null is what the organization does not have. */
interface Recipients {
  emailUsers?: (Person | null)[];
  smsUsers?: (Person | null)[];
  slackChannel?: string | null;
  slackMentionUsers?: (Person | null)[];
  msTeamsWebhook?: pulumi.Output<string> | undefined;
  summaryReport?: { frequency: string; emailUsers: (Person | null)[] };
}

/** Leaves out what the organization does not have, mentions without a channel, and summaries that nobody reads. */
function reachable({ emailUsers, smsUsers, slackMentionUsers, summaryReport, ...others }: Recipients) {
  const present = (people: (Person | null)[] = []) => people.filter((person) => person !== null);
  const readers = present(summaryReport?.emailUsers);
  return {
    ...others,
    ...(emailUsers && { emailUsers: present(emailUsers) }),
    ...(smsUsers && { smsUsers: present(smsUsers) }),
    ...(slackMentionUsers && others.slackChannel !== null && { slackMentionUsers: present(slackMentionUsers) }),
    ...(summaryReport && readers.length > 0 && { summaryReport: { ...summaryReport, emailUsers: readers } }),
  };
}
