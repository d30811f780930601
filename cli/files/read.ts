import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { reasonOf } from "./reasons.ts";

/** Text that a user handed over, and where it comes from, in words for an error. */
export interface GivenText {
  readonly text: string;
  readonly source: string;
}

/**
 * Reads a file that a user names, or standard input for `-`: the one reader of all such files. UTF-8 and UTF-16, each with or
 * without a byte order mark, as Windows writes them.
 *
 * @param hint a sentence that ends every error: how such a file is made
 * @throws Error when it cannot be read, or is in another encoding
 */
export async function readGiven(path: string, hint: string, signal?: AbortSignal): Promise<GivenText> {
  if (path === "-") {
    const source = "Standard input";
    return { text: decode(await readStandardInput(signal), source, hint), source };
  }
  return { text: decode(await bytesOf(path, hint), path, hint), source: path };
}

/** All of standard input. */
export async function readStandardInput(signal?: AbortSignal): Promise<Buffer> {
  return await buffer(signal === undefined ? process.stdin : addAbortSignal(signal, process.stdin));
}

async function bytesOf(path: string, hint: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`${path}: ${reasonOf(error)}. ${hint}`.trim());
  }
}

/** Of the longer mark first: that of UTF-32 begins as that of UTF-16 does. */
const FOREIGN: ReadonlyArray<{ readonly start: readonly number[]; readonly name: string }> = [
  { start: [0xff, 0xfe, 0x00, 0x00], name: "in UTF-32" },
  { start: [0x00, 0x00, 0xfe, 0xff], name: "in UTF-32" },
  { start: [0x2b, 0x2f, 0x76], name: "in UTF-7" },
  { start: [0x1f, 0x8b], name: "compressed with gzip" },
  { start: [0x50, 0x4b, 0x03, 0x04], name: "a ZIP archive" },
];

/** @throws Error naming the encoding where that can be known; never with a part of the text */
export function decode(bytes: Uint8Array, source: string, hint: string): string {
  const begins = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  const foreign = FOREIGN.find(({ start }) => begins(start));
  if (foreign !== undefined) throw new Error(`${source} is ${foreign.name}; UTF-8 and UTF-16 are read. ${hint}`.trim());
  // All that is read here begins with a character of ASCII, so that a zero byte shows which half of it comes first.
  const [first, second] = bytes;
  if (begins([0xff, 0xfe]) || (second === 0 && first !== 0 && first !== undefined)) return utf16(bytes, "utf-16le");
  if (begins([0xfe, 0xff]) || (first === 0 && second !== 0 && second !== undefined))
    return utf16(swapped(bytes), "utf-16le");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(
      `${source} is neither in UTF-8 nor in UTF-16, perhaps in an older encoding of Windows. Save it as UTF-8. ${hint}`.trim(),
    );
  }
}

const utf16 = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

/** A copy with the bytes of each unit the other way round. */
function swapped(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}
