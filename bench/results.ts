import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { cliVersion } from "./cli.ts";
import { LATENCY } from "./measure.ts";
import type { Projects } from "./projects.ts";
import type { Results, Row, Starts } from "./types.ts";

const file = new URL("./results/latest.json", import.meta.url);
const biome = fileURLToPath(new URL("../node_modules/.bin/biome", import.meta.url));

/** Of this machine and these versions; earlier rows and starts are kept unless `fresh`. */
export function openResults(projects: Projects, fresh: boolean): Results {
  const earlier = fresh ? undefined : readResults();
  return {
    format: 1,
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, memoryBytes: totalmem() },
    versions: {
      node: process.version,
      pulumi: cliVersion(),
      sdk: projects.version("@pulumi/pulumi"),
      "pulumi-anomify": projects.version("pulumi-anomify"),
    },
    latency: LATENCY,
    starts: earlier?.starts ?? null,
    rows: earlier?.rows ?? [],
  };
}

export function readResults(): Results | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The results with this row in place of an earlier one of the same. */
export function withRow(results: Results, row: Row): Results {
  const key = ({ engine, setting, size, peer, run }: Row) => JSON.stringify([engine, setting, size, peer, run]);
  const others = results.rows.filter((earlier) => key(earlier) !== key(row));
  return { ...results, rows: [...others, row].sort(inOrder) };
}

export const withStarts = (results: Results, starts: Starts): Results => ({ ...results, starts });

export function writeResults(results: Results): void {
  writeFileSync(file, JSON.stringify(results));
  execFileSync(biome, ["format", "--write", fileURLToPath(file)], { stdio: "ignore" });
}

function inOrder(a: Row, b: Row): number {
  return (
    a.engine.localeCompare(b.engine) ||
    a.setting.localeCompare(b.setting) ||
    a.size - b.size ||
    a.run - b.run ||
    a.peer.localeCompare(b.peer)
  );
}
