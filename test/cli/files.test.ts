import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { decode } from "../../cli/files/read.ts";
import { parsePlan } from "../../cli/replay/plan.ts";
import { parseSnapshot } from "../../cli/snapshot/format.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { parseState } from "../../provider/stack/read-state.ts";
import { anomify } from "../helpers/anomify.ts";

/** Files as editors and shells of Windows write them; PowerShell 5.1 writes UTF-16 for `>`. */
const FORMS: Readonly<Record<string, (text: string) => Buffer>> = {
  "UTF-8 with a byte order mark": (text) => Buffer.from(`\ufeff${text}`),
  "lines that end with CRLF": (text) => Buffer.from(text.replaceAll("\n", "\r\n")),
  "UTF-16 LE": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16 LE without a mark": (text) => Buffer.from(text, "utf16le"),
  "UTF-16 BE": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "UTF-16 BE without a mark": (text) => Buffer.from(text, "utf16le").swap16(),
};

const REFUSED: ReadonlyArray<readonly [name: string, bytes: Buffer]> = [
  ["in UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
  ["compressed with gzip", Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
  ["a ZIP archive", Buffer.from("PK\u0003\u0004")],
  ["neither in UTF-8 nor in UTF-16", Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d])],
];

const STATE = JSON.stringify({
  version: 3,
  deployment: {
    resources: [
      {
        urn: `urn:pulumi:dev::shop::${typeToken("Watcher")}::eu::cpu`,
        type: typeToken("Watcher"),
        id: "501",
        provider: "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::acme::eu::1a2b",
        outputs: { name: "Zürich", chips: ["cpu"] },
      },
    ],
  },
});

async function world() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const folder = mkdtempSync(join(tmpdir(), "anomify-files-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const { token } = simulator.organization("acme");
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: token, ANOMIFY_CONFIG_DIR: join(folder, "config") };
  const write = (name: string, content: Buffer | string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return { simulator, token, folder, env, write };
}

test.for(Object.keys(FORMS))("every file that a user hands over is read in the form %s", async (form) => {
  const encode = FORMS[form] ?? Buffer.from;
  const { simulator, token, folder, env, write } = await world();
  const snapshot = join(folder, "snapshot.json");
  expect((await anomify(["snapshot", "--out", snapshot], { env })).code).toBe(0);
  const given = write("snapshot-given.json", encode(readFileSync(snapshot, "utf8")));
  const map = write(
    "map.json",
    encode(JSON.stringify({ people: { "ana@acme.example": "ana@acme.example" } }, null, 2)),
  );
  const plan = write("plan.json", encode(JSON.stringify({ steps: [] }, null, 2)));
  const wire = write("wire.json", encode("{\n}"));
  const state = write("state.json", encode(STATE));
  for (const [args, code] of [
    [["restore", given, "--dry-run"], 0],
    [["diff", snapshot, given, "--map", map], 0],
    [["replay", "--plan", plan, "--json"], 0],
    [["doctor", "--wire", wire, "--suggest", "--json"], 0],
    [["drift", "--state", state, "--fail-on", "gone"], 0],
    [["health", "--state", state, "--json"], 0],
  ] as const) {
    const ran = await anomify(args, { env });
    expect(ran.code, `${args.join(" ")}\n${ran.stderr}`).toBe(code);
  }
  const login = await anomify(["login", "--token-stdin"], { env, stdin: encode(`${token}\n`) });
  expect(login, login.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining("Acme Shop") });
  const piped = await anomify(["drift", "--state", "-", "--json", "--fail-on", "gone"], { env, stdin: encode(STATE) });
  expect(JSON.parse(piped.stdout).compared).toMatchObject([{ id: "501" }]);
  expect(simulator.journal.writes()).toEqual([]);
});

test.for(REFUSED)("a file that is %s is called so, and never damaged", async ([name, bytes]) => {
  const { env, write } = await world();
  const file = write("given.json", bytes);
  expect(() => decode(bytes, "given.json", "Hint.")).toThrow(`given.json is ${name}`);
  for (const args of [
    ["restore", file],
    ["drift", "--state", file],
    ["replay", "--plan", file],
    ["diff", file, file],
    ["diff", file, file, "--map", file],
    ["doctor", "--wire", file],
  ]) {
    const ran = await anomify(args, { env });
    expect(ran.code, args.join(" ")).toBe(1);
    expect(ran.stderr).toContain(`is ${name}`);
    expect(ran.stderr).not.toMatch(/damaged|not JSON|^\s+at /m);
  }
});

test("a document that is something else than is wanted is named, and how to make the right one", () => {
  const snapshot = JSON.stringify({ format: "anomify-snapshot", version: 1, objects: [] });
  const preview = JSON.stringify({ steps: [] });
  expect(() => parseState(snapshot, "s.json")).toThrow(
    "s.json is not the state of a stack, but a snapshot that anomify snapshot wrote. Write it with: pulumi stack export",
  );
  expect(() => parseState(preview, "s.json")).toThrow("but a preview, as pulumi preview --json writes it.");
  expect(() => parseState(JSON.stringify({ format: "anomify-drift", version: 1 }), "s.json")).toThrow(
    "but what anomify drift --json prints.",
  );
  expect(() => parseSnapshot(STATE, "s.json")).toThrow(
    "s.json is no snapshot, but the state of a stack, as pulumi stack export writes it. Write one with: anomify snapshot",
  );
  expect(() => parsePlan(STATE, "s.json")).toThrow("but the state of a stack");
  expect(() => parsePlan(snapshot, "s.json")).toThrow("but a snapshot that anomify snapshot wrote.");
  expect(() => parsePlan(`warning: using a plugin\n${preview}`, "s.json")).toThrow(
    "other lines come before the JSON; leave out 2>&1",
  );
});

test("a name with :: in it is the whole last part of the URN, and so is the name of a provider", () => {
  expect(parseState(STATE, "s.json").resources).toMatchObject([
    {
      name: "eu::cpu",
      provider: "acme::eu",
      providerUrn: "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::acme::eu",
    },
  ]);
});

test("a preview in the streaming form of the CLI says the same as one document", () => {
  const type = typeToken("Watcher");
  const urn = (name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
  const resource = (name: string, id: string, inputs: object) => ({ urn: urn(name), type, id, inputs });
  const steps = [
    { op: "create", newState: resource("new", "", { name: "New", chips: ["cpu"], msTeamsWebhook: "[secret]" }) },
    { op: "update", oldState: resource("kept", "501", { name: "A" }), newState: resource("kept", "", { name: "B" }) },
    { op: "delete", oldState: resource("gone", "502", { name: "Gone" }), newState: null },
  ];
  const events = [
    { preludeEvent: { config: {} } },
    { diagnosticEvent: { message: "hello\n", severity: "info" } },
    ...steps.flatMap(({ op, oldState = null, newState }) => [
      { resourcePreEvent: { metadata: { op, urn: "", type, old: oldState, new: newState }, planning: true } },
      { resOutputsEvent: { metadata: { op, urn: "", type, old: oldState, new: newState }, planning: true } },
    ]),
    { summaryEvent: { maybeCorrupt: false, resourceChanges: { create: 1 } } },
    { cancelEvent: {} },
  ];
  const stream = events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");
  const plan = parsePlan(stream, "plan.json");
  expect(plan).toEqual(parsePlan(JSON.stringify({ steps }), "plan.json"));
  expect(plan.after.resources).toMatchObject([
    { name: "new", id: "", unreadable: ["msTeamsWebhook"] },
    { name: "kept", id: "501" },
  ]);
  expect(plan.removed.resources).toMatchObject([{ name: "gone", id: "502" }]);
  const cut = stream.split("\n").slice(0, 5).join("\n");
  expect(() => parsePlan(cut, "plan.json")).toThrow("plan.json has no summary at its end");
});
