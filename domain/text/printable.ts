/**
 * What steers a terminal, breaks a line, or turns the direction of what stands around it. Joiners stay: emoji and several scripts
 * need them.
 */
const steering = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Somebody else's text, such as a name, as a part of a line: nothing in it can act on the terminal or look like another line. */
export function printable(text: string): string {
  return text.replace(steering, "\ufffd");
}

/** As {@link printable}, of a text that may have several lines. */
export function printableLines(text: string): string {
  return text.replace(steering, (character) => (character === "\n" ? "\n" : "\ufffd"));
}
