import { describe, expect, it } from "vitest";
import { caller, simulate, withToken } from "./harness.ts";

const newcomer = { email: "nia@example.com", user_name: "Nia New", org_name: "Nia's Shop", timezone: "Europe/Paris" };

describe("signing up", () => {
  it("makes an organization of its own", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    const { data } = await api.post("/signup/selfserve", { ...newcomer, test_data: "true" });
    expect(data.user).toMatchObject({
      name: "Nia New",
      admin: true,
      org: { name: "Nia's Shop", timezone: "Europe/Paris" },
    });
    const organization = simulator.organization("Nia's Shop");
    expect(organization.id).toBe(data.user.org_id);
    expect((await withToken(simulator, "Nia's Shop").get("/metrics")).data.metrics_count).toBe(4);
    const [mail] = organization.outbox();
    expect(mail).toMatchObject({ to: newcomer.email, kind: "signup-verification" });
    const form = { email: newcomer.email, verification_token: mail?.token ?? "", password_1: "a", password_2: "a" };
    expect((await api.post("/signup/verify", { ...form, password_2: "b" })).data.errors).toEqual({
      password_2: "Is not the same password.",
    });
    const verified = await api.post("/signup/verify", form);
    const session = caller(simulator, { "x-session-id": verified.data.session.id });
    expect((await session.get("/org/info")).data.org.name).toBe("Nia's Shop");
    expect((await api.post("/signup/verify", form)).data.errors).toHaveProperty("verification_token");
    expect((await api.post("/login", { email: newcomer.email, password: "a" })).http).toBe(200);
  });

  it("takes an address once, and any name", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    await api.post("/signup/selfserve", newcomer);
    const again = await api.post("/signup/selfserve", { ...newcomer, timezone: "Mars/Olympus" });
    expect(Object.keys(again.data.errors).sort()).toEqual(["email", "timezone"]);
    await api.post("/signup/selfserve", { ...newcomer, email: "other@example.com" });
    expect(simulator.organization("Nia's Shop 2").settings().name).toBe("Nia's Shop");
  });
});

describe("demo organizations", () => {
  it("are entered without a password", async () => {
    const simulator = await simulate();
    const api = caller(simulator, {});
    const { demo_orgs } = (await api.get("/signup/demo-orgs")).data;
    expect(demo_orgs).toEqual([{ id: 11, name: "Demo Shop" }]);
    const { data } = await api.post("/signup/demo", { email: "visitor@example.com" });
    expect(data.session.user).toMatchObject({ demo: true, admin: false, org_id: 11 });
    const session = caller(simulator, { "x-session-id": data.session.id });
    expect((await session.get("/metrics")).data.metrics_count).toBe(9);
    expect((await session.post("/login/validateclient", { code: "1" })).http).toBe(403);
    expect((await api.post("/signup/demo", { email: "visitor@example.com", demo_org_id: "101" })).data.errors).toEqual({
      demo_org_id: "No such demo organization.",
    });
  });
});
