import type { Result } from "pulumi-anomify/testing";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type Program, YamlProject } from "../helpers/yaml-project.ts";

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

const changes = ({ steps }: Result) =>
  steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ op, name }) => `${op} ${name}`);

test("Pulumi YAML: up, no changes, a change outside, its repair, a replacement, and all is gone in the end", async () => {
  const project = await YamlProject.start();
  const { stack, simulator, acme } = project;
  const declared = () => [
    ...acme.watchers().flatMap(({ name, deleted }) => (deleted ? [] : [name])),
    ...acme.exclusions().map(({ pattern }) => pattern),
  ];
  const before = declared();

  const preview = succeeded(await stack.preview());
  expect(simulator.journal.writes()).toEqual([]);
  expect(preview.diagnostics.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^matches 4 metrics/));
  succeeded(await stack.up());
  const { checkoutWatcher } = stack.outputs();
  expect(project.resource("checkout-latency")).toMatchObject({
    id: String(checkoutWatcher),
    type: "anomify:index:Watcher",
    outputs: { watcherId: checkoutWatcher, emailUsers: ["ana@acme.example"], slackChannel: "ops-alerts" },
  });
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.refresh({ expectNoChanges: true }));

  const writes = simulator.journal.writes().length;
  acme.edit(({ watchers }) => {
    for (const live of watchers) if (live.id === checkoutWatcher) live.chips = ["checkout", "latency", "prod"];
  });
  const drift = await stack.command(["preview", "--refresh", "--diff"]);
  expect(drift).toContain("~ anomify:index:Watcher: (update)");
  expect(drift).toMatch(/- \[2\]: "prod"/);
  expect(drift).not.toContain("database-cpu");
  expect(simulator.journal.writes().length).toBe(writes);
  succeeded(await stack.up({ refresh: true }));
  expect(acme.watchers().find(({ id }) => id === checkoutWatcher)?.chips).toEqual(["checkout", "latency"]);

  project.edit(({ resources }) => {
    Object.assign(resources["load-tests"]?.properties ?? {}, { pattern: "staging.loadtest.web1" });
    Object.assign(resources["database-cpu"]?.properties ?? {}, { chips: ["db1", "cpu", "prod"] });
  });
  const detailed = await stack.command(["preview", "--diff"]);
  expect(detailed).toMatch(/pattern: "staging.loadtest.web2" => "staging.loadtest.web1"/);
  expect(detailed).toMatch(/\+ \[2\]: "prod"/);
  const replaced = succeeded(await stack.up());
  expect(changes(replaced).sort()).toEqual([
    "create-replacement load-tests",
    "delete-replaced load-tests",
    "replace load-tests",
    "update database-cpu",
  ]);
  succeeded(await stack.preview({ expectNoChanges: true }));

  succeeded(await stack.destroy());
  expect(declared()).toEqual(before);
});

test("pulumi import takes a watcher over, and the code that it suggests changes nothing", async () => {
  const project = await YamlProject.start();
  const { stack, simulator, acme } = project;
  // Pulumi prints a secret input in the code that it suggests.
  acme.edit(({ watchers }) => {
    for (const live of watchers) live.alerts = live.alerts.filter(({ method }) => method !== "ms_teams");
  });
  succeeded(await stack.up());
  const writes = simulator.journal.writes().length;
  const printed = await stack.command(["import", "anomify:index:Watcher", "taken-over", "501", "--yes"]);
  const code = /^resources:\n[\s\S]*/m.exec(printed)?.[0] ?? expect.fail(`no code in ${printed}`);
  expect(code).not.toMatch(/undelete|fireTestAlertOnCreate|adopt|effect|watcherId/);
  project.edit(({ resources }) => Object.assign(resources, (parse(code) as Program).resources));
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.up({ expectNoChanges: true }));
  expect(simulator.journal.writes().length).toBe(writes);
  expect(project.resource("taken-over")).toMatchObject({ id: "501", protect: true });
});

test("what is asked of Anomify does not grow with the number of resources", async () => {
  const project = await YamlProject.start();
  const { stack, simulator } = project;
  succeeded(await stack.up());
  const requestsOf = async () => {
    simulator.journal.clear();
    succeeded(await stack.preview({ expectNoChanges: true }));
    succeeded(await stack.refresh({ expectNoChanges: true }));
    return simulator.journal.entries().length;
  };
  const few = await requestsOf();
  project.edit(({ resources }) => {
    for (let count = 0; count < 20; count += 1) {
      resources[`more-${count}`] = { type: "anomify:Watcher", properties: { name: `More ${count}`, chips: ["cpu"] } };
    }
  });
  succeeded(await stack.up());
  expect(await requestsOf()).toBe(few);
});

test("mistakes are shown at their resources before anything of them is sent", async () => {
  const project = await YamlProject.start();
  const { stack, simulator } = project;
  project.edit(({ resources }) => {
    Object.assign(resources["checkout-latency"]?.properties ?? {}, {
      smsUsers: ["anna@acme.example"],
      expiration: "10s",
    });
  });
  const result = await stack.up();
  expect(result.ok).toBe(false);
  const text = result.diagnostics.map(({ message }) => message).join("\n");
  expect(text).toMatch(/Did you mean "ana@acme.example"/);
  expect(text).toMatch(/at least 60 seconds/);
  expect(simulator.journal.writes().filter(({ form }) => String(form.name).includes("Checkout"))).toEqual([]);
});
