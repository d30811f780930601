import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conclude } from "./conclude.ts";
import { DIRECTORY, transcriptFiles } from "./transcript.ts";

/** Collects what the tests of a run see, and searches it when they are done. @throws Error (at the end) when a secret is found */
export function setup(): () => void {
  const directory = mkdtempSync(join(tmpdir(), "anomify-transcripts-"));
  process.env[DIRECTORY] = directory;
  // What provider processes note of their creates must not end in the folders of whoever runs the tests.
  const noted = mkdtempSync(join(tmpdir(), "anomify-state-"));
  process.env.ANOMIFY_STATE_DIR = noted;
  return () => {
    try {
      transcriptFiles("notes of creates", noted);
      const { summary, findings } = conclude(directory);
      process.stdout.write(`${[summary, ...findings].join("\n")}\n`);
      if (findings.length > 0) process.exitCode = 1;
    } finally {
      for (const folder of [directory, noted]) rmSync(folder, { recursive: true, force: true });
    }
  };
}
