import { shapes, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { CallError, type Kind, startHost, type Values } from "../host/harness.ts";
import { kinds, sample } from "../host/samples.ts";
import { startWorld } from "../host/world.ts";
import { Runs } from "./driver.ts";
import { hurried } from "./matrix.ts";

beforeAll(ensureBuilt);

/** The service keeps, or shows, another form of what was sent: in every property of every kind, nested ones included. */

/** Blanks, upper case, an umlaut in two characters, and what HTML escapes. */
const hard = "Gro\u0308ße & <Fläche> of the Checkout";

const hardened: Readonly<Record<string, Values>> = {
  Watcher: { name: hard, chips: ["Prod", hard], msTeamsWebhook: "https://example.com/Hook?a=s3cret&b=C" },
  ThresholdWatcher: {
    name: hard,
    chips: ["Depth", hard],
    threshold: { condition: "greater_than", value: 5, times: 2, function: "mean", functionSeconds: 600 },
  },
  Exclusion: { pattern: `Staging.${hard}`, note: hard },
  AdminAlert: {},
  OrgSettings: { name: hard },
  User: { name: hard },
};

const forms = shapes.filter(({ group }) => group === "stored" || group === "masked").map(({ name }) => name);

it.each(kinds)(
  "%s: no form of what was sent is an update, and each gives at most one warning a property",
  async (name) => {
    for (const form of forms) {
      const world = await startWorld();
      world.simulator.shapes.set(form);
      const inputs = sample(name, hardened[name]);
      const { id, outs } = await world.kind(name).make(inputs);
      const { inputs: checked } = await world.kind(name).check(inputs, outs);
      const differs = async (kind: Kind, recorded: Values) => (await kind.diff(id, recorded, checked)).changes;
      expect([form, await differs(world.kind(name), outs)]).toEqual([form, false]);
      const refreshed = await world.kind(name).refresh(id, outs);
      expect([form, await differs(world.kind(name), refreshed.outs)]).toEqual([form, false]);
      if (name !== "Exclusion") {
        const changed = await world.kind(name).update(id, refreshed.outs, checked);
        expect([form, await differs(world.kind(name), changed)]).toEqual([form, false]);
      }
      const said = world.warnings.seen.filter((text) => /was sent as|shown masked|another form/.test(text));
      const properties = said.map((text) => / (\S+) (?:was sent|is shown|is kept)/.exec(text)?.[1]);
      expect([form, properties.length]).toEqual([form, new Set(properties).size]);
      expect(said.join()).not.toContain("s3cret");
    }
  },
);

/** What the engine keeps of a create that fails. */
async function failed(kind: Kind, inputs: Values): Promise<{ id: string; outs: Values; message: string }> {
  const error: unknown = await kind.create(inputs).catch((reason: unknown) => reason);
  if (!(error instanceof CallError) || !error.saved) throw new Error(`nothing was saved: ${String(error)}`);
  const { __provider: _text, ...outs } = error.saved.properties;
  return { id: error.saved.id, outs, message: error.message };
}

describe.each(["Watcher", "ThresholdWatcher"])(
  "%s: a webhook that is masked when it is read proves nothing",
  (name) => {
    const post = name === "Watcher" ? "createWatcher" : "createThresholdWatcher";
    const hook = (end: string) => sample(name, { msTeamsWebhook: `https://example.com/hook/${end}` });

    it.each(["webhook-masked", "webhook-masked-whole"])(
      "%s: another one's object is not taken, and the way out works",
      async (mask) => {
        const simulator = await startSimulator({ clock: hurried() });
        onTestFinished(() => simulator.stop());
        const acme = simulator.organization("acme");
        const config = {
          "anomify:endpoint": simulator.url,
          "anomify:token": acme.token,
          "anomify:timeoutSeconds": "8",
        };
        const [mine, theirs] = [new Runs(await startHost()), new Runs(await startHost())];
        const next = () => mine.next(name, { ...config, ...mine.unique() });
        const kind = await next();
        const { inputs } = await kind.check(hook("s3cret"));
        const stranger = await theirs.next(name, config);
        const other = await stranger.check(hook("other"));
        simulator.shapes.set(mask);
        // The request never arrives, and somebody else makes one with another webhook meanwhile.
        simulator.faults.add({
          on: post,
          do: {
            kind: "hold",
            until: async () => {
              await stranger.create(other.inputs);
              return { kind: "drop", when: "before" };
            },
          },
        });
        const pending = await failed(kind, inputs);
        expect(pending.id).toMatch(/^pending:/);
        const [made] = acme.watchers().filter(({ name: live }) => live === inputs.name);
        expect(pending.message).toContain(`set adopt: "${made?.id}"`);
        expect(pending.message).not.toContain("s3cret");
        const later = await next();
        await expect(later.update(pending.id, pending.outs, inputs)).rejects.toThrow(/masks its secret/);
        const decided = await (await next()).check({ ...hook("s3cret"), adopt: String(made?.id) });
        const outs = await (await next()).update(pending.id, pending.outs, decided.inputs);
        expect(outs).toMatchObject({ watcherId: made?.id, msTeamsWebhook: "https://example.com/hook/s3cret" });
        expect(outs).not.toHaveProperty("pending");
      },
    );
  },
);
