/** Ends a command with an exit code after it has printed what there is to say. The codes: `cli/commands/exit-codes.ts`. */
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
/** Something was found that counts: neither a failure nor wrong arguments. */
export const FOUND = 3;
/** Done, but not everything can be had. */
export const INCOMPLETE = 4;
export const INTERRUPTED = 130;
