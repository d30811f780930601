import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import type { Result, Stack, StackOptions } from "pulumi-anomify/testing";
import { expect } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Names of all examples that are TypeScript programs. */
export const examples = readdirSync(`${root}examples`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${root}examples/${entry.name}/index.ts`))
  .filter((entry) => existsSync(`${root}examples/${entry.name}/Pulumi.yaml`))
  .map((entry) => entry.name);

export type CreateStack = (options: StackOptions) => Promise<Stack>;

/** What an example left behind, in a form that two engines can be compared by. */
export interface Trace {
  /**
   * Writes that reached the service, in an order that does not depend on timing. Reads are left out: how often a list is
   * asked for depends on which resource comes first.
   */
  readonly writes: string[];
  /** Resources after up: type, name, inputs and outputs, secrets and times of writes left out. */
  readonly resources: unknown[];
}

function optionsFor(example: string, simulator: Simulator): StackOptions {
  const token = (tenant: string) => simulator.organization(tenant).token;
  const special: Readonly<Record<string, Record<string, string>>> = {
    "two-organizations": {
      "anomify-two-organizations:acmeToken": token("acme"),
      "anomify-two-organizations:globexToken": token("globex"),
    },
    reproduce: {
      "anomify:token": token("acme"),
      "anomify-acme-shop:checkoutLatencyMsTeamsWebhook": "https://example.com/teams-webhook/acme",
    },
  };
  const secrets = special[example] ?? { "anomify:token": token("acme") };
  const config = { "anomify:endpoint": simulator.url };
  // `npm run check:examples` has checked the types already.
  const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  return { directory: `${root}examples/${example}`, config, secrets, env };
}

function changed(result: Result): string[] {
  return result.steps
    .filter((step) => !["same", "read"].includes(step.op))
    .filter((step) => step.op !== "refresh" || (step.resultOp !== undefined && step.resultOp !== "same"))
    .map((step) => `${step.op} ${step.name}`);
}

function explain(result: Result): string {
  return [...result.diagnostics.map(({ severity, message }) => `${severity}: ${message}`), result.stderr].join("\n");
}

/** Live objects that an example may have made or changed. */
function live(simulator: Simulator): unknown {
  return ["acme", "globex"].map((tenant) => {
    const organization = simulator.organization(tenant);
    return {
      watchers: organization
        .watchers()
        .filter((watcher) => !watcher.deleted)
        .map(({ id, name }) => ({ id, name })),
      exclusions: organization.exclusions().map(({ id, pattern }) => ({ id, pattern })),
    };
  });
}

/** up → no changes → refresh: no changes → destroy; everything made is gone after it. */
export async function roundTrip(create: CreateStack, example: string): Promise<Trace> {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  const stack = await create(optionsFor(example, simulator));
  try {
    const before = live(simulator);
    const preview = await stack.preview();
    expect(preview.ok, explain(preview)).toBe(true);
    expect(simulator.journal.writes(), "a preview writes nothing").toEqual([]);

    const up = await stack.up();
    expect(up.ok, explain(up)).toBe(true);
    const resources = normalized(stack);

    const again = await stack.preview({ expectNoChanges: true });
    expect(changed(again), "the second preview").toEqual([]);
    expect(again.ok, explain(again)).toBe(true);

    const refresh = await stack.refresh();
    expect(refresh.ok, explain(refresh)).toBe(true);
    expect(changed(refresh), "the refresh").toEqual([]);
    expect(normalized(stack), "state after the refresh").toEqual(resources);

    const destroy = await stack.destroy();
    expect(destroy.ok, explain(destroy)).toBe(true);
    expect(live(simulator)).toEqual(before);
    return { writes: writesOf(simulator), resources };
  } finally {
    await stack.close();
    await simulator.stop();
  }
}

function writesOf(simulator: Simulator): string[] {
  return simulator.journal
    .writes()
    .map(
      ({ method, path, form, tenant }) =>
        `${tenant} ${method} ${path.replace(/\/\d+\//, "/<id>/")} ${JSON.stringify(form)}`,
    )
    .map((line) => line.replace(/"(watcher_id|exclusion_id)":"\d+"/g, '"$1":"<id>"'))
    .sort();
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

function normalized(stack: Stack): unknown[] {
  const { deployment } = stack.exportState() as unknown as { deployment: { resources: StateResource[] } };
  return deployment.resources
    .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/anomify:"))
    .map(({ urn, type, inputs, outputs }) => ({
      name: urn.split("::").at(-1),
      type,
      inputs: settled(inputs),
      outputs: settled(outputs),
    }))
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

/** What depends on the time of the run or on the order of requests. */
function settled(properties: unknown): unknown {
  const own = Object.entries(properties as Record<string, unknown>)
    .filter(([key]) => !["lastWrite", "watcherId", "exclusionId", "__defaults"].includes(key))
    .map(([key, value]) => [key, isSecret(value) ? "[secret]" : value]);
  return Object.fromEntries(own);
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;
}
