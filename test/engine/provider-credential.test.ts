import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { anomify, reportedWorld, said } from "../helpers/reported.ts";
import { succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

const program = (endpoint: string | undefined) => async () => {
  const provider = new anomify.Provider("own", endpoint === undefined ? {} : { endpoint });
  new anomify.OrgSettings("org", { name: "Acme" }, { provider });
};

test("a provider that is given the stack's endpoint and no credential takes the stack's", async () => {
  const { simulator, acme, stack } = await reportedWorld();
  const up = succeeded(await stack.up({ program: program(simulator.url) }));
  expect(acme.settings().name).toBe("Acme");
  expect(JSON.stringify(up)).not.toContain(acme.token);
  expect(JSON.stringify(stack.exportState())).not.toContain(acme.token);
});

test.each(["http://127.0.0.1:9", undefined])(
  "another endpoint (%s) never gets the stack's credential",
  async (endpoint) => {
    const { stack } = await reportedWorld();
    const preview = await stack.preview({ program: program(endpoint) });
    expect(preview.ok).toBe(false);
    expect(said(preview, "error")).toContain("The Anomify token is missing");
  },
);
