import { providerText } from "../../provider/hosts/dynamic/provider-text.ts";
import { CallError, type Host, type Kind, type Values } from "../host/harness.ts";

/** What the engine would have in its state of one resource. */
export interface Recorded {
  readonly id: string;
  readonly outs: Values;
}

/** The state of one resource, and of the one that it replaces until that is deleted. */
export interface State {
  current: Recorded | undefined;
  /** Marked for deletion. */
  old: Recorded | undefined;
}

/** Does what `pulumi up` does for one resource. Says what failed; the state is then what the engine would keep. */
export async function up(kind: Kind, state: State, wanted: Values | undefined): Promise<string | undefined> {
  try {
    if (state.old) {
      await kind.delete(state.old.id, state.old.outs);
      state.old = undefined;
    }
    if (wanted === undefined) {
      if (state.current) await kind.delete(state.current.id, state.current.outs);
      state.current = undefined;
      return undefined;
    }
    await step(kind, state, wanted);
    return undefined;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return error.message;
  }
}

async function step(kind: Kind, state: State, wanted: Values): Promise<void> {
  const { current } = state;
  if (current === undefined) {
    await saving(state, () => kind.create(wanted));
    return;
  }
  const { changes, replaces } = await kind.diff(current.id, current.outs, wanted);
  if (replaces.length > 0) {
    const made = { current: undefined as Recorded | undefined, old: undefined };
    try {
      await saving(made, () => kind.create(wanted));
    } finally {
      if (made.current) Object.assign(state, { current: made.current, old: current });
    }
    await kind.delete(current.id, current.outs);
    state.old = undefined;
  } else if (changes) {
    await saving(state, async () => ({ id: current.id, outs: await kind.update(current.id, current.outs, wanted) }));
  }
}

/** Keeps what a failed call says is there. The engine takes no new id from an update. */
async function saving(state: State, call: () => Promise<Recorded>): Promise<void> {
  try {
    state.current = await call();
  } catch (error) {
    if (error instanceof CallError && error.saved) {
      const { __provider: _text, ...outs } = error.saved.properties;
      state.current = { id: state.current?.id ?? error.saved.id, outs };
    }
    throw error;
  }
}

/** Gives kinds in runs of which each has just begun, whichever host serves them. */
export interface RunSource {
  /** A kind in a run that knows nothing of what others did. Runs of one kind must not overlap. */
  next(kind: string, config: Values): Promise<Kind>;
  /** A setting that changes nothing, and that no run had before. */
  unique(): Values;
}

/** Lets one provider process stand for many, so that hundreds of cases need no hundreds of processes. */
export class Runs implements RunSource {
  readonly #host: Host;
  #count = 0;
  #unique = 1000;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * A kind in a run that has just begun. Settings that no run had before make an organization that nothing is known of, as
   * in a new process. Runs of one kind must not overlap.
   */
  next(kind: string, config: Values): Promise<Kind> {
    const begun = this.#turn.then(() => this.#begin(kind, config));
    this.#turn = begun.catch(() => {});
    return begun;
  }

  /** A setting that changes nothing, and that no run had before: an address alone may come back, of another simulator. */
  unique(): Values {
    this.#unique += 1;
    return { "anomify:exclusionMaxMetrics": String(this.#unique) };
  }

  async #begin(name: string, config: Values): Promise<Kind> {
    this.#count += 1;
    await this.#host.configure(config);
    // A text that differs lets the process configure the kind again.
    const kind = this.#host.resource(`${providerText(name)}//${this.#count}`);
    await kind.check({});
    return kind;
  }
}
