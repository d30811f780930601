import { createStack as createEmbedded, type Result, type Stack, type StackOptions } from "../../testing/index.ts";
import { transcript } from "./transcript.ts";

// What tests get by the name `pulumi-anomify/testing`: the embedded engine, whose results and states are handed over.
export * from "../../testing/index.ts";

/** As the one of `pulumi-anomify/testing`, by whose name tests import it. @public */
export async function createStack(options: StackOptions): Promise<Stack> {
  const stack = await createEmbedded(options);
  return withTranscript(stack, "embedded engine", ({ kind }) =>
    transcript(`state after ${kind}, embedded engine`, JSON.stringify(stack.exportState())),
  );
}

/** Debug messages are those of Pulumi's own SDK, which writes the properties of each resource into them, secrets in clear. */
function withoutDebug(result: Result): Result {
  return { ...result, diagnostics: result.diagnostics.filter(({ severity }) => severity !== "debug") };
}

/** The stack, with its results handed over. @param engine for findings @param more is reported each result */
export function withTranscript(stack: Stack, engine: string, more: (result: Result) => void = () => {}): Stack {
  const seen = async (operation: Promise<Result>): Promise<Result> => {
    const result = await operation;
    transcript(`result of ${result.kind}, ${engine}`, JSON.stringify(withoutDebug(result)));
    more(result);
    return result;
  };
  return {
    preview: (given) => seen(stack.preview(given)),
    up: (given) => seen(stack.up(given)),
    refresh: (given) => seen(stack.refresh(given)),
    destroy: (given) => seen(stack.destroy(given)),
    import: (file) => seen(stack.import(file)),
    exportState: (given) => stack.exportState(given),
    outputs: () => stack.outputs(),
    close: () => stack.close(),
  };
}
