/** What holds while stacks are left out. */
export interface WithoutStacks {
  /** The error with the stack of the caller: users have to see which line of theirs it was. */
  caught(error: unknown): unknown;
  /** Ends it. */
  end(): void;
}

/**
 * Leaves out the stacks of errors that are made from now on, until `end`; nothing else may run meanwhile. Pulumi's SDK takes
 * four for each property of a resource, in case that a promise leaks: nine tenths of the time that a program with many
 * resources takes. Those who look for such a promise (PULUMI_DEBUG_PROMISE_LEAKS) get them.
 *
 * One stack the SDK takes all the same, of whatever length: where the resource is declared. It is part of the state, so it
 * is cut to the frames of the program.
 *
 * @param kind of the resource that is being made
 */
export function withoutStacks(kind: string): WithoutStacks {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const end = () => {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  };
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
  // With Node's own source maps a function here would be asked in their place.
  if (prepareStackTrace !== undefined && !process.sourceMapsEnabled) {
    Error.prepareStackTrace = (error, frames) => prepareStackTrace(error, ofProgram(frames, kind));
  }
  return {
    end,
    caught: (error) => {
      end();
      if (error instanceof Error) Error.captureStackTrace(error);
      return error;
    },
  };
}

/**
 * The SDK looks for the program behind a fixed number of frames: its own, and one of the resource's class. Ours has two, so
 * that it would name our file. Behind the program come the frames that started it, the same for all resources.
 */
function ofProgram(frames: readonly NodeJS.CallSite[], kind: string): NodeJS.CallSite[] {
  const isOurs = (frame: NodeJS.CallSite) => frame.isConstructor() && frame.getFunctionName() === kind;
  const ours = frames.findIndex(isOurs);
  if (ours < 0) return [...frames];
  const behind = frames.slice(ours + 1);
  const caller = behind.findIndex((frame) => !isOurs(frame));
  return [...frames.slice(0, ours + 1), ...behind.slice(Math.max(caller, 0)).filter(isOfProgram)];
}

function isOfProgram(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  return typeof file === "string" && !file.startsWith("node:") && !/[\\/]@pulumi[\\/]pulumi[\\/]/.test(file);
}
