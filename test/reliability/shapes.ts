import { type ReplyField, type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { acme } from "../../simulator/tenants/acme.ts";
import { CallError, type Kind, type Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { type Runs, type State, up } from "./driver.ts";
import { hurried } from "./matrix.ts";

/** How the main job of a kind went with a service that differs: to its end, or up to a step that failed with a message. */
export type Verdict =
  | { readonly outcome: "works" }
  | { readonly outcome: "safe"; readonly step: string; readonly message: string }
  | { readonly outcome: "unsafe"; readonly step: string; readonly message: string };

/** How the service differs. */
export interface ServiceDifference {
  /** Shapes. */
  readonly names?: readonly string[];
  /** Fields that its replies lack. */
  readonly omit?: readonly ReplyField[];
}

/** Something that must not happen, whatever the service answers. */
class Violation extends Error {
  override readonly name = "Violation";
}

/** A step that failed with a message: the job ends here. */
class Stopped extends Error {
  override readonly name = "Stopped";
}

/** The object of a kind, with one property that tells its versions apart: the mark. */
export interface Thing {
  readonly kind: string;
  /** Where replies have the mark, if not in several places. */
  readonly markField?: string;
  /** The operation that an update sends; none where a change is a replacement. */
  readonly update: string | undefined;
  /** Whether it stays when the program leaves it out. */
  readonly isReleased: boolean;
  inputs(mark: number): Values;
  markOf(outs: Values): number;
  /** Marks of the objects that are there. */
  live(organization: SimulatedOrganization): number[];
  edit(organization: SimulatedOrganization, mark: number): void;
}

/** Upper case, an umlaut in two characters, what HTML escapes, and more than 24 characters. */
const hard = "Gro\u0308ße & <Fläche> of the Checkout";
const numberIn = (value: unknown): number => Number.parseInt(String(value).replace(/^\D+/, ""), 10);

const watcher = (kind: string): Thing => {
  const known = new Set(tenant.watchers.map(({ id }) => id));
  const isIt = ({ id, deleted }: { id: number; deleted: boolean }) => !known.has(id) && !deleted;
  return {
    kind,
    update: "updateWatcher",
    isReleased: false,
    inputs: (mark) => sample(kind, { name: hard, chips: [`Chip${mark}`] }),
    markOf: ({ chips }) => numberIn((chips as string[])[0]),
    live: (organization) =>
      organization
        .watchers()
        .filter(isIt)
        .map(({ chips }) => numberIn(chips[0])),
    edit: (organization, mark) =>
      organization.edit(({ watchers }) => {
        for (const live of watchers.filter(isIt)) live.chips = [`chip${mark}`];
      }),
  };
};

/** More than a page of everything that a list can be cut in. */
const tenant = {
  ...acme,
  watchers: [
    ...acme.watchers,
    ...Array.from({ length: 12 }, (_, index) => ({
      id: 510 + index,
      name: `Other ${index}`,
      chips: ["web1"],
      days_old: 1,
    })),
  ],
  exclusions: [
    ...acme.exclusions,
    ...Array.from({ length: 12 }, (_, index) => ({
      id: 40 + index,
      type: "no_learning",
      pattern: `other.${index}`,
      days_old: 1,
    })),
  ],
};

const exclusionIds = new Set(tenant.exclusions.map(({ id }) => id));

export const things: readonly Thing[] = [
  watcher("Watcher"),
  watcher("ThresholdWatcher"),
  {
    kind: "Exclusion",
    markField: "exclusions[].note",
    update: undefined,
    isReleased: false,
    inputs: (mark) => sample("Exclusion", { pattern: "Staging.Web2", note: `${mark} ${hard}` }),
    markOf: ({ note }) => numberIn(note),
    live: (organization) =>
      organization
        .exclusions()
        .filter(({ id }) => !exclusionIds.has(id))
        .map(({ note }) => numberIn(note)),
    edit: (organization, mark) =>
      organization.edit(({ exclusions }) => {
        for (const live of exclusions) if (!exclusionIds.has(live.id)) live.note = `${mark} ${hard}`;
      }),
  },
  {
    kind: "AdminAlert",
    update: "updateAdminAlerts",
    isReleased: true,
    inputs: (mark) => sample("AdminAlert", { waitSeconds: 300 + mark }),
    markOf: ({ waitSeconds }) => Number(waitSeconds) - 300,
    live: (organization) =>
      organization
        .adminAlerts()
        .filter(({ id }) => id === 1)
        .map(({ wait_seconds }) => Number(wait_seconds) - 300),
    edit: (organization, mark) =>
      organization.edit(({ adminAlerts }) => {
        for (const live of adminAlerts) if (live.id === 1) live.wait_seconds = 300 + mark;
      }),
  },
  {
    kind: "OrgSettings",
    update: "updateOrg",
    isReleased: true,
    inputs: (mark) => sample("OrgSettings", { name: `${mark} ${hard}` }),
    markOf: ({ name }) => numberIn(name),
    live: (organization) => [numberIn(organization.settings().name)],
    edit: (organization, mark) =>
      organization.edit(({ org }) => {
        org.name = `${mark} ${hard}`;
      }),
  },
  {
    kind: "User",
    update: "updateUser",
    isReleased: true,
    inputs: (mark) => sample("User", { name: `${mark} ${hard}` }),
    markOf: ({ name }) => numberIn(name),
    live: (organization) =>
      organization
        .users()
        .filter(({ email }) => email === "ben@acme.example")
        .map(({ name }) => numberIn(name)),
    edit: (organization, mark) =>
      organization.edit(({ users }) => {
        for (const live of users) if (live.email === "ben@acme.example") live.name = `${mark} ${hard}`;
      }),
  },
];

/**
 * Does the main job of one kind with a service that differs: create, no changes, drift, repair, a refusal, delete. When a step fails,
 * the service then stops to differ, as for a release that understands it, and everything must come in order.
 */
export async function play(runs: Runs, thing: Thing, { names = [], omit = [] }: ServiceDifference): Promise<Verdict> {
  const simulator = await startSimulator({ tenants: [tenant], clock: hurried() });
  const isBlind = omit.some(({ field }) => field === thing.markField);
  const job = new Job(runs, simulator, { thing, names, isBlind });
  try {
    simulator.shapes.set(...names);
    simulator.shapes.omit(...omit);
    const stopped = await job.run();
    simulator.shapes.clear();
    simulator.faults.clear();
    await job.settle();
    return stopped === undefined ? { outcome: "works" } : { outcome: "safe", step: job.step, message: stopped };
  } catch (error) {
    if (error instanceof Violation) return { outcome: "unsafe", step: job.step, message: error.message };
    throw error;
  } finally {
    await simulator.stop();
  }
}

/** The fields of replies that the main job of a kind meets. */
export async function fieldsMet(runs: Runs, thing: Thing): Promise<ReplyField[]> {
  const simulator = await startSimulator({ tenants: [tenant], clock: hurried() });
  try {
    simulator.shapes.record();
    const job = new Job(runs, simulator, { thing, names: [], isBlind: false });
    const stopped = await job.run();
    if (stopped !== undefined) throw new Error(stopped);
    return simulator.shapes.recorded();
  } finally {
    await simulator.stop();
  }
}

const reason = "Not on Sundays";

interface Case {
  readonly thing: Thing;
  /** Names of the differences. */
  readonly names: readonly string[];
  /** Whether lists do not say what a drift changes. */
  readonly isBlind: boolean;
}

class Job {
  readonly #runs: Runs;
  readonly #simulator: Simulator;
  readonly #organization: SimulatedOrganization;
  readonly #thing: Thing;
  readonly #state: State = { current: undefined, old: undefined };
  readonly #others: string;
  #inputs: Values = {};
  /** Whether failures have no reason that could be shown. */
  readonly #isMute: boolean;
  readonly #isBlind: boolean;
  step = "";

  constructor(runs: Runs, simulator: Simulator, { thing, names, isBlind }: Case) {
    this.#isBlind = isBlind;
    this.#isMute = names.includes("failure-by-status-alone");
    this.#runs = runs;
    this.#simulator = simulator;
    this.#organization = simulator.organization("acme");
    this.#thing = thing;
    this.#others = this.#countOthers();
  }

  /** The message of the step that failed, if one did. */
  async run(): Promise<string | undefined> {
    try {
      this.step = "create";
      await this.#up(1);
      this.#expectLive([1]);
      this.step = "no changes";
      await this.#expectNoChanges();
      this.step = "drift";
      await this.#drift();
      this.step = "repair";
      await this.#up(1);
      this.#expectLive([1]);
      await this.#expectNoChanges();
      this.step = "refusal";
      await this.#beRefused();
      this.step = "delete";
      await this.#down();
      return undefined;
    } catch (error) {
      if (error instanceof Stopped) return error.message;
      throw error;
    }
  }

  async #drift(): Promise<void> {
    if (this.#isBlind) return;
    this.#thing.edit(this.#organization, 2);
    const { outs } = await this.#refresh();
    if (this.#thing.markOf(outs) !== 2) throw new Violation("a drift that was not seen");
  }

  /** With a service as the contract has it, one more run brings all in order, and the last one leaves nothing behind. */
  async settle(): Promise<void> {
    const { step } = this;
    this.step = `${step}, then as the contract says`;
    try {
      await this.#up(1);
      this.#expectLive([1]);
      await this.#expectNoChanges();
      await this.#down();
    } catch (error) {
      if (error instanceof Stopped) throw new Violation(`no way on: ${error.message}`);
      throw error;
    }
    if (this.#countOthers() !== this.#others) throw new Violation("objects of others were changed");
    this.step = step;
  }

  #begin(): Promise<Kind> {
    return this.#runs.next(this.#thing.kind, {
      "anomify:endpoint": this.#simulator.url,
      "anomify:token": this.#organization.token,
      "anomify:retries": "1",
      ...this.#runs.unique(),
    });
  }

  async #up(mark: number): Promise<void> {
    const kind = await this.#begin();
    const inputs = { ...this.#thing.inputs(mark), __urn: `urn:pulumi:dev::test::Any::${this.#thing.kind}` };
    const checked = await calling(() => kind.check(inputs, this.#state.current ? this.#inputs : {}));
    const [failure] = checked.failures;
    if (failure !== undefined) throw new Stopped(failure.reason);
    const failed = await up(kind, this.#state, checked.inputs);
    this.#inputs = checked.inputs;
    if (failed !== undefined) throw new Stopped(failed);
    if (this.#state.current?.outs.pending !== undefined) throw new Stopped("pending, without an error");
  }

  async #expectNoChanges(): Promise<void> {
    const kind = await this.#begin();
    const expectNone = async () => {
      const { id, outs } = this.#current();
      const { changes } = await calling(() => kind.diff(id, outs, this.#inputs));
      if (changes) throw new Violation(`a false diff: ${JSON.stringify(differing(outs, this.#inputs))}`);
    };
    await expectNone();
    await this.#refresh();
    await expectNone();
  }

  async #refresh() {
    const kind = await this.#begin();
    const { id, outs } = this.#current();
    const read = await calling(() => kind.refresh(id, outs));
    if (read.id === "") throw new Violation("a false gone: the state would be lost");
    // An update that settles a pending create cannot change the id; a refresh does.
    if (read.id !== id && !id.startsWith("pending:")) throw new Violation(`another id: ${read.id} in place of ${id}`);
    this.#state.current = { id: read.id, outs: read.outs };
    return read;
  }

  /** A change that the service refuses: nothing is recorded, and the reason reaches the user. */
  async #beRefused(): Promise<void> {
    const { update } = this.#thing;
    if (update === undefined) return;
    this.#simulator.faults.add({ on: update, do: { kind: "status", status: 400, message: reason } });
    const failed = await this.#up(3).then(
      () => undefined,
      (error: unknown) => error,
    );
    this.#simulator.faults.clear();
    if (failed === undefined) throw new Violation("a refusal that was taken for a success");
    const expected = this.#isMute ? "(400)" : reason;
    if (!(failed instanceof Stopped) || !failed.message.includes(expected)) throw failed;
    await this.#up(1);
  }

  async #down(): Promise<void> {
    const failed = await up(await this.#begin(), this.#state, undefined);
    if (failed !== undefined) throw new Stopped(failed);
    if (!this.#thing.isReleased) this.#expectLive([]);
  }

  #current(): NonNullable<State["current"]> {
    if (this.#state.current === undefined) throw new Violation("the state has nothing after a success");
    return this.#state.current;
  }

  #expectLive(expected: readonly number[]): void {
    const live = this.#thing.live(this.#organization);
    if (JSON.stringify(live) !== JSON.stringify(expected)) {
      throw new Violation(`there is ${JSON.stringify(live)} where ${JSON.stringify(expected)} was declared`);
    }
  }

  #countOthers(): string {
    const organization = this.#organization;
    const own = this.#thing.live(organization).length;
    const all = [
      ...organization.watchers().filter(({ deleted }) => !deleted),
      ...organization.exclusions(),
      ...organization.users(),
      ...organization.adminAlerts(),
    ];
    return `${all.length - own}`;
  }
}

/** Properties that the diff sees. */
function differing(outs: Values, inputs: Values): Values {
  const names = Object.keys(inputs).filter((name) => JSON.stringify(outs[name]) !== JSON.stringify(inputs[name]));
  return Object.fromEntries(names.map((name) => [name, [outs[name], inputs[name]]]));
}

async function calling<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CallError) throw new Stopped(error.message);
    throw error;
  }
}
