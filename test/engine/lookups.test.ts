import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { errors, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

/** A stack whose settings are of acme; programs run in this process. */
async function acmeStack() {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  const stack = await createStack({
    directory: `${import.meta.dirname}/../../examples/quickstart`,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const globex = () =>
    new anomify.Provider("globex", {
      endpoint: simulator.url,
      token: pulumi.secret(simulator.organization("globex").token),
    });
  /** Requests by organization and operation, since the last time. */
  const requests = () => {
    const counts: Record<string, number> = {};
    for (const { tenant, operation } of simulator.journal.entries()) {
      const key = `${tenant} ${operation}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    simulator.journal.clear();
    return counts;
  };
  return { simulator, stack, globex, requests };
}

/** One program that uses them all, in both forms and each of them twice. */
async function everything(name: string, opts?: anomify.LookupOptions) {
  const email = `${name === "acme" ? "ana" : "greta"}@${name}.example`;
  const later = pulumi.output(email);
  const one = async () => {
    const user = await anomify.getUser({ email: email.toUpperCase() }, opts);
    return {
      user: user.id,
      sameUser: anomify.getUserOutput({ id: user.id }, opts).email,
      laterUser: anomify.getUserOutput({ email: later }, opts).name,
      users: (await anomify.getUsers(opts)).map(({ id }) => id),
      usersOutput: anomify.getUsersOutput(opts).length,
      channel: (await anomify.getChannel({ name: "#ops-alerts" }, opts)).private,
      channelOutput: anomify.getChannelOutput({ name: pulumi.output("ops-alerts") }, opts).id,
      channels: (await anomify.getChannels(opts)).map((channel) => channel.name),
      channelsOutput: anomify.getChannelsOutput(opts).length,
      chips: (await anomify.getChips({ chips: ["latency", "checkout"] }, opts)).metricsCount,
      chipsOutput: anomify.getChipsOutput({ chips: ["checkout", pulumi.output("latency")] }, opts).metricsCount,
      metrics: (await anomify.getMetrics({ search: "checkout", limit: 2 }, opts)).map((metric) => metric.name),
      metricsOutput: anomify.getMetricsOutput({ search: "checkout", limit: pulumi.output(2) }, opts).length,
      watchers: (await anomify.getWatchers({}, opts)).map(({ watcherId, type }) => `${type} ${watcherId}`),
      deleted: anomify.getWatchersOutput({ deleted: pulumi.output(true) }, opts).length,
      watcher: await anomify.getWatcher({ name: "Checkout latency" }, opts),
      watcherOutput: anomify.getWatcherOutput({ name: "Checkout latency" }, opts).watcherId,
      types: (await anomify.getExclusionTypes(opts)).length > 0,
      typesOutput: anomify.getExclusionTypesOutput(opts).apply((types) => types.length > 0),
      organization: await anomify.getOrganization(opts),
      organizationOutput: anomify.getOrganizationOutput(opts).name,
    };
  };
  await one();
  return await one();
}

const ONE_OF_EACH = ["Users", "Channels", "Chips", "Metrics", "Watchers", "ExclusionTypes"].map(
  (what) => `list${what}`,
);
const eachOnce = (tenant: string) =>
  Object.fromEntries([...ONE_OF_EACH, "getOrg"].map((operation) => [`${tenant} ${operation}`, 1]));

test("a program asks for each list once, with the settings of the stack", async () => {
  const { stack, requests } = await acmeStack();
  const program = async () => ({ all: await everything("acme") });
  const preview = succeeded(await stack.preview({ program }));
  expect(requests()).toEqual(eachOnce("acme"));
  const up = succeeded(await stack.up({ program }));
  expect(requests()).toEqual(eachOnce("acme"));
  expect(up.outputs).toEqual(preview.outputs);
  expect(up.outputs).toEqual({
    all: {
      user: 101,
      sameUser: "ana@acme.example",
      laterUser: "Ana Acme",
      users: [101, 102, 103, 104],
      usersOutput: 4,
      channel: false,
      channelOutput: "C0ACME0001",
      channelsOutput: 4,
      channels: ["ops-alerts", "db-on-call", "checkout", "general"],
      chips: 4,
      chipsOutput: 4,
      metrics: expect.any(Array),
      metricsOutput: 2,
      watchers: ["anomaly 501", "threshold 502", "anomaly 503"],
      deleted: 1,
      watcherOutput: 501,
      watcher: {
        watcherId: 501,
        type: "anomaly",
        name: "Checkout latency",
        chips: ["checkout", "latency"],
        alert: true,
        emailUsers: ["ana@acme.example"],
        smsUsers: ["ana@acme.example"],
        slackChannel: "ops-alerts",
        slackMentionUsers: ["ana@acme.example"],
        hasMsTeamsWebhook: true,
        expiration: "1h",
        threshold: null,
        summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
        deleted: false,
      },
      types: true,
      typesOutput: true,
      organizationOutput: "Acme Shop",
      organization: {
        id: 101,
        name: "Acme Shop",
        timezone: "Europe/London",
        slackConnected: true,
        msTeamsConnected: true,
      },
    },
  });
  expect(JSON.stringify(stack.exportState())).not.toContain("teams-webhook");
});

test("with a provider it asks that one's organization; a secret token makes no secret of the answers", async () => {
  const { stack, globex, requests } = await acmeStack();
  const program = async () => {
    const provider = globex();
    const parent = new pulumi.ComponentResource("test:index:Group", "group", {}, { providers: [provider] });
    return {
      all: await everything("globex", { provider }),
      inherited: anomify.getOrganizationOutput({ parent }).name,
      secret: anomify.getUserOutput({ email: pulumi.secret("greta@globex.example") }, { provider }).id,
    };
  };
  const up = succeeded(await stack.up({ program }));
  expect(requests()).toEqual(eachOnce("globex"));
  expect(up.outputs).toMatchObject({
    all: {
      user: 7301,
      laterUser: "Greta Globex",
      users: [7301, 7302, 7303],
      channel: true,
      watcherOutput: 8101,
      watchers: ["anomaly 8101", "threshold 8102"],
      deleted: 0,
      organizationOutput: "Globex Energy",
    },
    inherited: "Globex Energy",
    secret: "[secret]",
  });
});

test("what is unknown in a preview stays so, and the plain form says what to use", async () => {
  const { stack, simulator } = await acmeStack();
  const program = async () => {
    const watcher = new anomify.Watcher("cpu", { name: "CPU", chips: ["cpu"], emailUsers: ["ana@acme.example"] });
    const endpoint = watcher.watcherId.apply(() => simulator.url);
    const provider = new anomify.Provider("late", { endpoint, token: simulator.organization("globex").token });
    const plain = anomify.getOrganization({ provider }).then(
      ({ name }) => name,
      (error: Error) => error.message,
    );
    return {
      known: anomify.getUsersOutput().apply(() => "known"),
      unknown: anomify.getWatcherOutput({ name: pulumi.interpolate`${watcher.watcherId}` }).watcherId,
      late: anomify.getOrganizationOutput({ provider }).name,
      plain: await plain,
    };
  };
  const preview = succeeded(await stack.preview({ program }));
  expect(preview.outputs).toEqual({
    known: "known",
    plain:
      "getOrganization: the settings of the provider are not known before the update. Use getOrganizationOutput, which waits for them.",
  });
});

test("a mistake ends the program with its sentence alone", async () => {
  const { stack } = await acmeStack();
  const plain = await stack.preview({
    program: async () => ({ user: await anomify.getUser({ email: "anna@acme.example" }) }),
  });
  expect(errors(plain).join()).toContain('Did you mean "ana@acme.example"');
  const output = await stack.preview({
    program: async () => ({ channel: anomify.getChannelOutput({ name: "ops-alert" }).id }),
  });
  expect(errors(output).join()).toContain(
    'getChannel: Slack channel "ops-alert" is not connected to this organization. Did you mean "ops-alerts"?',
  );
});
