// What the service keeps of a text may be another form of what was sent: trimmed, cut, in lower or upper case, and so on. To
// send it again changes nothing, so it is no difference.
import { isDeepStrictEqual } from "node:util";
import type { Definition, Values } from "./definition.ts";

/** A shorter rest could be a name of its own. */
const MIN_CUT_LENGTH = 16;

/** A value that the service keeps in another form than it was sent. */
export interface StoredForm {
  /** Its path, such as `name` or `summaryReport.frequency`. */
  readonly property: string;
  readonly sent: unknown;
  readonly stored: unknown;
  readonly isSecret: boolean;
  /** Set where parts of what is stored are hidden: it may be the form of another value just as well. */
  readonly isMasked?: true;
}

interface Comparison {
  /** What is recorded: as sent, where the stored value is a form of it. */
  readonly value: unknown;
  readonly forms: readonly StoredForm[];
}

/** Outputs with each text as it was sent, where the service has another form of it; and which those are. */
export function asSent(
  definition: Definition,
  sent: Values,
  outputs: Values,
): { readonly outputs: Values; readonly forms: readonly StoredForm[] } {
  const kept: Values = {};
  const forms: StoredForm[] = [];
  for (const property of Object.keys(definition.inputs.shape)) {
    const isSecret = definition.secret?.includes(property) ?? false;
    const compared = compare({ property, isSecret }, sent[property], outputs[property]);
    if (compared.forms.length === 0) continue;
    kept[property] = compared.value;
    forms.push(...compared.forms);
  }
  return { outputs: { ...outputs, ...kept }, forms };
}

type Place = Pick<StoredForm, "property" | "isSecret">;

function compare(place: Place, sent: unknown, stored: unknown): Comparison {
  if (isDeepStrictEqual(sent, stored)) return { value: stored, forms: [] };
  if (isRecord(sent) && isRecord(stored)) return compareKeys(place, sent, stored);
  const form = formOf(place, sent, stored);
  return form === undefined ? { value: stored, forms: [] } : { value: sent, forms: [form] };
}

function compareKeys(place: Place, sent: Values, stored: Values): Comparison {
  const compared = Object.entries(stored).map(([key, value]) => {
    const inner = compare({ ...place, property: `${place.property}.${key}` }, sent[key], value);
    return { key, ...inner };
  });
  return {
    value: Object.fromEntries(compared.map(({ key, value }) => [key, value])),
    forms: compared.flatMap(({ forms }) => forms),
  };
}

function formOf(place: Place, sent: unknown, stored: unknown): StoredForm | undefined {
  if (isText(sent) && isText(stored)) {
    if (isFormOf(sent, stored)) return { ...place, sent, stored };
    return place.isSecret && isMaskOf(sent, stored) ? { ...place, sent, stored, isMasked: true } : undefined;
  }
  if (!Array.isArray(sent) || !Array.isArray(stored) || !areFormsOf(sent, stored)) return undefined;
  return { ...place, sent, stored };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The warning about a form, once for each property. */
export function formWarning(label: string, { property, sent, stored, isSecret, isMasked }: StoredForm): string {
  if (isMasked)
    return `${label}: ${property} is shown masked by Anomify, so a change of it outside the program is not seen.`;
  if (isSecret) return `${label}: ${property} is kept by Anomify in another form than it was sent.`;
  return `${label}: ${property} was sent as ${JSON.stringify(sent)}, and Anomify keeps ${JSON.stringify(stored)}. Write it like that to see changes of it.`;
}

/** Whether a stored text is what a service may make of a sent one, by one step or several. */
function isFormOf(sent: string, stored: string): boolean {
  const [wanted, kept] = [plain(sent), plain(stored)];
  // A service makes one case of all letters; one letter was somebody.
  return [wanted, wanted.toLowerCase(), wanted.toUpperCase()].some(
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
  "&apos;": "'",
};

/** Entities are also known in upper case, as they are when the case is changed last. */
const unescapeHtml = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|apos|#0?34|#0?39|#x22|#x27);/gi, (entity) => {
    if (entity[1] === "#") return /34|22/.test(entity) ? '"' : "'";
    return ENTITIES[entity.toLowerCase()] ?? entity;
  });

/**
 * Whether the items of a stored set are forms of those of the sent one. Their order means nothing, and two that differ by
 * case alone may have become one.
 */
function areFormsOf(sent: readonly unknown[], stored: readonly unknown[]): boolean {
  const isSame = (wanted: unknown, kept: unknown) =>
    wanted === kept || (isText(wanted) && isText(kept) && isFormOf(wanted, kept));
  return (
    sent.every((wanted) => stored.some((kept) => isSame(wanted, kept))) &&
    stored.every((kept) => sent.some((wanted) => isSame(wanted, kept)))
  );
}

/** `https://example.com/****` or `****cret`: what can be read of it is part of what was sent. */
function isMaskOf(sent: string, stored: string): boolean {
  const [start, end, ...others] = stored.split(/[*•]{3,}/);
  return others.length === 0 && end !== undefined && sent.startsWith(start ?? "") && sent.endsWith(end);
}
