import { describe, expect, test } from "vitest";
import { steps, succeeded } from "../engine/scenario.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { anomify, pulumi, type ReportedWorld, reportedWorld, said } from "../helpers/reported.ts";

const emailUsers = ["ana@acme.example"];

/** What undoes most when it is deleted. */
function singletons(suffix: string, options: object = {}): void {
  const alert = { alert: "all-metrics-stopped", emailUsers, waitSeconds: 900, onDelete: "restore" } as const;
  new anomify.AdminAlert(`no-data${suffix}`, alert, options);
  new anomify.OrgSettings(`org${suffix}`, { timezone: "Europe/Berlin", onDelete: "restore" }, options);
  new anomify.User(`sam${suffix}`, { email: "sam@acme.example", name: "Sam T.", onDelete: "remove" }, options);
}

describe("an object that passes to another resource in one run stays as declared", () => {
  const forms: Readonly<Record<string, (world: ReportedWorld) => void>> = {
    "another logical name": () => singletons("-team"),
    "a move into a component": () => singletons("", { parent: new pulumi.ComponentResource("acme:Team", "team") }),
    "another provider of the same organization": ({ simulator, acme }) => {
      const provider = new anomify.Provider("eu", { endpoint: simulator.url, token: pulumi.secret(acme.token) });
      singletons("", { provider });
    },
  };
  test.for(Object.keys(forms))("%s", async (form) => {
    const world = await reportedWorld(createCliStack);
    const { acme, stack } = world;
    succeeded(await stack.up({ program: async () => singletons("") }));
    const passed = async () => forms[form]?.(world);
    succeeded(await stack.up({ program: passed }));
    expect(acme.adminAlerts()[0]).toMatchObject({ wait_seconds: 900 });
    expect(acme.settings().timezone).toBe("Europe/Berlin");
    expect(acme.users().find(({ email }) => email === "sam@acme.example")?.name).toBe("Sam T.");
    succeeded(await stack.preview({ program: passed, expectNoChanges: true }));
  });
});

test("a rename with strict makes the new one, deletes the old one, and says nothing of a killed run", async () => {
  const { acme, stack } = await reportedWorld(createCliStack, undefined, { "anomify:strict": "true" });
  const program = (suffix: string) => async () => {
    new anomify.Watcher(`cpu${suffix}`, { name: "CPU", chips: ["cpu"], emailUsers });
  };
  succeeded(await stack.up({ program: program("") }));
  const renamed = succeeded(await stack.up({ program: program("-high") }));
  expect(steps(renamed)).toEqual(["create cpu-high", "delete cpu"]);
  expect(said(renamed, "warning")).not.toMatch(/killed|superfluous/i);
  expect(acme.watchers().filter(({ name, deleted }) => name === "CPU" && !deleted)).toHaveLength(1);
});
