import { spellings } from "./spellings.ts";

export interface Secret {
  /** What a finding calls it. */
  readonly name: string;
  /** At least six bytes: a shorter one is found in outputs that have nothing to do with it. */
  readonly value: string;
}

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

const MIN_BYTES = 6;
const FILTER_BITS = 20;

/**
 * Makes a search for many secrets at once, in all their spellings. It gives the names of those that a text holds.
 *
 * One pass over the text, however many secrets there are: megabytes of outputs are searched for thousands of spellings.
 */
export function createSearch(secrets: Iterable<Secret>): (text: string) => string[] {
  const byEnd = new Map<number, Needle[]>();
  const filter = new Uint8Array(2 ** FILTER_BITS);
  for (const { name, bytes } of needles(secrets)) {
    // By the last four bytes: many secrets begin alike.
    const end = bytes.readUInt32LE(bytes.length - 4);
    filter[slot(end)] = 1;
    byEnd.set(end, [...(byEnd.get(end) ?? []), { name, bytes }]);
  }
  return (text) => {
    const bytes = Buffer.from(text);
    const found = new Set<string>();
    let last = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      last = ((last >>> 8) | ((bytes[at] as number) << 24)) >>> 0;
      if (filter[slot(last)] === 0) continue;
      for (const needle of byEnd.get(last) ?? []) if (endsWith(bytes, at + 1, needle.bytes)) found.add(needle.name);
    }
    return [...found];
  };
}

function needles(secrets: Iterable<Secret>): Needle[] {
  // Two secrets of one value are found as the first of them.
  const byValue = new Map<string, string>();
  for (const { name, value } of secrets) if (!byValue.has(value)) byValue.set(value, name);
  return [...byValue].flatMap(([value, name]) => {
    if (Buffer.byteLength(value) < MIN_BYTES) throw new Error(`The secret "${name}" is too short to be searched for.`);
    return spellings(value).map((spelling) => ({ name, bytes: Buffer.from(spelling) }));
  });
}

/** The upper bits of a multiplicative hash. */
const slot = (end: number): number => Math.imul(end, 0x9e3779b1) >>> (32 - FILTER_BITS);

const endsWith = (text: Buffer, end: number, needle: Buffer): boolean =>
  end >= needle.length && text.compare(needle, 0, needle.length, end - needle.length, end) === 0;
