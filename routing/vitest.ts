/**
 * Matchers of vitest over `pulumi-anomify/routing`: importing this registers `toNotify`.
 *
 * @module
 */
import { chai } from "vitest";
import { comparable, findPerson } from "../domain/people/person.ts";
import { personKey, type Way } from "../domain/routing/lists.ts";
import type { Configuration, Who } from "../domain/routing/model.ts";
import { type Notification, recipientsOf } from "../domain/routing/recipients.ts";
import { explain } from "./explain.ts";
import { type NotifyChain, startChain, type TestTask } from "./notify-chain.ts";

export type { NotifyAbout, NotifyChain } from "./notify-chain.ts";

/** What a notification is to be like. */
export interface Expected {
  /** Name of the metric. */
  readonly about: string;
  /** Any way when left out. */
  readonly by?: Way;
  /** Now when left out; it matters for muting and dates alone. */
  readonly at?: Date | string;
}

declare global {
  namespace Chai {
    interface Assertion {
      /** Asserts that a person (address or user id), `#channel` or `Microsoft Teams` is notified of a metric. */
      toNotify(who: Who, expected: Expected): void;
      /**
       * The same in steps: `expect(org).toNotify("ana@example.com").about("prod.db1.cpu").by("sms")`. Without `about` the test
       * fails at its end.
       */
      toNotify(who: Who): NotifyChain;
    }
  }
}

chai.use((library, utils) => {
  utils.addMethod(library.Assertion.prototype, "toNotify", function (this: Chai.AssertionStatic, ...args: unknown[]) {
    const [who, expected] = args as [Who, Expected | undefined];
    const configuration = utils.flag(this, "object") as Configuration;
    const claim = (one: Expected) => judge(this, configuration, who, one);
    if (args.length === 1) {
      const test = utils.flag(this, "vitest-test") as TestTask | undefined;
      return startChain(who, { test, isNegated: utils.flag(this, "negate") === true, judge: claim });
    }
    if (typeof expected?.about !== "string") {
      throw new TypeError('toNotify needs the metric: expect(org).toNotify(who, { about: "prod.db1.cpu" })');
    }
    return claim(expected);
  });
});

function judge(assertion: Chai.AssertionStatic, configuration: Configuration, who: Who, expected: Expected): void {
  const { about, by } = expected;
  const at = expected.at === undefined ? new Date() : new Date(expected.at);
  if (Number.isNaN(at.getTime())) throw new TypeError("toNotify: at is not a time, such as 2026-11-24T10:00Z");
  const { metrics } = configuration;
  if (metrics !== undefined && !metrics.some(({ name }) => name === about)) {
    throw new Error(`toNotify: ${recipientsOf(configuration, about, at).notes.join(" ")}`);
  }
  const key = keyOf(configuration, who);
  const fits = (one: Notification) => one.to === key && (by === undefined || one.by === by);
  const isNotified = recipientsOf(configuration, about, at).notified.some(fits);
  const what = `${key}${by === undefined ? "" : ` by ${by}`} of ${about}`;
  const why = explain(configuration, about, at);
  assertion.assert(
    isNotified,
    `expected to notify ${what}\n\n${why}`,
    `expected not to notify ${what}\n\n${why}`,
    true,
  );
}

function keyOf({ people }: Configuration, who: Who): string {
  if (typeof who === "string") return who.includes("@") ? comparable(who) : who;
  return personKey(findPerson(people, who)?.email ?? who);
}
