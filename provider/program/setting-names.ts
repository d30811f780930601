import * as pulumi from "@pulumi/pulumi";
import { unknownSetting } from "../organization/setting-words.ts";

/** The names of settings are judged in the program: its process alone sees all of the stack's config. */

// Keyed by the running stack, so that each program is warned once.
const judged = new WeakSet<object>();
const WITHOUT_STACK = {};

/** Warns, once a program, of settings that have no effect. Names alone are looked at, never values. */
export function judgeSettingNames(): void {
  const scope = pulumi.runtime.getStackResource() ?? WITHOUT_STACK;
  if (judged.has(scope)) return;
  judged.add(scope);
  const keys = Object.keys(pulumi.runtime.allConfig());
  // In a project of this name the namespace is the project's own as well.
  const isOwn = pulumi.runtime.getProject() === "anomify";
  const unknown = keys.flatMap((key) => (key.startsWith("anomify:") ? [key.slice("anomify:".length)] : []));
  for (const key of unknown) {
    const mistake = unknownSetting(key);
    if (mistake !== undefined && (!isOwn || mistake.includes("Did you mean"))) void pulumi.log.warn(mistake);
  }
  const elsewhere = tokenElsewhere(keys);
  if (elsewhere === undefined) return;
  void pulumi.log.warn(
    `The token is set as ${elsewhere}, which the provider does not read. Set it in its namespace, with: pulumi config set --secret anomify:token (it asks for the token), then remove the other: pulumi config rm ${elsewhere}`,
  );
}

/** A key that looks like our token in another namespace, where the provider has none. */
function tokenElsewhere(keys: readonly string[]): string | undefined {
  const { ANOMIFY_TOKEN, ANOMIFY_SESSION_ID } = process.env;
  const isSet = keys.includes("anomify:token") || keys.includes("anomify:sessionId");
  if (isSet || ANOMIFY_TOKEN || ANOMIFY_SESSION_ID) return undefined;
  return keys.find((key) => /:(anomify[-_:.]?)?token$/i.test(key));
}
