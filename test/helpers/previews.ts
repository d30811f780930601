import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { type SimulatedOrganization, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Result, renderResult, type Stack, type StackOptions } from "pulumi-anomify/testing";
import { setAnomalies } from "./anomalies.ts";
import { createCliStack } from "./cli-stack.ts";
import { BEFORE, SCENES, type Scene } from "./preview-scenes.ts";

const EMBEDDED = "The embedded engine (`pulumi-anomify/testing`)";
const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the preview of a scene printed, made the same for each run; and the result, for further questions. */
export interface Recorded {
  readonly scene: Scene;
  readonly shown: ReadonlyArray<{ readonly command: string; readonly text: string }>;
  readonly result: Result;
  /** What `pulumi preview --json` prints, of a scene that is shown with its diff. */
  readonly plan?: string;
}

export type EngineName = "embedded" | "pulumi";
type Preview = (program: string, kind?: "up") => Promise<Result>;

/** Previews each scene in a simulated organization, with one stack for all of them. Nothing but the first program is deployed. */
export async function recordPreviews(engine: EngineName): Promise<Recorded[]> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const directory = mkdtempSync(join(tmpdir(), "anomify-previews-"));
  const acme = simulator.organization("acme");
  furnish(acme);
  writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(join(directory, "package.json"), '{ "name": "shop", "main": "index.js" }\n');
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  const options: StackOptions = {
    directory,
    parallel: 1,
    config: { "anomify:endpoint": simulator.url, "anomify:replayDays": "7" },
    secrets: { "anomify:token": acme.token },
  };
  const flags: string[] = [];
  const stack = await (engine === "embedded" ? createStack(options) : createCliStack(options, undefined, flags));
  const preview = engine === "embedded" ? inProcess(stack) : asFile(stack, directory);
  try {
    const first = await preview(BEFORE, "up");
    if (!first.ok) throw new Error(`The program before the previews failed:\n${JSON.stringify(first.diagnostics)}`);
    const recorded: Recorded[] = [];
    for (const scene of SCENES) recorded.push(await record(scene, engine, preview, flags));
    return recorded;
  } finally {
    await stack.close();
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param flags of the command, which the stack reads anew each time */
async function record(scene: Scene, engine: EngineName, preview: Preview, flags: string[]): Promise<Recorded> {
  const program = `${scene.cpu ?? BEFORE}\n${scene.more ?? ""}`;
  const result = await preview(program);
  if (engine === "embedded") {
    return { scene, result, shown: [{ command: EMBEDDED, text: steady(renderResult(result, { color: false })) }] };
  }
  const shown = [{ command: "pulumi preview", text: steady(rowsOf(result.stdout)) }];
  if (!scene.diff) return { scene, result, shown };
  const withFlag = async (flag: string) => {
    flags.splice(0, 1, flag);
    return (await preview(program)).stdout;
  };
  shown.push({ command: "pulumi preview --diff", text: steady(await withFlag("--diff")) });
  const plan = await withFlag("--json");
  flags.pop();
  return { scene, result, shown, plan };
}

/** 412 metrics of processors and some of disks; anomalies of the last days. */
function furnish(acme: SimulatedOrganization): void {
  const now = Math.floor(Date.now() / 1000);
  const hours = (list: readonly number[]) => list.map((hour) => now - hour * 3600 - 600);
  const numbered = (count: number, name: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => name(at + 1));
  const metrics = [
    ...numbered(374, (at) => `db.cpu.core${at}`),
    ...numbered(38, (at) => `web${at}.cpu.idle`),
    ...numbered(6, (at) => `web${at}.web.disk`),
  ];
  const anomalies = new Map([
    ["db.cpu.core1", hours([2, 4, 6, 8, 30])],
    ["db.cpu.core2", hours([3, 5, 50, 51])],
    ["web1.cpu.idle", hours([20, 44, 45])],
  ]);
  setAnomalies(acme, Object.fromEntries(metrics.map((name) => [name, anomalies.get(name) ?? []])));
  acme.edit((state) => {
    state.watchers = [];
    state.exclusions = [];
  });
}

/** In this process: starting the program is what takes the time. */
function inProcess(stack: Stack): Preview {
  return async (program, kind) => {
    const main = new Function("anomify", "pulumi", program) as (...modules: unknown[]) => void;
    return await stack[kind ?? "preview"]({ program: async () => main(anomify, pulumi) });
  };
}

function asFile(stack: Stack, directory: string): Preview {
  const head = 'const anomify = require("pulumi-anomify");\nconst pulumi = require("@pulumi/pulumi");\n';
  return async (program, kind) => {
    writeFileSync(join(directory, "index.js"), `${head}${program}\n`);
    return await stack[kind ?? "preview"]();
  };
}

/**
 * What is left on a terminal: the last row of each resource that changes or says something, and what was said. Without a terminal
 * the CLI prints a row each time something happens, and where it found its plugins.
 */
function rowsOf(stdout: string): string {
  const [rows = "", rest = ""] = stdout.split(/^Diagnostics:$/m);
  const last = new Map<string, string>();
  for (const row of rows.split("\n")) {
    const [, name] = /^...\s(pulumi-nodejs:\S+ \S+|pulumi:providers:\S+ \S+)( .*)?$/.exec(row) ?? [];
    if (name !== undefined && !/ \d+ (error|warning)s?$/.test(row)) last.set(name, row);
  }
  const reported = [...last.values()].filter((row) => /^ [^ ]|\S {2}\S/.test(row));
  const [said = "", resources = ""] = rest.split(/^(?=Resources:)/m);
  const sections = said.trim().split(/\n\n(?=\s{2}\S)/);
  const own = sections
    .filter((section) => !section.includes("pulumi:pulumi:Stack"))
    .map((section) => `  ${section.trim()}`);
  // How many others were looked at before an error ended the preview is a matter of chance.
  const summary = resources.includes(" errored") ? [] : ["", resources];
  return [...reported, "", "Diagnostics:", ...own, ...summary].join("\n");
}

/** Without what differs between runs. */
function steady(text: string): string {
  return (
    text
      .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:7700")
      // The engine marks secret outputs in a map that it shares with the inputs; a row that is printed late shows one that is null.
      .replace("+msTeamsWebhook~", "~")
      .replace(/^ *Duration: .*\n?/gm, "")
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n")
      .replace(/^\n+|\n+$/g, "")
  );
}

const HEAD = `# What previews look like

Recorded by \`node scripts/record-previews.ts\` from programs that run against the simulator, with the Pulumi CLI and with the embedded engine; tests record them again and compare. Of the rows of the CLI the last one of each resource is shown, as a terminal leaves it. The stack has \`anomify:replayDays\` 7 ([replay](replay.md#in-a-preview)).

Before each preview this was deployed:

\`\`\`ts
${BEFORE}
\`\`\`
`;

/** The page of all recordings. */
export function pageOf(recordings: ReadonlyArray<readonly Recorded[]>): string {
  const sections = SCENES.map((scene, at) => {
    const code = [scene.cpu, scene.more].filter(Boolean).join("\n");
    const shown = recordings.flatMap((recorded) => recorded[at]?.shown ?? []);
    const blocks = shown.map(({ command, text }) => `${titled(command)}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
    return `## ${scene.title}\n\n${scene.text}\n\n\`\`\`ts\n${code}\n\`\`\`\n\n${blocks.join("\n")}`;
  });
  return `${HEAD}\n${sections.join("\n")}`;
}

const titled = (command: string) => (command === EMBEDDED ? `${command}:` : `\`${command}\`:`);

/** Those parts of a recording that the page has otherwise, or not at all. */
export function differences(page: string, recorded: readonly Recorded[]): string[] {
  const sections = new Map(page.split(/^## /m).map((section) => [section.slice(0, section.indexOf("\n")), section]));
  return recorded.flatMap(({ scene, shown }) =>
    shown
      .filter(
        ({ command, text }) =>
          !sections.get(scene.title)?.includes(`${titled(command)}\n\n\`\`\`text\n${text}\n\`\`\`\n`),
      )
      .map(({ command, text }) => `${scene.title}, ${command}:\n${text}`),
  );
}
