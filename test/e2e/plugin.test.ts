import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Simulator } from "pulumi-anomify/simulator";
import type { Result } from "pulumi-anomify/testing";
import { expect, test } from "vitest";
import { YamlProject } from "../helpers/yaml-project.ts";

// What a native plugin promises beside its resources: whose it is, when it ends, and what is found after an end.

const UP = ["up", "--yes", "--skip-preview"];

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

/** Holds the reply of an operation back, before it takes effect. */
function hold(simulator: Simulator, operation: string) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<null>();
  const until = () => {
    reached.resolve();
    return released.promise;
  };
  simulator.faults.add({ on: operation, do: { kind: "hold", until } });
  return { reached: reached.promise, release: () => released.resolve(null) };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One watcher, since what is killed in the middle of many is another one each time. */
async function startWithOne(): Promise<YamlProject> {
  const project = await YamlProject.start();
  project.edit((program) => {
    program.resources = { cpu: { type: "anomify:Watcher", properties: { name: "Killed", chips: ["cpu"] } } };
    Object.assign(program, { variables: {}, outputs: {} });
  });
  return project;
}

test("Pulumi killed at a create: the plugin ends, and the next up finds what was made and sends nothing", async () => {
  const project = await startWithOne();
  const { stack, simulator, acme } = project;
  const live = () => acme.watchers().filter(({ name, deleted }) => name === "Killed" && !deleted);
  const held = hold(simulator, "createWatcher");
  const child = stack.start(UP);
  const ended = once(child, "exit");
  await held.reached;
  child.kill("SIGKILL");
  await ended;
  await expect.poll(() => project.plugins().filter(isAlive), { timeout: 60_000 }).toEqual([]);
  held.release();
  await expect.poll(() => live().length, { timeout: 60_000 }).toBe(1);
  await stack.command(["cancel", "--yes"]);
  succeeded(await stack.up());
  expect(live()).toHaveLength(1);
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["createWatcher"]);
  expect(project.resource("cpu").id).toBe(String(live()[0]?.id));
  expect(project.plugins().filter(isAlive)).toEqual([]);
});

test("Ctrl-C in a create that hangs: it ends and is recorded, and the next up finds what was made", async () => {
  const project = await startWithOne();
  const { stack, simulator, acme } = project;
  const held = hold(simulator, "createWatcher");
  const child = stack.start(UP);
  const printed = text(child.stdout);
  const output = text(child.stderr);
  const ended = once(child, "exit");
  await held.reached;
  child.kill("SIGINT");
  const [code] = await ended;
  expect(code, `${await printed}${await output}`).not.toBe(0);
  expect(project.resource("cpu").id).toMatch(/^pending:/);
  held.release();
  await expect.poll(() => acme.watchers().filter(({ name }) => name === "Killed").length, { timeout: 60_000 }).toBe(1);
  succeeded(await stack.up());
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["createWatcher", "updateWatcher"]);
  succeeded(await stack.refresh());
  succeeded(await stack.preview({ expectNoChanges: true }));
});

test("two organizations in one program: an explicit provider for each, and each plugin writes to its own", async () => {
  const project = await YamlProject.start(["acme", "globex"]);
  const { stack, simulator } = project;
  const globex = simulator.organization("globex");
  project.edit((program) => {
    const watcher = (name: string) => ({ name, chips: ["cpu"] });
    program.resources = {
      other: {
        type: "pulumi:providers:anomify",
        properties: { token: { "fn::secret": globex.token }, endpoint: simulator.url, retries: 2 },
      },
      here: { type: "anomify:Watcher", properties: watcher("Of acme") },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: how Pulumi YAML names a resource
      there: { type: "anomify:Watcher", properties: watcher("Of globex"), options: { provider: "${other}" } },
    };
    Object.assign(program, { variables: {}, outputs: {} });
  });
  succeeded(await stack.up());
  expect(simulator.journal.writes().map(({ tenant, form }) => [tenant, form.name])).toEqual(
    expect.arrayContaining([
      ["acme", "Of acme"],
      ["globex", "Of globex"],
    ]),
  );
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.refresh({ expectNoChanges: true }));
  project.edit(({ resources }) => Object.assign(resources.other?.properties ?? {}, { retries: 3 }));
  const changed = succeeded(await stack.up());
  expect(changed.steps.filter(({ op }) => op !== "same").map(({ op, name }) => [op, name])).toEqual([
    ["update", "other"],
  ]);
  succeeded(await stack.destroy());
});

test("customTimeouts and ignoreChanges hold, and a missing token is one error with its remedies", async () => {
  const project = await startWithOne();
  const { stack, simulator, acme } = project;
  project.edit(({ resources }) => {
    Object.assign(resources.cpu ?? {}, { options: { customTimeouts: { create: "2s" }, ignoreChanges: ["chips"] } });
  });
  const held = hold(simulator, "createWatcher");
  const failed = await stack.up();
  expect(failed.ok).toBe(false);
  const messages = failed.diagnostics.map(({ message }) => message).join("\n");
  expect(messages).toMatch(/took longer than 2 seconds.*customTimeouts/s);
  held.release();
  await expect.poll(() => acme.watchers().filter(({ name }) => name === "Killed").length, { timeout: 60_000 }).toBe(1);
  project.edit(({ resources }) => Object.assign(resources.cpu ?? {}, { options: { ignoreChanges: ["chips"] } }));
  succeeded(await stack.up());
  succeeded(await stack.refresh());
  project.edit(({ resources }) => Object.assign(resources.cpu?.properties ?? {}, { chips: ["other"] }));
  succeeded(await stack.preview({ expectNoChanges: true }));
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["createWatcher", "updateWatcher"]);

  await stack.command(["config", "rm", "anomify:token"]);
  const without = await stack.preview();
  expect(without.ok).toBe(false);
  // On the row of the provider, which results of a stack leave out.
  expect(without.stdout).toMatch(
    /The Anomify token is missing\. Set it with: pulumi config set --secret anomify:token/,
  );
});
