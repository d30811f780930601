import { describe, expect, it } from "vitest";
import { caller, simulate, withSession, withToken } from "./harness.ts";

const ana = { email: "ana@acme.example", password: "correct horse ana" };
const chidi = { email: "chidi@acme.example", password: "correct horse chidi" };

describe("who a request comes from", () => {
  it("needs a valid token or session", async () => {
    const simulator = await simulate();
    for (const headers of [{}, { "x-auth-token": "f".repeat(32) }, { "x-session-id": "f".repeat(32) }]) {
      const reply = await caller(simulator, headers).get("/org/info");
      expect(reply).toMatchObject({ http: 401, status: { code: 401 }, data: { message: "Please log in." } });
    }
  });

  it("is the session first, then the token", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex"] });
    const token = simulator.organization("acme").token;
    const session = simulator.organization("globex").session();
    const api = caller(simulator, { "x-auth-token": token, "x-session-id": session });
    expect((await api.get("/org/info")).data.org.name).toBe("Globex Energy");
    await api.post("/user/logout");
    expect((await api.get("/org/info")).data.org.name).toBe("Acme Shop");
  });

  it("may be a session in the query, the form or a cookie, in that order after the header", async () => {
    const simulator = await simulate({ tenants: ["acme", "globex"] });
    const acme = simulator.organization("acme").session();
    const globex = simulator.organization("globex").session();
    const nobody = caller(simulator, {});
    expect((await nobody.get("/org/info", { session_id: acme })).data.org.id).toBe(101);
    expect((await nobody.post("/org/update", { session_id: acme })).data.org.id).toBe(101);
    const cookie = caller(simulator, { cookie: `a=b; session_id=${globex}` });
    expect((await cookie.get("/org/info")).data.org.id).toBe(2207);
    expect((await cookie.get("/org/info", { session_id: acme })).data.org.id).toBe(101);
    const header = caller(simulator, { "x-session-id": globex });
    expect((await header.get("/org/info", { session_id: acme })).data.org.id).toBe(2207);
  });

  it("gets a session made on the spot, which is nobody's", async () => {
    const simulator = await simulate();
    const first = await withToken(simulator).get("/org/info");
    const second = await withToken(simulator).get("/org/info");
    expect(first.status.session_id).toMatch(/^[0-9a-f]{32}$/);
    expect(second.status.session_id).not.toBe(first.status.session_id);
    expect(first.headers.get("set-cookie")).toBe(`session_id=${first.status.session_id}; path=/; HttpOnly`);
    const adopted = caller(simulator, { "x-session-id": first.status.session_id });
    expect((await adopted.get("/org/info")).http).toBe(401);
  });

  it("must be a person for some calls", async () => {
    const simulator = await simulate();
    expect((await withToken(simulator).get("/user/ping")).http).toBe(403);
    expect((await caller(simulator, {}).get("/user/ping")).http).toBe(401);
    const reply = await withSession(simulator).get("/user/ping");
    expect(reply.data).toMatchObject({ ping: "pong", session: { id: reply.status.session_id, user: { id: 101 } } });
  });
});

describe("logging in", () => {
  it("binds a person to a session", async () => {
    const simulator = await simulate();
    const { data } = await caller(simulator, {}).post("/login", ana);
    expect(data).toMatchObject({ two_factor_required: false, session: { user: { email: ana.email } } });
    const api = caller(simulator, { "x-session-id": data.session.id });
    expect((await api.get("/user/info")).data.user.email).toBe(ana.email);
    await api.post("/user/logout");
    expect((await api.get("/user/info")).http).toBe(401);
  });

  it("uses the session that was sent", async () => {
    const simulator = await simulate();
    const id = "0123456789abcdef0123456789abcdef";
    expect((await caller(simulator, { "x-session-id": id }).post("/login", ana)).data.session.id).toBe(id);
  });

  it("refuses strangers and wrong passwords alike", async () => {
    const api = caller(await simulate(), {});
    const wrong = await api.post("/login", { ...ana, password: "guess" });
    const stranger = await api.post("/login", { email: "x@example.com", password: "guess" });
    expect([wrong.http, wrong.data]).toEqual([401, stranger.data]);
    expect((await api.post("/login", { email: "nonsense" })).data.errors).toEqual({
      email: "Must be an e-mail address.",
      password: "Is missing.",
    });
  });

  it("waits for the second factor", async () => {
    const simulator = await simulate();
    const { data } = await caller(simulator, {}).post("/login", chidi);
    expect(data).toEqual({ session: { id: data.session.id }, two_factor_required: true });
    const api = caller(simulator, { "x-session-id": data.session.id });
    expect((await api.get("/org/info")).http).toBe(401);
    expect((await api.post("/login/validateclient", { code: "000000" })).data.errors).toEqual({
      code: "Is not the right code.",
    });
    const code = simulator.organization("acme").secondFactorCode(chidi.email);
    expect((await api.post("/login/validateclient", { code })).data.session.user.email).toBe(chidi.email);
    expect((await api.get("/user/info")).data.user.email).toBe(chidi.email);
  });

  it("takes the second factor from another client that names the attempt", async () => {
    const simulator = await simulate();
    const { data } = await caller(simulator, {}).post("/login", chidi);
    const mail = simulator.organization("acme").outbox().at(-1);
    expect(mail).toMatchObject({ to: chidi.email, kind: "second-factor", text: "Your code is 271828." });
    const other = caller(simulator, { "x-session-id": "f".repeat(32) });
    expect((await other.post("/login/validateclient", { code: "271828" })).http).toBe(401);
    expect(
      (await other.post("/login/validateclient", { code: "271828", token: "e".repeat(32) })).data.errors,
    ).toHaveProperty("token");
    expect(
      (await other.post("/login/validateclient", { code: "271828", token: mail?.token ?? "" })).data.session.id,
    ).toBe(data.session.id);
    expect((await caller(simulator, { "x-session-id": data.session.id }).get("/user/info")).http).toBe(200);
    expect((await other.get("/user/info")).http).toBe(401);
  });
});

describe("passwords", () => {
  it("are reset with a code from an e-mail, once", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    const known = await api.post("/login/forgotpassword", { email: ana.email });
    const unknown = await api.post("/login/forgotpassword", { email: "x@example.com" });
    expect(known.data).toEqual(unknown.data);
    const mails = simulator.organization("acme").outbox();
    expect(mails).toMatchObject([{ to: ana.email, kind: "password-reset" }]);
    const form = { token: mails[0]?.token ?? "", new_password_1: "new one", new_password_2: "new one" };
    expect((await api.post("/login/resetpassword", { ...form, new_password_2: "typo" })).data.errors).toEqual({
      new_password_2: "Is not the same password.",
    });
    expect((await api.post("/login/resetpassword", form)).http).toBe(200);
    expect((await api.post("/login/resetpassword", form)).data.errors).toEqual({ token: "Is not valid (any more)." });
    expect((await api.post("/login", { ...ana, password: "new one" })).http).toBe(200);
    expect((await api.post("/login", ana)).http).toBe(401);
  });

  it.each([
    ["put", "/user/password"],
    ["post", "/user/updatepassword"],
  ] as const)("are changed by %s %s", async (method, path) => {
    const simulator = await simulate();
    const api = withSession(simulator);
    const form = { old_password: ana.password, new_password_1: "new one", new_password_2: "new one" };
    expect((await api[method](path, form)).data).toEqual({ message: "OK" });
    expect((await api[method](path, form)).data.errors).toEqual({ old_password: "Is not the present password." });
    expect(simulator.organization("acme").password(ana.email)).toBe("new one");
  });
});
