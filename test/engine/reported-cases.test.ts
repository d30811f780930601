import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { anomify as command } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { anomify, holdsIgnoredElements, pulumi, reportedWorld, said } from "../helpers/reported.ts";
import { root } from "../host/harness.ts";
import { steps, succeeded } from "./scenario.ts";

// What users of other providers reported, with the outcome that is right here. Others of these have a file of their own:
// proxies in proxy.test.ts, transforms in callbacks.test.ts, another organization in other-organization.test.ts, the passing of
// objects in hand-over.test.ts; with the real CLI they are in test/e2e/reported-cases.test.ts.
beforeAll(ensureBuilt);

const emailUsers = ["ana@acme.example"];
const noChanges = { expectNoChanges: true };

describe("an optional single value is taken away", () => {
  const program = (alert: object, user: object) => async () => {
    new anomify.AdminAlert("no-data", { alert: "all-metrics-stopped", ...alert });
    new anomify.User("chidi", { email: "chidi@acme.example", ...user });
  };
  const full = program({ slackChannel: "ops-alerts" }, { phoneNumber: "+441632960103", slackMemberId: "U0ACME0003" });
  const nothing = { slackChannel: null } as never;

  test("by an empty text, which the preview shows and the up sends", async () => {
    const { acme, stack } = await reportedWorld();
    succeeded(await stack.up({ program: full }));
    const cleared = program({ slackChannel: "" }, { phoneNumber: "", slackMemberId: "" });
    expect(steps(succeeded(await stack.preview({ program: cleared })))).toEqual(["update no-data", "update chidi"]);
    succeeded(await stack.up({ program: cleared }));
    expect(acme.adminAlerts()[0]?.alerts.filter(({ method }) => method === "slack")).toEqual([]);
    expect(acme.users().find(({ id }) => id === 103)).toMatchObject({ phone_number: null, slack_member_id: null });
    succeeded(await stack.preview({ program: cleared, ...noChanges }));
  });

  test("not by null or by leaving it out, and the preview shows none", async () => {
    const { acme, stack } = await reportedWorld();
    succeeded(await stack.up({ program: full }));
    const before = JSON.stringify([acme.adminAlerts(), acme.users()]);
    for (const left of [program({}, {}), program(nothing, { phoneNumber: null, slackMemberId: null } as never)]) {
      succeeded(await stack.preview({ program: left, ...noChanges }));
      succeeded(await stack.up({ program: left }));
      expect(JSON.stringify([acme.adminAlerts(), acme.users()])).toBe(before);
    }
  });
});

test.for([
  ["UTC", true],
  ["Europe/Lodnon", false],
] as const)("a time zone (%s) that the service refuses is an error of the preview", async ([timezone, accepted]) => {
  const { stack } = await reportedWorld();
  const program = async () => {
    new anomify.OrgSettings("org", { timezone });
  };
  const preview = await stack.preview({ program });
  const up = await stack.up({ program });
  expect([preview.ok, up.ok]).toEqual([accepted, accepted]);
  if (!accepted) return;
  succeeded(await stack.preview({ program, ...noChanges }));
  succeeded(await stack.refresh(noChanges));
});

test.for([0, -5, 0.30000000000000004, 1e-7, 123456789012, -0])(
  "the number %d of a threshold is sent exactly, and shows no change again",
  async (value) => {
    const { simulator, stack } = await reportedWorld();
    const program = async () => {
      const threshold = { condition: "less_than", value } as const;
      new anomify.ThresholdWatcher("t", { name: "T", chips: ["queue", "depth"], emailUsers, threshold });
    };
    succeeded(await stack.up({ program }));
    const sent = simulator.journal.writes().map(({ form }) => form.threshold_value);
    expect(sent.map(Number)).toEqual([value === 0 ? 0 : value]);
    expect(sent[0]).not.toMatch(/^-0$/);
    succeeded(await stack.preview({ program, ...noChanges }));
    succeeded(await stack.refresh(noChanges));
  },
);

test.for(["false", "true"])(
  "a plain rename makes the new one and deletes the old one, with strict %s",
  async (strict) => {
    const { acme, stack } = await reportedWorld(undefined, undefined, { "anomify:strict": strict });
    const program =
      (suffix: string, inComponent = false) =>
      async () => {
        const options = inComponent ? { parent: new pulumi.ComponentResource("acme:Alerts", "alerts") } : {};
        new anomify.Watcher(`cpu${suffix}`, { name: "CPU", chips: ["cpu"], emailUsers }, options);
        new anomify.Exclusion(`tests${suffix}`, { type: "skip_analysis", pattern: "staging.loadtest.web2" }, options);
      };
    succeeded(await stack.up({ program: program("") }));
    for (const renamed of [program("-high"), program("-high", true)]) {
      const up = succeeded(await stack.up({ program: renamed }));
      expect(said(up, "warning")).not.toMatch(/killed|superfluous|delete the/i);
      expect(acme.watchers().filter(({ name, deleted }) => name === "CPU" && !deleted)).toHaveLength(1);
      expect(acme.exclusions().filter(({ pattern }) => pattern === "staging.loadtest.web2")).toHaveLength(1);
    }
  },
);

describe("files as Windows writes them", () => {
  const forms: Readonly<Record<string, (text: string) => Buffer>> = {
    "with CRLF": (text) => Buffer.from(text.replaceAll("\n", "\r\n")),
    "with a byte order mark": (text) => Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`),
    "in UTF-16": (text) => Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le"),
  };
  test.for(Object.keys(forms))("%s are read, or the encoding is named", async (form) => {
    const { simulator, acme, stack } = await reportedWorld();
    const program = async () => {
      new anomify.Watcher("w", { name: "W", chips: ["cpu"], emailUsers });
    };
    succeeded(await stack.up({ program }));
    const folder = mkdtempSync(join(tmpdir(), "anomify-windows-"));
    const env = {
      ANOMIFY_TOKEN: acme.token,
      ANOMIFY_ENDPOINT: simulator.url,
      ANOMIFY_CONFIG_DIR: join(folder, "none"),
    };
    const bytes = forms[form]?.(JSON.stringify(stack.exportState({ showSecrets: true }), null, 2));
    const state = join(folder, "state.json");
    writeFileSync(state, bytes ?? "");
    for (const ran of [
      await command(["drift", "--state", state], { env }),
      await command(["drift", "--state", "-"], { env, stdin: bytes ?? "" }),
    ]) {
      expect(ran.stdout + ran.stderr).not.toMatch(/damaged|not JSON/);
      if (ran.code === 1) expect(ran.stderr).toMatch(/UTF-16/);
    }
  });
});

test.for([
  ["a line end", (token: string) => `${token}\r\n`],
  ["blanks", (token: string) => ` ${token} `],
  ["a byte order mark", (token: string) => `\ufeff${token}`],
  ["the word Bearer", (token: string) => `Bearer ${token}`],
] as const)("a token with %s is trimmed or refused, and never printed", async ([, form]) => {
  const { acme, open } = await reportedWorld();
  const stack = await open({ secrets: { "anomify:token": form(acme.token) } });
  const program = async () => {
    new anomify.Watcher("w", { name: "W", chips: ["cpu"], emailUsers });
  };
  const preview = await stack.preview({ program });
  expect(JSON.stringify(preview)).not.toContain(acme.token);
  if (!preview.ok) expect(said(preview, "error")).toMatch(/token/i);
});

test.for(["ana@acme.example", "ANA@acme.example", " ana@acme.example "])(
  "a person is found by the address %s, once and for all",
  async (who) => {
    const { acme, stack } = await reportedWorld();
    const program = async () => {
      new anomify.Watcher("w", { name: "W", chips: ["cpu"], emailUsers: [who] });
    };
    succeeded(await stack.up({ program }));
    const [live] = acme.watchers().filter(({ name }) => name === "W");
    expect(live?.alerts.map(({ ref }) => ref)).toEqual(["101"]);
    succeeded(await stack.preview({ program, ...noChanges }));
    succeeded(await stack.refresh(noChanges));
  },
);

test.for(["token", "endpoint", "token endpoint retries"])(
  "settings of a provider that are unknown in the first preview (%s) stop nothing",
  async (which) => {
    const { simulator, acme, stack } = await reportedWorld();
    const program = async () => {
      const source = new anomify.Watcher("source", { name: "Source", chips: ["cpu"], emailUsers });
      const later = <Value>(value: Value) => source.watcherId.apply(() => value);
      const provider = new anomify.Provider("eu", {
        endpoint: which.includes("endpoint") ? later(simulator.url) : simulator.url,
        token: which.includes("token") ? pulumi.secret(later(acme.token)) : acme.token,
        ...(which.includes("retries") ? { retries: later(2) } : {}),
      });
      new anomify.Watcher("x", { name: "X", chips: ["cpu"], emailUsers }, { provider });
    };
    succeeded(await stack.preview({ program }));
    succeeded(await stack.up({ program }));
    succeeded(await stack.preview({ program, ...noChanges }));
  },
);

test.for(["emailUsers", "chips"])("what ignoreChanges names (%s) stays as it is in the dashboard", async (path) => {
  const { acme, stack } = await reportedWorld();
  const program = (name: string) => async () => {
    const summaryReport = { frequency: "daily-10:00", emailUsers };
    const args = {
      name,
      chips: ["db1", "cpu"],
      emailUsers,
      slackChannel: "ops-alerts",
      expiration: "15m",
      summaryReport,
    };
    new anomify.Watcher("w", args, { ignoreChanges: [path] });
  };
  succeeded(await stack.up({ program: program("W") }));
  acme.edit(({ watchers }) => {
    const watcher = watchers.find(({ name }) => name === "W");
    if (watcher === undefined) throw new Error("the watcher is not there");
    watcher.expiration_seconds = 7200;
  });
  succeeded(await stack.refresh());
  succeeded(await stack.up({ program: program("W2") }));
  const [live] = acme.watchers().filter(({ name }) => name === "W2");
  expect(live?.expiration_seconds).toBe(900);
  succeeded(await stack.preview({ program: program("W2"), ...noChanges }));
});

test("an element that ignoreChanges names by its place is left alone, and no set loses another", async () => {
  await holdsIgnoredElements(await reportedWorld());
});

test("a snapshot that is restored twice makes its objects once", async () => {
  const { simulator, acme } = await reportedWorld();
  const folder = mkdtempSync(join(tmpdir(), "anomify-restored-"));
  const env = { ANOMIFY_TOKEN: acme.token, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_CONFIG_DIR: join(folder, "none") };
  const file = join(folder, "snapshot.json");
  await command(["snapshot", "--out", file, "--with-secrets"], { env });
  const count = () => [acme.watchers().filter(({ deleted }) => !deleted).length, acme.exclusions().length];
  const before = count();
  acme.edit((state) => {
    state.watchers.length = 0;
    state.exclusions.length = 0;
  });
  for (const _ of [1, 2]) {
    await command(["restore", file, "--yes"], { env });
    expect(count()).toEqual(before);
  }
});

describe("look-ups among names that are alike", () => {
  test.for([
    ["part of a name", () => anomify.getWatcher({ name: "Checkout" }), null],
    ["two of one name", () => anomify.getWatcher({ name: "CPU" }), /600.*601/s],
    ["a name that begins like another", () => anomify.getWatcher({ name: "CPU total" }), 602],
    ["two members by case", () => anomify.getUser({ email: "sam@acme.example" }), /104.*205/s],
  ] as const)("%s", async ([, look, expected]) => {
    const { acme, stack } = await reportedWorld();
    acme.edit(({ watchers, users }) => {
      const watcher = watchers.find(({ name }) => name === "Everything on web1");
      const sam = users.find(({ email }) => email === "sam@acme.example");
      if (watcher === undefined || sam === undefined) throw new Error("the seed has changed");
      for (const [id, name] of [
        [600, "CPU"],
        [601, "CPU"],
        [602, "CPU total"],
        [603, "Mem "],
      ] as const) {
        watchers.push({ ...structuredClone(watcher), id, name });
      }
      users.push({ ...structuredClone(sam), id: 205, email: "SAM@acme.example" });
    });
    let found: unknown;
    const program = async () => {
      found = await look();
    };
    const preview = await stack.preview({ program });
    expect(preview.ok, said(preview, "error")).toBe(typeof expected === "number");
    if (typeof expected === "number") expect(JSON.stringify(found)).toContain(String(expected));
    else if (expected !== null) expect(said(preview, "error")).toMatch(expected);
  });
});

test("names and notes with blanks at their ends are exported, imported and previewed without a change", async () => {
  const { simulator, acme, open } = await reportedWorld();
  acme.edit((live) => {
    const [first, second, third] = live.watchers.filter(({ deleted }) => !deleted);
    const [exclusion] = live.exclusions;
    const [, ben] = live.users;
    if (!first || !second || !third || !exclusion || !ben) throw new Error("the organization is too small");
    first.name = "Checkout latency ";
    second.name = "\u200bQueue too long";
    third.name = "Everything on web1\u00a0";
    exclusion.note = "Load tests are noisy on purpose\n";
    ben.name = "Ben Acme ";
  });
  const folder = mkdtempSync(join(tmpdir(), "anomify-blanks-"));
  const directory = join(folder, "program");
  const env = { ANOMIFY_TOKEN: acme.token, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_CONFIG_DIR: join(folder, "none") };
  expect(await command(["export", "--out", directory], { env })).toMatchObject({ code: 0 });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const secrets = {
    "anomify:token": acme.token,
    checkoutLatencyMsTeamsWebhook: "https://example.com/teams-webhook/acme",
  };
  const stack = await open({ directory, secrets, env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
  succeeded(await stack.import(join(directory, "import.json")));
  succeeded(await stack.preview(noChanges));
  succeeded(await stack.refresh(noChanges));
  succeeded(await stack.preview(noChanges));
});
