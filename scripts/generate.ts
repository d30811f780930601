// Writes what follows from the definitions and the contract: types, reference pages, the table of operations.
// `--check` writes nothing and fails when a file is not what it would be.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalog } from "../provider/catalog.ts";
import { apiPage } from "./generate/api.ts";
import { classes, dynamicObjects, kindNames, nativeClasses } from "./generate/classes.ts";
import { clientTypes } from "./generate/client-types.ts";
import { readContract } from "./generate/contract.ts";
import { contractTypes } from "./generate/contract-types.ts";
import { doctorContract } from "./generate/doctor.ts";
import { withExitCodes } from "./generate/exit-codes.ts";
import { folderOf } from "./generate/folder.ts";
import { page, types } from "./generate/resources.ts";
import { packageSchema } from "./generate/schema/package.ts";
import { usageOf } from "./generate/usage.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const checkOnly = process.argv.includes("--check");

function emit(path: string, content: string, stale: string[]): void {
  if (!checkOnly) {
    writeFileSync(root + path, content);
    return;
  }
  let found = "";
  try {
    found = readFileSync(root + path, "utf8");
  } catch {
    // Missing is as stale as different.
  }
  if (found !== content) stale.push(path);
}

const stale: string[] = [];
mkdirSync(`${root}docs/resources`, { recursive: true });
emit("provider/types.gen.ts", types(), stale);
emit("provider/kind-names.gen.ts", kindNames(), stale);
emit("provider/dynamic.gen.ts", dynamicObjects(), stale);
emit("provider/classes.gen.ts", classes(), stale);
emit("provider/native.gen.ts", nativeClasses(), stale);
emit("provider/hosts/plugin/schema.gen.json", packageSchema(), stale);
for (const definition of catalog) emit(`docs/resources/${folderOf(definition.kind)}.md`, page(definition), stale);
const { models, client } = clientTypes();
emit("sdk/models.gen.ts", models, stale);
emit("sdk/client.gen.ts", client, stale);
emit("cli/doctor/contract.gen.ts", doctorContract(readContract()), stale);
emit("test/contract/types.gen.ts", await contractTypes(readContract()), stale);
emit("docs/cli.md", withExitCodes(readFileSync(`${root}docs/cli.md`, "utf8")), stale);
emit("docs/api.md", apiPage(readContract(), usageOf(catalog)), stale);
if (stale.length > 0) {
  console.error(`Not up to date: ${stale.join(", ")}. Run: npm run generate`);
  process.exit(1);
}
