import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

it("check brings values into one form", async () => {
  const { kind } = await startWorld();
  expect(await kind("User").check({ email: " Ben@Acme.example " })).toEqual({
    failures: [],
    inputs: {
      email: "ben@acme.example",
      name: null,
      phoneNumber: null,
      slackMemberId: null,
      emailAlerts: null,
      onDelete: "release",
    },
  });
});

it("check reports all mistakes at once, each at its property", async () => {
  const { kind } = await startWorld();
  const { failures } = await kind("User").check({
    email: "bem@acme.example",
    name: " ",
    phoneNumber: "01632 960101",
    slackMemberId: "ben",
    emailAlerts: "no",
    onDelete: "restore",
  });
  expect(Object.fromEntries(failures.map(({ property, reason }) => [property, reason]))).toEqual({
    email: expect.stringContaining('Did you mean "ben@acme.example"'),
    name: expect.stringContaining("must not be empty"),
    phoneNumber: expect.stringContaining("E.164"),
    slackMemberId: expect.stringContaining("Slack member id"),
    emailAlerts: expect.stringContaining("must be true or false"),
    onDelete: expect.stringContaining('must be "release" or "remove"'),
  });
});

it("adopts a member; another e-mail address is another person", async () => {
  const { kind, acme } = await startWorld();
  const { id, inputs, outs } = await kind("User").make(sample("User"));
  expect({ id, userId: outs.userId }).toEqual({ id: "102", userId: 102 });
  expect(acme.users().find((person) => person.id === 102)).toMatchObject({
    name: "Ben",
    phone_number: "+441632960102",
    slack_member_id: "U0ACME0002",
    notifications: { email_alerts: false },
  });
  const found = await kind("User").diff(id, outs, { ...inputs, email: "sam@acme.example" });
  expect(found).toEqual({ changes: true, replaces: ["email"], deleteBeforeReplace: false });
  expect(await kind("User").diff(id, outs, { ...inputs, name: "B." })).toMatchObject({ changes: true, replaces: [] });
});

it("what is left out is not managed: not sent, no drift", async () => {
  const { kind, acme, nextRun, simulator } = await startWorld();
  const { id, inputs, outs } = await kind("User").make({ email: "ben@acme.example", name: "Ben" });
  expect(simulator.journal.writes()[0]?.form).toEqual({ user_id: "102", name: "Ben" });
  acme.edit((state) => {
    for (const person of state.users) person.phone_number = "+15550100999";
  });
  const user = (await nextRun()).kind("User");
  expect((await user.refresh(id, outs)).outs).toEqual(outs);
  acme.edit((state) => {
    for (const person of state.users) person.name = "Changed";
  });
  const drifted = (await nextRun()).kind("User");
  const read = await drifted.refresh(id, outs);
  expect((await drifted.diff(id, read.outs, inputs)).changes).toBe(true);
  expect(await drifted.update(id, read.outs, inputs)).toMatchObject({ name: "Ben" });
});

it.each([
  ["release", true],
  ["remove", false],
])("delete with onDelete %s", async (onDelete, stays) => {
  const { kind, acme } = await startWorld();
  const { id, outs } = await kind("User").make(sample("User", { onDelete }));
  await kind("User").delete(id, outs);
  expect(acme.users().some((person) => person.id === 102)).toBe(stays);
  // Gone already counts as done.
  await kind("User").delete(id, outs);
});

it("one person belongs to one resource, also when the first try was refused", async () => {
  const { kind, simulator } = await startWorld();
  simulator.faults.add({ on: "updateUser", do: { kind: "status", status: 400, message: "No." } });
  const { inputs } = await kind("User").check(sample("User"));
  await expect(kind("User").create(inputs)).rejects.toThrow('User "ben@acme.example"');
  await kind("User").create(inputs);
  await expect(kind("User").create(inputs)).rejects.toThrow("another resource of this program");
});

it("a person who left is gone in a refresh, and cannot be made again", async () => {
  const { kind, acme, nextRun } = await startWorld();
  const { id, inputs, outs } = await kind("User").make(sample("User"));
  acme.edit((state) => {
    state.users = state.users.filter((person) => person.id !== 102);
  });
  const user = (await nextRun()).kind("User");
  expect((await user.refresh(id, outs)).id).toBe("");
  await expect(user.create(inputs)).rejects.toThrow("Invite them in Anomify first");
});
