/**
 * Names for a list, so that equal ones can be told apart: those that several objects share carry their ids, such as `CPU (501)`.
 *
 * @param idOf null while there is none
 */
export function namesWithIds<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  idOf: (item: Item) => string | null,
): (item: Item) => string {
  const ids = new Map<string, Set<string | null>>();
  for (const item of items) {
    const name = nameOf(item);
    ids.set(name, (ids.get(name) ?? new Set()).add(idOf(item)));
  }
  return (item) => {
    const [name, id] = [nameOf(item), idOf(item)];
    const isShared = (ids.get(name)?.size ?? 0) > 1;
    return isShared && id !== null ? `${name} (${id})` : name;
  };
}
