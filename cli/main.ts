#!/usr/bin/env node
import { reasonOf } from "./files/reasons.ts";
import { run } from "./run.ts";
import { FAILED, INTERRUPTED } from "./terminal/exit.ts";

let lost = false;
// A reader that has seen enough, such as head, closes the pipe: no failure of ours, and no reason to stop half-way.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE" || lost) return;
  lost = true;
  process.stderr.write(`Cannot write the result: ${reasonOf(error)}.\n`);
  process.exitCode = FAILED;
});
// There is nobody left to read it.
process.stderr.on("error", () => undefined);

const code = await run(process.argv.slice(2));
// Without its result, what was found is of no use.
process.exitCode = lost ? FAILED : code;
// What was interrupted may have timers left, and nobody wants to wait for those.
if (code === INTERRUPTED) process.exit();
