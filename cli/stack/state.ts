import { parseState, type StackState, WRITE_STATE } from "../../provider/stack/read-state.ts";
import { readGiven } from "../files/read.ts";
import type { StackOptions } from "./options.ts";
import { findPulumi, NO_PULUMI, type Pulumi, stackFlag } from "./pulumi.ts";

/** The state that options name; undefined when they name none. @throws Error when it cannot be read, or is something else */
export async function givenState(options: StackOptions, signal: AbortSignal): Promise<StackState | undefined> {
  if (options.state === undefined && options.stack === undefined) return undefined;
  return await stateOf(options, signal);
}

/**
 * The state in the file that options name, else of the stack that Pulumi exports.
 *
 * @param directory folder of the project
 * @throws Error when it cannot be read, or is something else
 */
export async function stateOf(
  { state, stack }: StackOptions,
  signal: AbortSignal,
  directory = process.cwd(),
): Promise<StackState> {
  if (state === undefined) {
    const pulumi = findPulumi(directory, signal);
    if (pulumi === undefined) throw new Error(NO_PULUMI);
    return await exportedState(pulumi, stack);
  }
  const { text, source } = await readGiven(state, WRITE_STATE, signal);
  return parseState(text, source);
}

/** The state that Pulumi exports now. @param stack left out: the selected one */
export async function exportedState(pulumi: Pulumi, stack: string | undefined): Promise<StackState> {
  const text = await pulumi.ask(["stack", "export", ...stackFlag(stack)]);
  return parseState(text, "What pulumi stack export wrote");
}
