// What the service keeps of a text may be another form of what was sent: trimmed, cut, in lower case, and so on. To send it again
// changes nothing, so it is no difference.
import type { Definition, Values } from "./definition.ts";

/** A shorter rest could be a name of its own. */
const MIN_CUT_LENGTH = 16;

/** A property that the service keeps in another form than it was sent. */
export interface StoredForm {
  readonly property: string;
  readonly sent: string;
  readonly stored: string;
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
    if (typeof wanted !== "string" || typeof stored !== "string" || wanted === stored) return [];
    const isSecret = definition.secret?.includes(property) ?? false;
    const isForm = isSecret ? isMaskOf(wanted, stored) : isFormOf(wanted, stored);
    // What names the object and cannot change in place identifies it, letter by letter.
    const isIdentity = definition.title.includes(property) && definition.replaceOn?.includes(property) === true;
    return isForm && !isIdentity ? [{ property, sent: wanted, stored, isSecret }] : [];
  });
  const kept = Object.fromEntries(forms.map((form) => [form.property, form.sent]));
  return { outputs: { ...outputs, ...kept }, forms };
}

/** The warning about a form, once for each property. */
export function formWarning(label: string, { property, sent, stored, isSecret }: StoredForm): string {
  if (isSecret)
    return `${label}: ${property} is shown masked by Anomify, so a change of it outside the program is not seen.`;
  return `${label}: ${property} was sent as ${JSON.stringify(sent)}, and Anomify keeps ${JSON.stringify(stored)}. Write it like that to see changes of it.`;
}

const isFormOf = (sent: string, stored: string): boolean =>
  [sent.trim(), sent.normalize("NFC"), sent.toLowerCase(), escapeHtml(sent)].includes(stored) ||
  (stored.length >= MIN_CUT_LENGTH && sent.startsWith(stored));

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** `https://example.com/****` or `****cret`: what can be read of it is part of what was sent. */
function isMaskOf(sent: string, stored: string): boolean {
  const [start, end, ...others] = stored.split(/[*•]{3,}/);
  return others.length === 0 && end !== undefined && sent.startsWith(start ?? "") && sent.endsWith(end);
}
