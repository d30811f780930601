export { didYouMean } from "../../domain/text/did-you-mean.ts";
export { messageOf } from "../../domain/text/message-of.ts";

/** One mistake in a resource, as check reports it. */
export interface Failure {
  /** Path of the property, such as `chips[1]`; empty when the mistake concerns the whole resource. */
  readonly property: string;
  /** What is wrong and what to do, without the value. */
  readonly reason: string;
  /** Whether nothing is known to be wrong with the resource: what was to be looked up could not be. */
  readonly isUnchecked?: true;
}

/** `["summaryReport", "emailUsers", 0]` → `summaryReport.emailUsers[0]`. */
export function formatPath(path: ReadonlyArray<PropertyKey>): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
