// `npm audit` of what is shipped: clean, or each advisory explained by its id in docs/internals/dependencies.md.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A known weakness of a package. */
export interface Advisory {
  readonly url: string;
  readonly title: string;
  /** The package. */
  readonly name: string;
}

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: ReadonlyArray<Advisory | string> }>>;
  readonly error?: { readonly summary?: string };
}

/**
 * Advisories that are not explained.
 *
 * @param explained text that names the ids of those that are
 * @throws Error when the registry gave no answer
 */
export function judge({ vulnerabilities, error }: Report, explained: string): Advisory[] {
  if (vulnerabilities === undefined) {
    throw new Error(`The registry did not answer the audit${error?.summary ? `: ${error.summary}` : ""}.`);
  }
  // A name stands for a package that depends on one with an advisory of its own.
  const found = Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== "string"));
  const advisories = new Map(found.map(({ url, title, name }) => [url, { url, title, name }]));
  return [...advisories.values()].filter(({ url }) => !explained.includes(url.split("/").at(-1) ?? url));
}

function main(): number {
  const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
  const explained = readFileSync(new URL("../docs/internals/dependencies.md", import.meta.url), "utf8");
  try {
    const open = judge(JSON.parse(stdout) as Report, explained);
    for (const { name, title, url } of open) console.error(`${name}: ${title}\n  ${url}`);
    console.log(
      open.length === 0
        ? "npm audit: clean, or explained"
        : "Mend these, or explain them in docs/internals/dependencies.md.",
    );
    return open.length === 0 ? 0 : 1;
  } catch (error) {
    // A mirror without advisories is no finding; that nothing was looked up has to be seen.
    console.log(`npm audit: not done. ${error instanceof Error ? error.message : String(error)}`);
    return 0;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
