// What the service keeps of a text may be another form of what was sent: trimmed, cut, in lower case, and so on. To send it again
// changes nothing, so it is no difference.
import { isDeepStrictEqual } from "node:util";
import type { Definition, Values } from "./definition.ts";

/** A shorter rest could be a name of its own. */
const MIN_CUT_LENGTH = 16;

/** A property that the service keeps in another form than it was sent. */
export interface StoredForm {
  readonly property: string;
  readonly sent: string | readonly string[];
  readonly stored: string | readonly string[];
  readonly isSecret: boolean;
}

/** Outputs with each text as it was sent, where the service has another form of it; and which those are. */
export function asSent(
  definition: Definition,
  sent: Values,
  outputs: Values,
): { readonly outputs: Values; readonly forms: readonly StoredForm[] } {
  const forms = Object.keys(definition.inputs.shape).flatMap((property): StoredForm[] => {
    const [wanted, stored] = [sent[property], outputs[property]];
    const isSecret = definition.secret?.includes(property) ?? false;
    if (isText(wanted) && isText(stored)) {
      const isForm = wanted !== stored && (isSecret ? isMaskOf(wanted, stored) : isFormOf(wanted, stored));
      return isForm ? [{ property, sent: wanted, stored, isSecret }] : [];
    }
    if (!isTexts(wanted) || !isTexts(stored) || isDeepStrictEqual(wanted, stored)) return [];
    return areFormsOf(wanted, stored) ? [{ property, sent: wanted, stored, isSecret }] : [];
  });
  const kept = Object.fromEntries(forms.map((form) => [form.property, form.sent]));
  return { outputs: { ...outputs, ...kept }, forms };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** The warning about a form, once for each property. */
export function formWarning(label: string, { property, sent, stored, isSecret }: StoredForm): string {
  if (isSecret)
    return `${label}: ${property} is shown masked by Anomify, so a change of it outside the program is not seen.`;
  return `${label}: ${property} was sent as ${JSON.stringify(sent)}, and Anomify keeps ${JSON.stringify(stored)}. Write it like that to see changes of it.`;
}

/** Whether a stored text is what a service may make of a sent one, by one step or several. */
function isFormOf(sent: string, stored: string): boolean {
  const [wanted, kept] = [plain(sent), plain(stored)];
  // A service makes lower case of upper case; the other way round it was somebody.
  return [wanted, wanted.toLowerCase()].some(
    (form) => form === kept || (stored.length >= MIN_CUT_LENGTH && form.startsWith(kept)),
  );
}

/** What the forms of a text have in common, apart from case. */
const plain = (text: string): string => unescapeHtml(text).normalize("NFC").trim();

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#039;": "'",
  "&apos;": "'",
};

const unescapeHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#0?39|apos);/g, (entity) => ENTITIES[entity] ?? entity);

/** Whether each stored text is a form of another sent one: the order of a set means nothing. */
function areFormsOf(sent: readonly string[], stored: readonly string[]): boolean {
  if (sent.length !== stored.length) return false;
  const rest = [...stored];
  return sent.every((wanted) => {
    const place = rest.findIndex((kept) => isFormOf(wanted, kept));
    if (place >= 0) rest.splice(place, 1);
    return place >= 0;
  });
}

/** `https://example.com/****` or `****cret`: what can be read of it is part of what was sent. */
function isMaskOf(sent: string, stored: string): boolean {
  const [start, end, ...others] = stored.split(/[*•]{3,}/);
  return others.length === 0 && end !== undefined && sent.startsWith(start ?? "") && sent.endsWith(end);
}
