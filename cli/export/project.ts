import { version } from "../../sdk/version.ts";
import type { PlannedFile } from "./model.ts";
import { slug } from "./names.ts";
import { quoted } from "./syntax.ts";

/** Versions that a new project asks for; a test holds them equal to those of the examples. */
export const VERSIONS = { pulumi: "^3.270.0", anomify: `^${version}`, node: "^26.6.6", typescript: "^6.0.3" } as const;

const TSCONFIG = {
  compilerOptions: {
    ...{ strict: true, target: "es2022", module: "node16", moduleResolution: "node16" },
    ...{ types: ["node"], noEmit: true, skipLibCheck: true },
  },
  files: ["index.ts"],
};

/** What a Pulumi project has besides its program. */
export function projectFiles(organization: { id: number; name: string }): { name: string; files: PlannedFile[] } {
  const name = projectName(organization);
  const manifest = {
    ...{ name, private: true, main: "index.ts" },
    dependencies: { "@pulumi/pulumi": VERSIONS.pulumi, "pulumi-anomify": VERSIONS.anomify },
    devDependencies: { "@types/node": VERSIONS.node, typescript: VERSIONS.typescript },
  };
  // Double quotes, whose escapes YAML has too.
  const about = JSON.stringify(`Anomify organization ${organization.name}`.trim());
  const description = quoted(about.slice(1, -1)).includes("\\") ? `"Anomify organization ${organization.id}"` : about;
  const text: Readonly<Record<string, string>> = {
    "Pulumi.yaml": `name: ${name}\nruntime: nodejs\ndescription: ${description}\n`,
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "tsconfig.json": `${formatted(TSCONFIG)}\n`,
    // The import file holds what the program takes from the config, and is of no use after the import.
    ".gitignore": "node_modules/\nimport.json\n",
  };
  return { name, files: Object.entries(text).map(([path, content]) => ({ path, text: content, mode: 0o644 })) };
}

/** Pulumi takes ASCII letters, digits, `-`, `_` and `.`, at most 100 of them. */
export function projectName({ id, name }: { id: number; name: string }): string {
  const own = slug(name);
  return /^[a-z0-9-]+$/.test(own) ? `anomify-${own}` : `anomify-organization-${id}`;
}

/** JSON with short lists on one line. */
function formatted(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]");
}
