import { z } from "zod";
import { didYouMean } from "../../domain/text/did-you-mean.ts";
import type { LookupName } from "./index.ts";

const text = z.string("must be text").trim().min(1, "must not be empty");
const none = z.strictObject({});

/** What each look-up takes: for programs that no compiler has checked, and values that only run time tells. */
const shapes: Readonly<Record<LookupName, z.ZodObject>> = {
  getUser: z.strictObject({ email: text.optional(), id: z.int("must be a numeric user id").optional() }),
  getUsers: none,
  getChannel: z.strictObject({ name: text }),
  getChannels: none,
  getChips: z.strictObject({
    chips: z.array(text.regex(/^[^,]*$/, "must not have a comma"), "must be a list").optional(),
  }),
  getMetrics: z.strictObject({
    search: z.string("must be text").optional(),
    limit: z.int("must be a whole number").min(1, "must be at least 1").optional(),
  }),
  getWatcher: z.strictObject({ name: text }),
  getWatchers: z.strictObject({ name: text.optional(), deleted: z.boolean("must be true or false").optional() }),
  getExclusionTypes: none,
  getOrganization: none,
};

/** @throws Error naming every argument that is not what it should be, without its value */
export function checkArgs(name: LookupName, args: unknown): void {
  const shape = shapes[name];
  const result = shape.safeParse(args);
  if (result.success) return;
  const known = Object.keys(shape.shape);
  const problems = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [`${issue.path.join(".") || "the argument"} ${issue.message}`];
    return issue.keys.map((key) => `"${key}" is not an argument.${didYouMean(key, known)}`);
  });
  throw new Error(problems.join("; "));
}
