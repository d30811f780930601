import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { anomify, reportedWorld, said } from "../helpers/reported.ts";
import { succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

const program = async () => {
  new anomify.OrgSettings("org", { name: "Acme" });
  new anomify.User("sam", { email: "sam@acme.example", name: "Sam" });
};

test.each([
  ["retires", 'Did you mean "retries"?'],
  ["Endpoint", 'Did you mean "endpoint"'],
  ["organisation", "There are token, sessionId, endpoint"],
])("a setting that does not exist (anomify:%s) is named once, with the nearest", async (key, hint) => {
  const { stack } = await reportedWorld(undefined, undefined, { [`anomify:${key}`]: "1" });
  const warnings = said(succeeded(await stack.preview({ program })), "warning");
  expect(warnings).toContain(`anomify:${key} is not a setting of pulumi-anomify, and has no effect.`);
  expect(warnings).toContain(hint);
  expect(warnings.split("is not a setting").length).toBe(2);
});

test("settings that exist, and those of others, are not named", async () => {
  const { stack } = await reportedWorld(undefined, undefined, {
    "anomify:retries": "1",
    "aws:token": "x",
    "shop:retires": "1",
  });
  expect(said(succeeded(await stack.preview({ program })), "warning")).not.toMatch(/is not a setting|is set as/);
});

test.each(["shop:token", "shop:anomifyToken"])(
  "a token under another namespace (%s) is named, without its value",
  async (key) => {
    const { acme, open } = await reportedWorld();
    const stack = await open({ secrets: { [key]: acme.token } });
    const preview = await stack.preview({ program });
    expect(preview.ok).toBe(false);
    expect(said(preview, "warning")).toContain(`The token is set as ${key}, which the provider does not read.`);
    expect(JSON.stringify(preview)).not.toContain(acme.token);
  },
);
