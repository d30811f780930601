#!/usr/bin/env node
import { INTERRUPTED } from "./exit.ts";
import { run } from "./run.ts";

const code = await run(process.argv.slice(2));
process.exitCode = code;
// What was interrupted may have timers left, and nobody wants to wait for those.
if (code === INTERRUPTED) process.exit();
