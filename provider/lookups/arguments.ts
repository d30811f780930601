import { z } from "zod";
import { didYouMean } from "../../domain/text/did-you-mean.ts";

/** What the arguments of look-ups are made of: for programs that no compiler has checked, and values that only run time knows. */
export const text = z.string("must be text").trim().min(1, "must not be empty");
export const none = z.strictObject({});

/** @throws Error naming every argument that is not what it should be, without its value */
export function checkArguments(schema: z.ZodObject, args: unknown): void {
  const result = schema.safeParse(args);
  if (result.success) return;
  const known = Object.keys(schema.shape);
  const reasons = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [`${issue.path.join(".") || "the argument"} ${issue.message}`];
    return issue.keys.map((key) => `"${key}" is not an argument.${didYouMean(key, known)}`);
  });
  throw new Error(reasons.join("; "));
}
