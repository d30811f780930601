/** Names in programs and in states, made of what people called an object. */

/** Longest part of a name that comes from the object: what is longer is cut between two words where that is possible. */
const MAX_NAME = 34;

/** Letters that normalization does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  þ: "th",
};

/**
 * What separates words. Letters of the scripts that every compiler has known for long stay, so that a name in them reads as it
 * was written; anything else is dropped.
 */
const SEPARATORS =
  /[^a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u0373\u0386\u0388-\u03ff\u0400-\u0481\u048a-\u052f\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0904-\u0939\u0e01-\u0e30\u3041-\u3094\u30a1-\u30fa\u30fc\u4e00-\u9fa5\uac00-\ud7a3]+/iu;

function words(text: string): string[] {
  const latin = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[ßæÆœŒøØłŁđĐðþ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, "");
  const valid = [...latin].map((letter) => (/[\p{ID_Continue}]/u.test(letter) ? letter : " ")).join("");
  return valid.split(SEPARATORS).filter((word) => word !== "");
}

function shortened(all: readonly string[]): string[] {
  const taken: string[] = [];
  for (const word of all) {
    if ([...taken, word].join("-").length > MAX_NAME) break;
    taken.push(word);
  }
  const [first = ""] = all;
  return taken.length > 0 || first === "" ? taken : [[...first].slice(0, MAX_NAME).join("")];
}

/** `Checkout latency` → `checkout-latency`; empty when nothing of the text can be used. */
export function slug(text: string): string {
  return shortened(words(text)).join("-").toLowerCase();
}

/** `Checkout latency` → `checkoutLatency`; empty when nothing of the text can be used, and may begin with a digit. */
export function camelCase(text: string): string {
  return shortened(words(text))
    .map((word, index) => {
      const shouted = word === word.toUpperCase();
      const [head = "", ...tail] = word;
      const first = index === 0 ? head.toLowerCase() : head.toUpperCase();
      return first + (shouted ? tail.join("").toLowerCase() : tail.join(""));
    })
    .join("");
}

/** Words that cannot name a constant at the top of a TypeScript module, and what the programs name themselves. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    "abstract arguments as async await boolean break case catch class config const continue debugger declare default delete do",
    "else enum eval export exports extends false finally for function get globalThis if implements import in infinity",
    "instanceof interface let module nan new null package private protected public require return set static super switch",
    "then this throw true try type typeof undefined var void while with yield anomify pulumi",
  ].flatMap((line) => line.split(" ")),
);

/** The name of a constant for an object, before it is made unique. */
export function variable(text: string, kind: string, id: string): string {
  const name = camelCase(text);
  const [head = "", ...tail] = kind;
  const lowerKind = head.toLowerCase() + tail.join("");
  if (name === "") return `${lowerKind}${id}`;
  if (RESERVED.has(name)) return `${name}${kind}`;
  return /^\p{ID_Start}/u.test(name) ? name : `${lowerKind}${name}`;
}

/** Hands out names that are unique among themselves. */
export class UniqueNames {
  readonly #taken: Set<string>;

  /** @param taken names that somebody has already */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The wanted name, or with the object's id where an earlier object has it: so a name does not depend on how many there are. */
  take(wanted: string, id: string, separator: string): string {
    const withId = `${wanted}${separator}${id}`;
    let name = this.#taken.has(wanted) ? withId : wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${withId}${separator || "n"}${count}`;
    this.#taken.add(name);
    return name;
  }
}
