#!/usr/bin/env node
import { run } from "./run.ts";
import { INTERRUPTED } from "./terminal/exit.ts";

// A reader that has seen enough, such as head, closes the pipe: no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

const code = await run(process.argv.slice(2));
process.exitCode = code;
// What was interrupted may have timers left, and nobody wants to wait for those.
if (code === INTERRUPTED) process.exit();
