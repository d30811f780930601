import { spawn } from "@lydell/node-pty";
import { transcript } from "../secrets/transcript.ts";
import { main } from "./anomify.ts";

/** The `anomify` command at a terminal, with somebody who reads and types. */
export interface Terminal {
  /** All that the terminal has shown. */
  shown(): string;
  /** Resolves when what was shown since the last call matches. @throws Error when the command ends without it */
  reads(pattern: RegExp): Promise<void>;
  /** Types keys; `\r` is Enter, `\x03` Ctrl-C. */
  types(keys: string): void;
  /** Exit code. */
  readonly ended: Promise<number>;
}

export interface TerminalOptions {
  /** @default that of this process */
  readonly cwd?: string;
  /** Characters of a line. @default 120 */
  readonly columns?: number;
}

/** Starts the built `anomify` command at a pseudo-terminal. */
export function atTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { cwd, columns = 120 }: TerminalOptions = {},
): Terminal {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("ANOMIFY_") && name !== "CI");
  const pty = spawn(process.execPath, [main, ...args], {
    cols: columns,
    ...(cwd === undefined ? {} : { cwd }),
    rows: 40,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", TERM: "xterm", ...env },
  });
  transcript("arguments of anomify at a terminal", args.join("\n"));
  let shown = "";
  let read = 0;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  pty.onData((text) => {
    shown += text;
    wake();
  });
  let over = false;
  const ended = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      over = true;
      transcript(`terminal of anomify ${args.join(" ")}`, shown);
      wake();
      resolve(exitCode);
    });
  });
  const reads = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(shown.slice(read));
        if (!found && !over) return;
        waiting.delete(check);
        if (!found) return reject(new Error(`The command ended without ${pattern}:\n${shown}`));
        read += found.index + found[0].length;
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { shown: () => shown, reads, types: (keys) => pty.write(keys), ended };
}
