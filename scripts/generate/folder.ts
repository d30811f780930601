/** Folder of a kind below provider/resources, and the name of its reference page. */
export function folderOf(kind: string): string {
  return kind.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
}
