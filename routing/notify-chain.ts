import type { Way } from "../domain/routing/lists.ts";
import type { Who } from "../domain/routing/model.ts";

/** What follows `toNotify(who)`. It claims something from `about` on; left without it, the test fails at its end. */
export interface NotifyChain {
  /** The time that counts, before `about`; it matters for muting and dates alone. @default now */
  at(time: Date | string): NotifyChain;
  /** Claims that the person is notified of this metric, in any way unless `by` follows. */
  about(metric: string): NotifyAbout;
}

/** A claim that can be narrowed. */
export interface NotifyAbout {
  /** The way in which the person is notified. */
  by(way: Way): void;
}

/** The part of vitest's record of a test that is used here. */
export interface TestTask {
  readonly context: { onTestFinished(hook: () => void): void };
}

interface Claim {
  readonly about: string;
  readonly by?: Way;
  readonly at?: Date | string;
}

interface Chained {
  /** Absent outside a test. */
  readonly test: TestTask | undefined;
  readonly isNegated: boolean;
  /** @throws AssertionError when the claim does not hold */
  judge(claim: Claim): void;
}

/** What is still to be judged when the test ends, and where it stands in the test. */
interface Open {
  readonly place: Error;
  readonly conclude: () => void;
}

/**
 * Begins a chain. Each step of a positive claim is judged at once: a step that holds is implied by the ones after it. A negated
 * one claims less with each step, so that the last one counts; when that is `about`, it is judged at the end of the test.
 */
export function startChain(who: Who, { test, isNegated, judge }: Chained): NotifyChain {
  if (test === undefined) {
    const inOne = `toNotify(${JSON.stringify(who)}, { about: "prod.db1.cpu" })`;
    throw new TypeError(`Outside a test nobody notices a chain that is not finished. Write ${inOne}`);
  }
  const open = new Set<Open>();
  const unfinished: Open = {
    place: new Error(),
    conclude: () => {
      throw new TypeError(
        `toNotify needs the metric, else nothing is claimed: expect(org).toNotify(${JSON.stringify(who)}).about("prod.db1.cpu")`,
      );
    },
  };
  open.add(unfinished);
  test.context.onTestFinished(() => concludeAll(open));
  const about = (metric: string, at: Pick<Claim, "at">): NotifyAbout => {
    open.delete(unfinished);
    const claim = { about: metric, ...at };
    const whole: Open = { place: new Error(), conclude: () => judge(claim) };
    if (isNegated) open.add(whole);
    else judge(claim);
    return {
      by: (way) => {
        open.delete(whole);
        judge({ ...claim, by: way });
      },
    };
  };
  const chain = (at: Pick<Claim, "at">): NotifyChain => ({
    at: (time) => chain({ at: time }),
    about: (metric) => about(metric, at),
  });
  return chain({});
}

/** @throws the first that fails, with the place in the test where the chain stands */
function concludeAll(open: ReadonlySet<Open>): void {
  for (const { place, conclude } of open) {
    try {
      conclude();
    } catch (error) {
      const frames = place.stack?.split("\n").slice(1).join("\n");
      if (error instanceof Error) error.stack = `${error.name}: ${error.message}\n${frames}`;
      throw error;
    }
  }
}
