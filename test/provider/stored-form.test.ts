import { expect, test } from "vitest";
import { exclusion } from "../../provider/resources/exclusion/index.ts";
import { watcher } from "../../provider/resources/watcher/index.ts";
import { asSent, formWarning } from "../../provider/runtime/stored-form.ts";

const name = "Größe & <Fläche> of the Checkout";

test.each([
  ["without blanks", ` ${name} `, name],
  ["in form C", name.normalize("NFD"), name.normalize("NFC")],
  ["in lower case", name, name.toLowerCase()],
  ["in upper case", name, name.toUpperCase()],
  ["with HTML entities", name, "Größe &amp; &lt;Fläche&gt; of the Checkout"],
  ["cut", name, name.slice(0, 20)],
])("a name that is kept %s is recorded as it was sent", (_, sent, stored) => {
  const { outputs, forms } = asSent(watcher, { name: sent }, { name: stored, watcherId: 1 });
  expect(outputs).toEqual({ name: sent, watcherId: 1 });
  expect(forms).toEqual([{ property: "name", sent, stored, isSecret: false }]);
});

test.each([
  ["another name", "CPU", "Disk"],
  ["a short beginning", "CPU idle", "CPU"],
  ["one letter in upper case", "cpu idle", "Cpu idle"],
])("%s is a difference", (_, sent, stored) => {
  expect(asSent(watcher, { name: sent }, { name: stored }).outputs).toEqual({ name: stored });
});

test("several steps at once are a form too", () => {
  const sent = { name: ` ${name.normalize("NFD")}` };
  const stored = "größe &amp; &lt;fläche&gt; of";
  expect(asSent(watcher, sent, { name: stored }).outputs).toEqual(sent);
});

test("the texts of a set are compared whatever their order is", () => {
  const sent = { chips: ["Prod", "Web1"] };
  expect(asSent(watcher, sent, { chips: ["prod", "web1"] }).outputs).toEqual(sent);
  expect(asSent(watcher, sent, { chips: ["web1", "prod"] }).outputs).toEqual(sent);
  expect(asSent(watcher, sent, { chips: ["prod", "web2"] }).outputs).toEqual({ chips: ["prod", "web2"] });
  expect(asSent(watcher, sent, { chips: ["prod"] }).outputs).toEqual({ chips: ["prod"] });
});

test("the pattern of an exclusion is its identity, and its object the one with its id: another case is no other object", () => {
  const sent = { type: "skip_analysis", pattern: "Staging.Web2", note: null };
  const { outputs, forms } = asSent(exclusion, sent, { ...sent, pattern: "staging.web2" });
  expect(outputs).toEqual(sent);
  expect(forms).toMatchObject([{ property: "pattern" }]);
});

test("a masked secret is recorded as it was sent, and never shown", () => {
  const sent = { msTeamsWebhook: "https://example.com/hook/s3cret" };
  const masked = asSent(watcher, sent, { msTeamsWebhook: "https://example.com/****" });
  expect(masked.outputs).toEqual(sent);
  expect(masked.forms.map((form) => formWarning("Watcher", form)).join()).not.toContain("s3cret");
  const other = { msTeamsWebhook: "https://elsewhere.example/****" };
  expect(asSent(watcher, sent, other).outputs).toEqual(other);
});

test("of a secret another form is no mask, and is not shown either", () => {
  const sent = { msTeamsWebhook: "https://example.com/Hook/s3cret?a=1&b=2" };
  const stored = { msTeamsWebhook: sent.msTeamsWebhook.toLowerCase().replace("&", "&amp;") };
  const { outputs, forms } = asSent(watcher, sent, stored);
  expect(outputs).toEqual(sent);
  expect(forms).toMatchObject([{ isSecret: true }]);
  expect(forms[0]?.isMasked).toBeUndefined();
  expect(forms.map((form) => formWarning("Watcher", form)).join()).not.toContain("s3cret");
});

test("the parts of a property are compared each: a digest whose frequency is kept in another case is the one that was sent", () => {
  const sent = { summaryReport: { frequency: "weekly-monday", emailUsers: ["ana@acme.example"] } };
  const stored = { summaryReport: { frequency: "Weekly-Monday".toUpperCase(), emailUsers: ["ana@acme.example"] } };
  const { outputs, forms } = asSent(watcher, sent, stored);
  expect(outputs).toEqual(sent);
  expect(forms).toMatchObject([{ property: "summaryReport.frequency", stored: "WEEKLY-MONDAY" }]);
  const other = { summaryReport: { frequency: "WEEKLY-MONDAY", emailUsers: ["ben@acme.example"] } };
  expect(asSent(watcher, sent, other).outputs).toMatchObject({ summaryReport: { emailUsers: ["ben@acme.example"] } });
});
