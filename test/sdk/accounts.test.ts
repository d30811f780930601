import { createClient } from "pulumi-anomify/sdk";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { errorOf } from "./server.ts";

async function start(): Promise<Simulator> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  return simulator;
}

test("a newcomer signs up, confirms the address, works with the session, and logs in again", async () => {
  const simulator = await start();
  const nobody = createClient({ endpoint: simulator.url });
  const newcomer = { email: "nia@example.com", user_name: "Nia New", org_name: "Nia's Shop", timezone: "Europe/Paris" };
  const { user } = (await nobody.signup.selfServe({ ...newcomer, test_data: true })).data;
  expect(user).toMatchObject({ name: "Nia New", email: newcomer.email, admin: true, demo: false });
  expect(user.org).toMatchObject({ name: "Nia's Shop", timezone: "Europe/Paris" });

  const mail = simulator.organization("Nia's Shop").outbox().at(-1);
  expect(mail).toMatchObject({ to: newcomer.email, kind: "signup-verification" });
  const form = { email: newcomer.email, verification_token: mail?.token ?? "", password_1: "new one" };
  const typo = await errorOf(nobody.signup.verify({ ...form, password_2: "new two" }));
  expect(typo).toMatchObject({ name: "BadRequestError", errors: { password_2: "Is not the same password." } });
  const { session } = (await nobody.signup.verify({ ...form, password_2: "new one" })).data;
  const person = createClient({ endpoint: simulator.url, sessionId: session.id });
  expect((await person.user.ping()).data.session.user?.id).toBe(user.id);
  expect((await person.org.info()).data.org.name).toBe("Nia's Shop");

  const again = await errorOf(nobody.signup.verify({ ...form, password_2: "new one" }));
  expect(again).toMatchObject({ name: "BadRequestError", errors: { verification_token: expect.any(String) } });
  const login = (await nobody.login.login({ email: newcomer.email, password: "new one" })).data;
  expect(login).toMatchObject({ two_factor_required: false, session: { user: { id: user.id } } });
});

test("an address signs up once, and all that is wrong is reported at once", async () => {
  const simulator = await start();
  const nobody = createClient({ endpoint: simulator.url });
  const taken = { email: "ana@acme.example", user_name: "Ana", org_name: "Another", timezone: "Mars/Olympus" };
  const error = await errorOf(nobody.signup.selfServe(taken));
  expect(error).toMatchObject({ name: "BadRequestError", outcome: "refused" });
  expect(Object.keys((error as { errors?: object }).errors ?? {}).sort()).toEqual(["email", "timezone"]);
});

test("a visitor enters a demo organization", async () => {
  const simulator = await start();
  const nobody = createClient({ endpoint: simulator.url });
  const [demo] = (await nobody.signup.demoOrgs()).data.demo_orgs;
  expect(demo).toEqual({ id: 11, name: "Demo Shop" });
  const { session } = (await nobody.signup.demo({ email: "visitor@example.com", demo_org_id: 11 })).data;
  expect(session.user).toMatchObject({ demo: true, org_id: 11 });
  const visitor = createClient({ endpoint: simulator.url, sessionId: session.id });
  expect((await visitor.org.info()).data.org.name).toBe("Demo Shop");
  expect(await errorOf(visitor.login.validateClient({ code: "1" }))).toMatchObject({ name: "PermissionError" });
});

test("a lost password is set anew with the code from the e-mail, once", async () => {
  const simulator = await start();
  const nobody = createClient({ endpoint: simulator.url });
  const email = "ana@acme.example";
  const known = await nobody.login.forgotPassword({ email });
  const unknown = await nobody.login.forgotPassword({ email: "x@example.com" });
  expect(known.data).toEqual(unknown.data);

  const mail = simulator.organization("acme").outbox().at(-1);
  expect(mail).toMatchObject({ to: email, kind: "password-reset" });
  const form = { token: mail?.token ?? "", new_password_1: "new one" };
  const typo = await errorOf(nobody.login.resetPassword({ ...form, new_password_2: "new two" }));
  expect(typo).toMatchObject({ name: "BadRequestError", errors: { new_password_2: expect.any(String) } });
  await nobody.login.resetPassword({ ...form, new_password_2: "new one" });
  const again = await errorOf(nobody.login.resetPassword({ ...form, new_password_2: "new one" }));
  expect(again).toMatchObject({ name: "BadRequestError", errors: { token: expect.any(String) } });

  const { session } = (await nobody.login.login({ email, password: "new one" })).data;
  expect(session.user?.email).toBe(email);
  const old = await errorOf(nobody.login.login({ email, password: "correct horse ana" }));
  expect(old).toMatchObject({ name: "AuthenticationError" });
});

test("the second factor makes a session count, from this client or another", async () => {
  const simulator = await start();
  const nobody = createClient({ endpoint: simulator.url });
  const chidi = { email: "chidi@acme.example", password: "correct horse chidi" };
  const acme = simulator.organization("acme");
  const code = acme.secondFactorCode(chidi.email);

  const first = (await nobody.login.login(chidi)).data;
  expect(first).toEqual({ session: { id: expect.any(String) }, two_factor_required: true });
  const waiting = createClient({ endpoint: simulator.url, sessionId: first.session.id });
  expect(await errorOf(waiting.org.info())).toMatchObject({ name: "AuthenticationError" });
  expect((await waiting.login.validateClient({ code })).data.session.user?.email).toBe(chidi.email);
  expect((await waiting.org.info()).data.org.name).toBe("Acme Shop");

  const second = (await nobody.login.login(chidi)).data.session.id;
  const token = acme.outbox().at(-1)?.token ?? "";
  const other = createClient({ endpoint: simulator.url, sessionId: acme.session("ana@acme.example") });
  expect((await other.login.validateClient({ code, token })).data.session.id).toBe(second);
  const named = createClient({ endpoint: simulator.url, sessionId: second });
  expect((await named.user.ping()).data.session.user?.email).toBe(chidi.email);
  await named.user.logout();
  expect(await errorOf(named.user.ping())).toMatchObject({ name: "AuthenticationError" });
});
