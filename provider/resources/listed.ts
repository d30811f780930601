/** A word in the spelling of a list: case means nothing. Unchanged where the list does not have it, or has it twice. */
export function asListed(word: string, list: readonly string[]): string {
  if (list.includes(word)) return word;
  const same = list.filter((listed) => listed.toLowerCase() === word.toLowerCase());
  return same.length === 1 ? (same[0] ?? word) : word;
}
