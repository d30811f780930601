import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { silences } from "../../domain/metrics/matching.ts";
import { findPerson } from "../../domain/people/person.ts";
import { notAMember } from "../../domain/people/reachability.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import * as field from "../../provider/resources/fields.ts";
import { describePeople, personIds } from "../../provider/resources/people.ts";
import { refusal } from "../../provider/resources/user/operations.ts";

const AMBIGUOUS = /ana@acme\.example is the address of 2 members of this Anomify organization \(ids 101, 990\)/;

/** An organization in which two members have one address, but for case. */
async function organization() {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  acme.edit((state) => {
    const [ana] = state.users;
    if (ana) state.users.push({ ...ana, id: 990, email: "ANA@acme.example" });
  });
  const config: Readonly<Record<string, string>> = { "anomify:endpoint": simulator.url, "anomify:token": acme.token };
  return connect(
    readSettings((key) => config[key], {}),
    new AbortController().signal,
    () => undefined,
  );
}

test("an address that two members have but for case is a mistake that names their ids, and nobody is chosen", async () => {
  const org = await organization();
  await expect(personIds(org, ["ana@acme.example"])).rejects.toThrow(AMBIGUOUS);
  expect(await personIds(org, [990, "ben@acme.example"])).toEqual([990, 102]);
  expect(refusal("ana@acme.example", (await org.lists.users()).items)).toMatch(AMBIGUOUS);
});

test("such members are described by id, so that nothing moves from one to the other", async () => {
  const org = await organization();
  expect(await describePeople(org, [101, 990, 102], [])).toEqual([101, 990, "ben@acme.example"]);
});

test("case and Unicode form of an address mean nothing", () => {
  const members = [{ id: 1, email: "Ren\u00e9@acme.example", phoneNumber: null, slackMemberId: null }];
  expect(findPerson(members, "rene\u0301@acme.example")?.id).toBe(1);
  expect(notAMember("eve@acme.example", members).code).toBe("person-left");
});

test("what each known type of exclusion does to alerts", () => {
  const types = ["skip_analysis", "skip_metrics", "drop_metrics", "no_learning", "learn_repetitive_patterns"];
  expect(types.map(silences)).toEqual([true, true, true, false, false]);
  expect([silences("alert_on_stale_metrics"), silences("something_new")]).toEqual([false, undefined]);
});

test("an address that is declared in another Unicode form or case is recorded in the one that is compared", () => {
  expect(field.person.parse("Rene\u0301@Acme.example")).toBe("ren\u00e9@acme.example");
});
