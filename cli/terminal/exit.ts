/**
 * Ends a command with an exit code of its own after it has printed what there is to say.
 *
 * For all commands: 0 done, 1 failed, 2 wrong arguments, 130 interrupted. A command that reports findings says in its help
 * which further codes it has.
 */
export class Exit extends Error {
  override readonly name = "Exit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export const FAILED = 1;
export const USAGE = 2;
export const INTERRUPTED = 130;
