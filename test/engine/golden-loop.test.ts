import fc from "fast-check";
import { type SimulatedOrganization, startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, test } from "vitest";
import type { ImportedResource } from "../../cli/export/import-file.ts";
import type { PlannedFile } from "../../cli/export/model.ts";
import type { ExportOptions, ExportPlan } from "../../cli/export/plan.ts";
import { catalog } from "../../provider/catalog.ts";
import { ProviderProcess } from "../../provider/hosts/core/provider-process.ts";
import { adapt } from "../../provider/hosts/dynamic/adapter.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { declaredBy, planOf, typeErrors } from "../helpers/exported.ts";
import { goldenLoop } from "../helpers/golden-loop.ts";
import {
  changeSomething,
  populate,
  type RandomOrganization,
  randomOrganization,
  randomTenant,
} from "../helpers/random-organization.ts";

const ORGANIZATIONS = Number(process.env.GOLDEN_RUNS ?? 200);
const WHOLE_ENGINE = Number(process.env.GOLDEN_ENGINE_RUNS ?? 40);
const BATCH = 8;
const FORMS: readonly ExportOptions[] = [{}, { singleFile: true }, { as: "component" }];
const seed = Number(process.env.GOLDEN_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** The same in each run: with minutes for each try, a failure has to be there again. */
const engineSeed = Number(process.env.GOLDEN_SEED ?? 832_755_839);

beforeAll(ensureBuilt);

/** Makes the organization, plans its export, and gives both to the work. */
async function exported(
  model: RandomOrganization,
  options: ExportOptions,
  work: (plan: ExportPlan, url: string, organization: SimulatedOrganization) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({ tenants: [randomTenant(42)] });
  try {
    const organization = simulator.organization("random-42");
    populate(organization, model);
    const plan = await planOf(simulator.url, organization, options);
    expect(plan.notes).toEqual([]);
    await work(plan, simulator.url, organization);
    expect(simulator.journal.writes(), "nothing was written").toEqual([]);
  } finally {
    await simulator.stop();
  }
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Values as the provider process gets them. */
function opened(values: Values = {}): Values {
  const entries = Object.entries(values).map(([key, value]) => {
    const secret = typeof value === "object" && value !== null && SIGNATURE in value ? (value as Values) : undefined;
    return [key, secret === undefined ? value : JSON.parse(String(secret.plaintext))];
  });
  return Object.fromEntries(entries);
}

/** The provider of each kind in a process of its own, so to speak: nothing is known from before. */
function freshProviders(url: string, token: string) {
  const session = new ProviderProcess(() => {});
  const config: Readonly<Record<string, string>> = { "anomify:endpoint": url, "anomify:token": token };
  return new Map(
    catalog.map((definition) => {
      const provider = adapt(definition, session);
      void provider.configure({ config: { get: (key) => config[key] } });
      return [definition.kind, provider];
    }),
  );
}

/** What the import file has besides the component. */
function objectsOf(plan: ExportPlan): Array<ImportedResource & { readonly id: string }> {
  return plan.importFile.resources.flatMap((one) => (one.id === undefined ? [] : [{ ...one, id: one.id }]));
}

/** What a record says: null says the same as nothing. */
const said = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const keyOf = ({ type, name }: ImportedResource) => `${type.split(":").at(-1)} ${name}`;

describe(`golden loop (again with GOLDEN_SEED=${seed})`, () => {
  test(`${ORGANIZATIONS} random organizations: no difference after the import, then exactly the one that somebody made`, async () => {
    const programs: PlannedFile[][] = [];
    const property = fc.asyncProperty(randomOrganization, (model) =>
      exported(model, FORMS[model.change % 3] ?? {}, async (plan, url, organization) => {
        programs.push([...plan.files]);
        const imported = new Map(objectsOf(plan).map((one) => [keyOf(one), one]));
        const declared = declaredBy(plan);
        expect(declared.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([...imported.keys()].sort());

        const before = freshProviders(url, organization.token);
        for (const { kind, name, args } of declared) {
          const provider = before.get(kind);
          const state = imported.get(`${kind} ${name}`);
          if (provider === undefined || state === undefined) throw new Error(`${kind} ${name} is nowhere`);
          const outputs = opened(state.outputs);
          const checked = await provider.check({}, args);
          expect(checked.failures).toEqual([]);
          expect(await provider.diff(state.id, outputs, checked.inputs), `${kind} ${name}`).toEqual({ changes: false });
          const { __provider: _text, ...own } = outputs;
          const read = await provider.read(state.id, outputs);
          expect(said(read.props ?? {}), `refresh of ${kind} ${name}`).toEqual(said(own));
        }

        const changed = changeSomething(organization, model.change);
        const after = freshProviders(url, organization.token);
        const differing: string[] = [];
        for (const { kind, name, args } of declared) {
          const provider = after.get(kind);
          const state = imported.get(`${kind} ${name}`);
          if (provider === undefined || state === undefined) continue;
          const outputs = opened(state.outputs);
          const { props = {} } = await provider.read(state.id, outputs);
          // Pulumi's host adds the text of the provider to what a read answers.
          const refreshed = { ...props, __provider: outputs.__provider };
          const { inputs } = await provider.check({}, args);
          if ((await provider.diff(state.id, refreshed, inputs)).changes) differing.push(`${kind} ${state.id}`);
        }
        // A component has neither settings nor people.
        const known = changed.kind in plan.counts;
        expect(differing).toEqual(known ? [`${changed.kind} ${changed.id}`] : []);
      }),
    );
    await fc.assert(property, { seed, numRuns: ORGANIZATIONS });
    expect(typeErrors(programs)).toEqual([]);
  });

  test(`${WHOLE_ENGINE} of them with the whole engine, ${BATCH} in one stack: import, preview without changes, then one change in each`, {
    timeout: 1_800_000,
  }, async () => {
    await goldenLoop({ create: createStack, seed: engineSeed, organizations: WHOLE_ENGINE, batch: BATCH });
  });
});
