import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { steps, succeeded } from "../engine/scenario.ts";
import { anomify as command } from "../helpers/anomify.ts";
import { createCliStack, type StackOfCli } from "../helpers/cli-stack.ts";
import { writePluginFolder } from "../helpers/plugin-folder.ts";
import { anomify, holdsIgnoredElements, pulumi, type ReportedWorld, reportedWorld, said } from "../helpers/reported.ts";
import { root } from "../host/harness.ts";

const native = createRequire(import.meta.url)("pulumi-anomify/native") as typeof anomify;
const emailUsers = ["ana@acme.example"];

/** What undoes most when it is deleted, by the classes of either host. */
function singletons(
  suffix: string,
  options: object = {},
  { AdminAlert, OrgSettings, User }: Pick<typeof anomify, "AdminAlert" | "OrgSettings" | "User"> = anomify,
  { waitSeconds = 900, timezone = "Europe/Berlin", name = "Sam T.", email = "sam@acme.example" } = {},
): void {
  const alert = { alert: "all-metrics-stopped", emailUsers, waitSeconds, onDelete: "restore" } as const;
  new AdminAlert(`no-data${suffix}`, alert, options);
  new OrgSettings(`org${suffix}`, { timezone, onDelete: "restore" }, options);
  new User(`sam${suffix}`, { email, name, onDelete: "remove" }, options);
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

describe.each(["dynamic", "native"] as const)("in the %s host, an object stays as declared", (host) => {
  const classes = host === "dynamic" ? anomify : native;

  async function worldOfHost(): Promise<ReportedWorld> {
    const folder = mkdtempSync(join(tmpdir(), "anomify-reported-"));
    writePluginFolder(folder);
    vi.stubEnv("PATH", `${folder}${delimiter}${process.env.PATH}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    });
    const world = await reportedWorld(createCliStack);
    succeeded(await world.stack.up({ program: async () => singletons("", {}, classes) }));
    return world;
  }

  test("that is replaced because of replaceOnChanges", async () => {
    const { acme, stack } = await worldOfHost();
    const changed = { waitSeconds: 1200, timezone: "Europe/Paris", name: "Samuel T." };
    const options = { replaceOnChanges: ["waitSeconds", "timezone", "name"] };
    const program = async () => singletons("", options, classes, changed);
    const up = succeeded(await stack.up({ program }));
    // The engine replaces by the paths of a detailed diff, which a dynamic provider does not give.
    expect(up.steps.some(({ op }) => op === "create-replacement")).toBe(host === "native");
    expect(acme.adminAlerts()[0]).toMatchObject({ wait_seconds: 1200 });
    expect(acme.settings().timezone).toBe("Europe/Paris");
    expect(acme.users().find(({ email }) => email === "sam@acme.example")?.name).toBe("Samuel T.");
    succeeded(await stack.preview({ program, expectNoChanges: true }));
    succeeded(await stack.refresh());
    succeeded(await stack.preview({ program, expectNoChanges: true }));
  });

  test("whose person has another address: a change in place, which removes nobody", async () => {
    const { acme, stack } = await worldOfHost();
    const sam = acme.users().find(({ email }) => email === "sam@acme.example")?.id;
    acme.edit(({ users }) => {
      for (const user of users) if (user.id === sam) user.email = "samuel@acme.example";
    });
    const program = async () => singletons("", {}, classes, { email: "samuel@acme.example" });
    const up = succeeded(await stack.up({ program }));
    expect(steps(up)).toEqual(["update sam"]);
    expect(acme.users().find(({ id }) => id === sam)).toMatchObject({ email: "samuel@acme.example", name: "Sam T." });
    succeeded(await stack.preview({ program, expectNoChanges: true }));
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

test("an element that ignoreChanges names by its place is left alone, and no set loses another", async () => {
  await holdsIgnoredElements(await reportedWorld(createCliStack));
});

test.for([
  ["a document", {}, []],
  ["a document with --diff", {}, ["--diff"]],
  ["a document with --show-sames", {}, ["--show-sames"]],
  ["events as they come", { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" }, []],
] as const)("a preview as JSON (%s) is read by replay", async ([, more, args]) => {
  const { simulator, acme, open } = await reportedWorld(createCliStack);
  const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...more };
  const stack = (await open({ directory: join(root, "examples/quickstart"), env })) as StackOfCli;
  const plan = await stack.command(["preview", "--json", ...args]);
  const settings = { ANOMIFY_TOKEN: acme.token, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_CONFIG_DIR: "/nonexistent" };
  const replay = await command(["replay", "--plan", "-", "--since", "30d"], { env: settings, stdin: plan });
  expect([replay.code, replay.stderr]).toEqual([0, expect.not.stringMatching(/is not what pulumi preview/)]);
  expect(replay.stdout).toContain("Checkout");
});
