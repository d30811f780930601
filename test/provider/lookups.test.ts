import { type SimulatorOptions, startSimulator } from "pulumi-anomify/simulator";
import { expect, it, onTestFinished } from "vitest";
import { type ArgsOf, answer, type LookupName, Sources } from "../../provider/lookups/index.ts";

/** Look-ups of one program in a simulated organization, without Pulumi. */
async function program(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const config: Record<string, string> = {
    "anomify:endpoint": simulator.url,
    "anomify:token": acme.token,
    "anomify:retries": "0",
  };
  const sources = new Sources(() => undefined);
  const ask = <Name extends LookupName>(name: Name, args: ArgsOf<Name>) =>
    answer(name, args, sources, (key) => config[key]);
  const refusal = async <Name extends LookupName>(name: Name, args: object) =>
    await ask(name, args as ArgsOf<Name>).then(
      () => expect.unreachable(`${name} finds something`),
      (error: Error) => error.message,
    );
  return { simulator, acme, config, ask, refusal };
}

it("a name that is nearly right is answered with those that are near", async () => {
  const { refusal } = await program();
  const table: Array<[name: LookupName, args: object, message: string]> = [
    [
      "getUser",
      { email: "anna@acme.example" },
      'getUser: anna@acme.example is not in this Anomify organization. Did you mean "ana@acme.example" or "ben@acme.example" or "sam@acme.example"?',
    ],
    [
      "getUser",
      { email: "somebody.else@example.com" },
      "getUser: somebody.else@example.com is not in this Anomify organization. Invite them in Anomify first.",
    ],
    ["getUser", { id: 9 }, "getUser: nobody in this Anomify organization has the id 9. Check it in Anomify"],
    [
      "getChannel",
      { name: "#ops-alert" },
      'getChannel: Slack channel "ops-alert" is not connected to this organization. Did you mean "ops-alerts"?',
    ],
    [
      "getWatcher",
      { name: "Checkout latncy" },
      'getWatcher: there is no watcher "Checkout latncy" in this Anomify organization. Did you mean "Checkout latency"?',
    ],
    [
      "getWatcher",
      { name: "Old disk watcher" },
      'getWatcher: watcher "Old disk watcher" is deleted. Bring it back in Anomify, or look it up with getWatchers({ deleted: true })',
    ],
  ];
  for (const [name, args, message] of table) expect(await refusal(name, args)).toBe(message);
});

it("blanks at the ends of a live name are none: it is found by name, and two that differ by them alone are ambiguous", async () => {
  const { acme, ask, refusal } = await program();
  acme.edit(({ watchers, channels }) => {
    const first = watchers.find(({ deleted }) => !deleted);
    if (first === undefined) throw new Error("the organization has no watcher");
    watchers.push(
      { ...structuredClone(first), id: 603, name: "Mem " },
      { ...structuredClone(first), id: 604, name: "Up" },
    );
    watchers.push({ ...structuredClone(first), id: 605, name: "Up\u00a0" });
    channels.push({ id: "C9", name: "db ", private: false });
  });
  for (const name of ["Mem", "Mem "])
    expect(await ask("getWatcher", { name })).toMatchObject({ watcherId: 603, name: "Mem" });
  expect(await refusal("getWatcher", { name: "Up" })).toContain("ids 604, 605");
  expect(await ask("getChannel", { name: "db" })).toMatchObject({ id: "C9" });
});

it("arguments that no compiler has checked are named by name, without a request", async () => {
  const { refusal, simulator } = await program();
  expect(await refusal("getUser", {})).toBe("getUser: needs either email or id, and not both");
  expect(await refusal("getUser", { email: 7, mail: "x" })).toBe(
    'getUser: email must be text; "mail" is not an argument. Did you mean "email"?',
  );
  expect(await refusal("getChips", { chips: ["a,b"] })).toBe("getChips: chips.0 must not have a comma");
  expect(await refusal("getMetrics", { limit: 0 })).toBe("getMetrics: limit must be at least 1");
  expect(simulator.journal.entries()).toEqual([]);
});

it("a name that several watchers have is refused with their ids", async () => {
  const { acme, refusal, ask } = await program();
  acme.edit((state) => {
    for (const watcher of state.watchers) if (watcher.id === 503) watcher.name = "Checkout latency";
  });
  expect(await refusal("getWatcher", { name: "Checkout latency" })).toBe(
    'getWatcher: 2 watchers are called "Checkout latency" (ids 501, 503). Use getWatchers, and choose by id',
  );
  expect((await ask("getWatchers", { name: "Checkout latency" })).map(({ watcherId }) => watcherId)).toEqual([
    501, 503,
  ]);
});

it("Slack that is not connected is reported as such", async () => {
  const { acme, refusal } = await program();
  acme.edit((state) => {
    state.channels = [];
  });
  expect(await refusal("getChannel", { name: "ops-alerts" })).toContain("Slack is not connected");
});

it("settings that are missing are reported in the provider's own sentence, and a failure is not remembered", async () => {
  const { config, refusal, ask, simulator } = await program();
  const { "anomify:token": token = "" } = config;
  delete config["anomify:token"];
  expect(await refusal("getUsers", {})).toBe(
    "getUsers: The Anomify token is missing. Set it with: pulumi config set --secret anomify:token (it asks for the token), or in the environment variable ANOMIFY_TOKEN.",
  );
  config["anomify:token"] = "0".repeat(32);
  const refused = await refusal("getUsers", {});
  expect(refused).toMatch(/^getUsers: /);
  expect(refused).not.toContain("0".repeat(32));
  config["anomify:token"] = token;
  expect(await ask("getUsers", {})).toHaveLength(4);
  simulator.faults.add({ on: "listChips", do: { kind: "status", status: 503 } });
  expect(await refusal("getChips", {})).toContain("503");
  expect((await ask("getChips", {})).metricsCount).toBeGreaterThan(100);
});

it("a metric is found by part of its name, page by page and at most as many as are asked for", async () => {
  const { ask, simulator } = await program();
  const errors = await ask("getMetrics", { search: "prod.errors" });
  expect(errors.map(({ name }) => name)).toEqual(
    ["checkout", "cart", "search", "login", "catalog"].map((service) => `prod.errors.${service}`),
  );
  expect(await ask("getMetrics", { search: "prod.errors", limit: 2 })).toHaveLength(2);
  expect(await ask("getMetrics", {})).toHaveLength(100);
  await Promise.all([ask("getMetrics", {}), ask("getMetrics", { search: "prod.errors" })]);
  expect(simulator.journal.entries()).toHaveLength(3);
});
