// Measures what a stack of watchers costs, next to two others: `node bench/main.ts --help`. docs/internals/performance.md has what it found.
import { measure, type Task } from "./measure.ts";
import { type BenchOptions, HELP, readOptions } from "./options.ts";
import { Projects } from "./projects.ts";
import { openResults, withRow, withStarts, writeResults } from "./results.ts";
import { measureStarts } from "./starts.ts";
import type { Results, Row } from "./types.ts";

/** Peers take turns within each run, and not always in the same order, so that each has the same share of a busy machine. */
function* tasks(options: BenchOptions): Generator<Task> {
  const { engine, sizes, runs, peers, settings, operations, limitSeconds } = options;
  for (const setting of settings) {
    for (const size of sizes) {
      for (let run = 1; run <= runs; run += 1) {
        const turn = run % peers.length;
        for (const peer of [...peers.slice(turn), ...peers.slice(0, turn)]) {
          // The embedded engine has dynamic resources alone.
          if (engine === "embedded" && peer === "native") continue;
          yield { engine, setting, size, peer, run, operations, limitSeconds };
        }
      }
    }
  }
}

async function bench(options: BenchOptions): Promise<void> {
  const projects = new Projects();
  try {
    let results: Results = openResults(projects, options.fresh);
    const end = performance.now() + options.minutes * 60_000;
    if (options.starts > 0) {
      results = withStarts(results, await measureStarts(options.starts, projects));
      writeResults(results);
    }
    for (const task of tasks(options)) {
      if (performance.now() > end)
        throw new Error(`Stopped after ${options.minutes} minutes; what was measured is kept.`);
      const row = await measure(task, projects);
      print(row);
      results = withRow(results, row);
      writeResults(results);
    }
  } finally {
    projects.remove();
  }
}

function print({ engine, setting, size, peer, run, operations, stateBytes }: Row): void {
  const times = Object.entries(operations).map(([name, { milliseconds }]) => `${name} ${milliseconds}`);
  process.stdout.write(`${engine} ${setting} ${size} ${peer} #${run}: ${times.join(", ")} ms; ${stateBytes} bytes\n`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(HELP);
  else await bench(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
