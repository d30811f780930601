// What an editor shows, by TypeScript's language service over the declarations of the build.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { root } from "../host/harness.ts";

const PROGRAM = `
import * as anomify from "pulumi-anomify";
import { createClient, type Watcher as LiveWatcher } from "pulumi-anomify/sdk";

const watcher = new anomify./*class*/Watcher("w", { name: "W", chips: ["cpu"], /*argument*/slackChannel: "ops" });
const threshold = new anomify./*class*/ThresholdWatcher("t", {
  name: "T",
  chips: ["cpu"],
  /*argument*/threshold: { /*argument*/condition: "greater_than", value: 1 },
});
const exclusion = new anomify./*class*/Exclusion("e", { /*argument*/type: "/*words*/", pattern: "x" });
const alert = new anomify./*class*/AdminAlert("a", { /*argument*/alert: "all-metrics-stopped" });
const settings = new anomify./*class*/OrgSettings("o", { /*argument*/timezone: "/*words*/" });
const user = new anomify./*class*/User("u", { /*argument*/email: "ana@acme.example", name: "Ana" });
new anomify.Watcher("r", { name: "R", chips: ["cpu"], /*argument*/summaryReport: { /*argument*/frequency: "/*words*/", emailUsers: [] } });

watcher./*output*/slackChannel;
threshold./*output*/threshold;
exclusion./*output*/type;
alert./*output*/alert;
settings./*output*/timezone;
user./*output*/email;

anomify./*look-up*/getWatcher({ name: "W" });
anomify./*look-up*/getWatchers();
anomify./*look-up*/getUser({ email: "ana@acme.example" });
anomify./*look-up*/getChannel({ name: "ops" });
anomify./*look-up*/getChips();
anomify./*look-up*/getMetrics();
anomify./*look-up*/getExclusionTypes();
anomify./*look-up*/getOrganization();

const client = /*client*/createClient({ token: "t" });
client./*client*/watchers./*client*/list();
export const chips = (live: LiveWatcher) => live./*model*/chips;
`;
const file = join(root, "hovers-program.ts");

function languageService(): ts.LanguageService {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    skipLibCheck: true,
    paths: {
      "pulumi-anomify": [resolve(root, "dist/provider/index.d.ts")],
      "pulumi-anomify/sdk": [resolve(root, "dist/sdk/index.d.ts")],
    },
  };
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = path === file ? PROGRAM : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
}

let service: ts.LanguageService;
beforeAll(async () => {
  await ensureBuilt();
  service = languageService();
});

const marks = Array.from(PROGRAM.matchAll(/\/\*(class|argument|output|look-up|client|model)\*\/(\w+)/g), (match) => ({
  what: match[1] ?? "",
  name: match[2] ?? "",
  position: match.index + match[0].length - 1,
}));

describe("the program of this test", () => {
  it("has no errors but those of its empty words", () => {
    const errors = service
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(errors).toEqual([]);
  });
});

describe("what an editor shows", () => {
  it.for(marks)("of the $what $name reads well", async ({ position, name }, { annotate }) => {
    const info = service.getQuickInfoAtPosition(file, position);
    const shown = ts.displayPartsToString(info?.displayParts);
    const docs = ts.displayPartsToString(info?.documentation);
    await annotate(`${shown}\n${docs}`);
    expect(shown).toContain(name);
    expect(shown).not.toMatch(/\bz\.|Zod|\bany\b|\.\.\. \d+ more/);
    expect(shown.length, shown).toBeLessThan(500);
    expect(docs).toMatch(/\w+ \w+/);
  });

  it("as words for exclusion type, time zone and frequency is known", () => {
    const offered = Array.from(PROGRAM.matchAll(/"\/\*words\*\/"/g), ({ index }) =>
      service.getCompletionsAtPosition(file, index + 1, {})?.entries.map((entry) => entry.name),
    );
    expect(offered).toEqual([
      expect.arrayContaining(["skip_analysis"]),
      expect.arrayContaining(["Europe/London"]),
      expect.arrayContaining(["weekly-monday"]),
    ]);
  });
});

describe("the declarations of every entry point", () => {
  interface Manifest {
    readonly exports: Readonly<
      Record<string, string | Readonly<Record<"import" | "require", { readonly types: string }>>>
    >;
    readonly typesVersions: { readonly "*": Readonly<Record<string, readonly string[]>> };
  }
  const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Manifest;
  const entries = Object.entries(manifest.exports).flatMap(([name, conditions]) =>
    typeof conditions === "string" ? [] : [{ name, paths: [conditions.import.types, conditions.require.types] }],
  );

  it.each(entries)("of $name need no zod, and no younger TypeScript than 5.0", ({ paths }) => {
    const texts = paths.flatMap((path) => declarationsFrom(resolve(root, path)));
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).not.toMatch(/["']zod["'/]|Uint8Array<|\bNoInfer</);
  });

  it("resolve with the old moduleResolution too", () => {
    const old = { ...manifest.typesVersions["*"], ".": [] };
    expect(Object.keys(old).sort()).toEqual(entries.map(({ name }) => name.replace(/^\.\//, "")).sort());
  });
});

/** The text of a declaration file and of all that it imports from its own folders. */
function declarationsFrom(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const text = readFileSync(path, "utf8");
  const imported = Array.from(text.matchAll(/from "(\.[^"]+)"/g), ([, name = ""]) =>
    join(dirname(path), name.replace(/\.(c?)js$/, ".d.$1ts")),
  );
  return [text, ...imported.filter(existsSync).flatMap((each) => declarationsFrom(each, seen))];
}
