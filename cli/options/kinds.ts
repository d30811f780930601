import { InvalidArgumentError } from "commander";
import { kindNames as kinds } from "../../provider/kind-names.gen.ts";

/** A kind by its name in any case. */
const kindNamed = (name: string) => kinds.find((kind) => kind.toLowerCase() === name.trim().toLowerCase());

/** What a list of kinds can have, for the help. */
export const KINDS = kinds.join(", ");

/** Names of kinds, separated by commas. */
export function parseKinds(text: string): string[] {
  return text.split(",").map((name) => {
    const kind = kindNamed(name);
    if (kind === undefined) throw new InvalidArgumentError(`has no kind "${name}". Kinds: ${KINDS}.`);
    return kind;
  });
}

/** `<kind>:<id>`, appended to those before. */
export function parseKey(text: string, before: readonly string[] = []): string[] {
  const [name = "", id = ""] = text.split(/:(.*)/s);
  const kind = kindNamed(name);
  if (kind === undefined || id === "") {
    throw new InvalidArgumentError(`is not <kind>:<id>, such as Watcher:501. Kinds: ${KINDS}.`);
  }
  return [...before, `${kind}:${id}`];
}
