import * as pulumi from "@pulumi/pulumi";

/**
 * What is wrong in a program as it is written, gathered so that all of it is shown at once: Pulumi stops a program at the
 * first resource that is refused.
 */

interface Batch {
  readonly messages: string[];
  /** Rejects with all messages as soon as the program lets go of the thread. */
  readonly rejected: Promise<never>;
}

// Keyed by the running stack, so that programs in one process do not share what is wrong with them.
const batches = new WeakMap<object, Batch>();
const WITHOUT_STACK = {};

/**
 * Notes a mistake. The promise is to become what the resource depends on: it is then never registered, and the program fails
 * with the text alone, without a stack.
 */
export function reportMistakes(messages: readonly string[]): Promise<never> {
  const scope = pulumi.runtime.getStackResource() ?? WITHOUT_STACK;
  const known = batches.get(scope);
  const batch = known ?? open(scope);
  batch.messages.push(...messages);
  return batch.rejected;
}

function open(scope: object): Batch {
  const messages: string[] = [];
  const rejected = new Promise<never>((_resolve, reject) => {
    setImmediate(() => {
      batches.delete(scope);
      reject(new pulumi.RunError([...new Set(messages)].join("\n")));
    });
  });
  const batch = { messages, rejected };
  batches.set(scope, batch);
  return batch;
}
