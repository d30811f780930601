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
 */
export function withoutStacks(): WithoutStacks {
  const { stackTraceLimit } = Error;
  const end = () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
  return {
    end,
    caught: (error) => {
      end();
      if (error instanceof Error) Error.captureStackTrace(error);
      return error;
    },
  };
}
