/** The ways in which a service, a proxy or a message of ours may write a text, in any case: some letters become two in the other one. */
export const spellings = (text: string): string[] =>
  [...new Set([text, text.toUpperCase(), text.toLowerCase()])].flatMap(encodings);

function encodings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const html = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  const encoded = encodeURIComponent(text);
  const form = new URLSearchParams({ v: text }).toString().slice(2);
  const forms = [text, encoded, encodeURIComponent(encoded), encodeURI(text), form, json, ascii];
  forms.push(json.replace(/\//g, "\\/"), ascii.replace(/\//g, "\\/"), html, html.replace(/'/g, "&#039;"));
  forms.push(html.replace(/'/g, "&#39;"));
  return [...new Set(forms)];
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/**
 * Finds all spellings of texts, in any case.
 *
 * @param within gives the pattern of one spelling, already escaped. @default the spelling anywhere
 */
export function patternOf(
  texts: Iterable<string>,
  within: (escaped: string, spelling: string) => string = (escaped) => escaped,
): RegExp {
  // Longest first, over all texts: one may be a part of another.
  const alternatives = [...texts].flatMap(spellings).sort((left, right) => right.length - left.length);
  const patterns = alternatives.map((spelling) => within(escapeForPattern(spelling), spelling));
  // Without any, a pattern that matches nothing.
  return patterns.length === 0 ? /(?!)/g : new RegExp(patterns.join("|"), "giu");
}
