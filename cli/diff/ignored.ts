import { catalog } from "../../provider/catalog.ts";

/** What a comma list of kinds and `Kind.property` says is not to be compared; a text when it names something unknown. */
export function ignoredOf(list: string): string[] | string {
  const items = list === "" ? [] : list.split(",").map((item) => item.trim());
  for (const item of items) {
    const [kind = "", property] = item.split(".");
    const definition = catalog.find((candidate) => candidate.kind === kind);
    if (definition === undefined) {
      return `has no kind "${kind}". Kinds: ${catalog.map((known) => known.kind).join(", ")}.`;
    }
    if (property !== undefined && !(property in definition.inputs.shape)) {
      return `has "${item}", and ${kind} has no such property.`;
    }
  }
  return items;
}
