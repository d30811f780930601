import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import type { Result } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { anomify } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack, type StackOfCli } from "../helpers/cli-stack.ts";

beforeAll(ensureBuilt);

const OBJECTS = 150;
const WEBHOOK = "https://example.com/teams-webhook/";

/** An organization that people have clicked together for years. */
function clickTogether(acme: SimulatedOrganization): void {
  acme.edit((state) => {
    const [checkout, queue] = [501, 502].map((id) => state.watchers.find((watcher) => watcher.id === id));
    const [exclusion] = state.exclusions;
    if (checkout === undefined || queue === undefined || exclusion === undefined) throw new Error("acme has changed");
    for (let count = 0; count < 90; count++) {
      const copy = structuredClone(checkout);
      const alerts = count % 9 === 0 ? copy.alerts : copy.alerts.filter(({ method }) => method !== "ms_teams");
      const own = alerts.map((alert) =>
        alert.method === "ms_teams" ? { ...alert, ref: `${WEBHOOK}${count}` } : alert,
      );
      // Some share a name, as copies made in the dashboard do.
      state.watchers.push({ ...copy, id: 1000 + count, name: `Checkout "${count % 80}" 💳`, alerts: own });
    }
    for (let count = 0; count < 30; count++) {
      state.watchers.push({
        ...structuredClone(queue),
        id: 2000 + count,
        name: `Queue ${count}`,
        expiration_seconds: 61 + count,
      });
    }
    const others =
      state.watchers.filter(({ deleted }) => !deleted).length + state.users.length + state.exclusions.length + 3;
    for (let count = others; count < OBJECTS; count++) {
      state.exclusions.push({ ...exclusion, id: 3000 + count, pattern: `staging.host${count}`, note: null });
    }
  });
}

interface Adoption {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly folder: string;
  readonly stack: StackOfCli;
}

/** Exports the organization and makes a stack for it, with the commands that the export prints. */
async function exportAndPrepare(...flags: string[]): Promise<Adoption> {
  const simulator = await startSimulator();
  const acme = simulator.organization("acme");
  clickTogether(acme);
  const folder = join(mkdtempSync(join(tmpdir(), "anomify-adopt-")), "acme");
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token };
  const ran = await anomify(["export", "--out", folder, "--json", ...flags], { env });
  expect(ran.stderr).toBe("");
  const { resources, secrets } = JSON.parse(ran.stdout) as {
    resources: Record<string, number>;
    secrets: Array<{ key: string }>;
  };
  expect(Object.values(resources).reduce((sum, count) => sum + count)).toBe(
    flags.includes("component") ? OBJECTS - 5 : OBJECTS,
  );
  expect(secrets).toHaveLength(11);
  expect(ran.stdout).not.toContain(WEBHOOK);
  // As npm install would.
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  const values: Record<string, string> = { "anomify:token": acme.token };
  for (const { key } of secrets) values[key] = (await anomify(["export", "--print-secret", key], { env })).stdout;
  const stack = await createCliStack({
    directory: folder,
    config: { "anomify:endpoint": simulator.url },
    secrets: values,
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
    rmSync(resolve(folder, ".."), { recursive: true, force: true });
  });
  return { simulator, acme, folder, stack };
}

/** Fails with all that the CLI said. */
function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  expect(result.stdout + result.stderr, "no webhook is shown").not.toContain(WEBHOOK);
  return result;
}

const changed = ({ steps }: Result) =>
  steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ op, name }) => `${op} ${name}`);

describe(`an organization of ${OBJECTS} objects, made by hand`, () => {
  test("is taken over as it is, and its secrets are encrypted in the state", async () => {
    const { simulator, acme, folder, stack } = await exportAndPrepare();
    const written = readdirSync(folder).filter((name) => name !== "node_modules");
    const clear = written.filter((name) => readFileSync(join(folder, name), "utf8").includes(WEBHOOK));
    expect(clear, "the webhooks are in the import file alone").toEqual(["import.json"]);
    expect(statSync(join(folder, "import.json")).mode & 0o777).toBe(0o600);

    const imported = succeeded(await stack.import(join(folder, "import.json")));
    expect(imported.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([
      {
        severity: "warning",
        message:
          'Watcher "Everything on web1", alert: is false, so nobody is notified. Set alert: true, or remove the watcher.',
      },
    ]);
    expect(imported.steps.filter(({ op }) => op === "import")).toHaveLength(OBJECTS);
    expect(JSON.stringify(stack.exportState())).not.toContain(WEBHOOK);
    rmSync(join(folder, "import.json"));

    succeeded(await stack.preview({ expectNoChanges: true }));
    succeeded(await stack.preview({ expectNoChanges: true, refresh: true }));
    succeeded(await stack.up({ expectNoChanges: true }));
    expect(JSON.stringify(stack.exportState())).not.toContain(WEBHOOK);
    expect(JSON.stringify(stack.exportByCli())).toContain(`${WEBHOOK}81`);
    expect(simulator.journal.writes()).toEqual([]);

    acme.edit(({ watchers }) =>
      Object.assign(watchers.find(({ id }) => id === 1007) ?? {}, { name: "Renamed by hand" }),
    );
    expect(changed(succeeded(await stack.preview({ refresh: true })))).toEqual(["update checkout-7"]);
  });

  test("without secrets in the import file, a refresh fetches them into the state, encrypted", async () => {
    const { simulator, folder, stack } = await exportAndPrepare("--no-secrets", "--single-file");
    for (const name of readdirSync(folder).filter((entry) => entry !== "node_modules")) {
      expect(readFileSync(join(folder, name), "utf8"), name).not.toContain(WEBHOOK);
    }
    succeeded(await stack.import(join(folder, "import.json")));
    succeeded(await stack.refresh());
    expect(JSON.stringify(stack.exportState())).not.toContain(WEBHOOK);
    succeeded(await stack.preview({ expectNoChanges: true }));
    expect(simulator.journal.writes()).toEqual([]);
  });

  test("is taken over as a component", async () => {
    const { simulator, folder, stack } = await exportAndPrepare("--as", "component");
    succeeded(await stack.import(join(folder, "import.json")));
    succeeded(await stack.preview({ expectNoChanges: true }));
    expect(JSON.stringify(stack.exportState())).not.toContain(WEBHOOK);
    expect(simulator.journal.writes()).toEqual([]);
  });
});
