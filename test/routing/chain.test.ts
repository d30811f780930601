import { declare } from "pulumi-anomify/routing";
import { chai, expect, onTestFailed, test } from "vitest";
import "pulumi-anomify/routing/vitest";

const METRIC = "prod.db1.cpu.idle";
const [ANA, BEN] = ["ana@example.com", "ben@example.com"] as const;
const org = declare({
  people: [
    { email: ANA, phoneNumber: "+441632960101" },
    { email: BEN, phoneNumber: null },
  ],
  watchers: [{ name: "CPU", chips: ["db1", "cpu"], smsUsers: [ANA, BEN], slackChannel: "ops" }],
});
const muted = { ...org, muted: { until: Date.parse("2026-11-24T12:00Z") / 1000 } };

test("a chain that holds passes", () => {
  expect(org).toNotify(ANA).about(METRIC).by("sms");
  expect(org).toNotify("#ops").about(METRIC);
  expect(muted).toNotify(ANA).at("2026-11-24T13:00Z").about(METRIC).by("sms");
});

test("each step of a wrong claim fails at once, with the reasons", () => {
  expect(() => expect(org).toNotify(BEN).about(METRIC)).toThrow(/expected to notify ben.*has no phone number/s);
  expect(() => expect(org).toNotify(ANA).about(METRIC).by("email")).toThrow(
    "expected to notify ana@example.com by email",
  );
  expect(() => expect(muted).toNotify(ANA).at("2026-11-24T10:00Z").about(METRIC)).toThrow("muted");
});

test("of a negated chain the last step counts", () => {
  expect(org).not.toNotify(ANA).about(METRIC).by("email");
  expect(org).not.toNotify(BEN).about(METRIC);
  expect(org).not.toNotify(ANA).about("prod.web1.cpu");
  expect(() => expect(org).not.toNotify(ANA).about(METRIC).by("sms")).toThrow(
    "expected not to notify ana@example.com by sms",
  );
});

test("outside a test a chain is refused", () => {
  const { toNotify } = chai.expect(org);
  expect(() => toNotify.call(chai.expect(org), ANA)).toThrow(
    /^Outside a test .* Write toNotify\("ana@example.com", \{ about:/,
  );
});

const failures: Array<{ message: string; stack?: string | undefined }> = [];
const noteFailures = () => onTestFailed(({ task }) => void failures.push(...(task.result?.errors ?? [])));

test.fails("a chain that is not finished fails the test at its end", () => {
  noteFailures();
  expect(org).toNotify(BEN);
});

test.fails("so does a negated one, and one with a time alone", () => {
  noteFailures();
  expect(org).not.toNotify(ANA).at("2026-11-24T13:00Z");
});

test.fails("a negated chain that ends with the metric is judged at the end of the test", () => {
  noteFailures();
  expect(org).not.toNotify(ANA).about(METRIC);
});

test("these failures say what to write, or who is notified, and where the chain stands", () => {
  const messages = failures.map(({ message }) => message);
  expect(messages).toEqual([
    'toNotify needs the metric, else nothing is claimed: expect(org).toNotify("ben@example.com").about("prod.db1.cpu")',
    'toNotify needs the metric, else nothing is claimed: expect(org).toNotify("ana@example.com").about("prod.db1.cpu")',
    expect.stringMatching(/^expected not to notify ana@example\.com of prod\.db1\.cpu\.idle/),
  ]);
  for (const { stack } of failures) expect(stack).toContain("chain.test.ts");
});
