// Writes docs/previews.md: what previews print, from programs against the simulator. Needs the Pulumi CLI and a build.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pageOf, recordPreviews } from "../test/helpers/previews.ts";

const page = pageOf([await recordPreviews("pulumi"), await recordPreviews("embedded")]);
writeFileSync(fileURLToPath(new URL("../docs/previews.md", import.meta.url)), page);
