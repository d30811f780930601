import { bareChannel } from "./channel-name.ts";
import { printable } from "./printable.ts";
import { patternOf } from "./spellings.ts";

/** Shorter texts are also parts of ordinary words: only where they stand alone are they hidden. */
const MIN_PART_LENGTH = 6;

/** Texts that must not be shown, whatever message they get into. */
export class HiddenTexts {
  readonly #texts = new Set<string>();
  #pattern: RegExp | undefined;

  /** Hides all texts and numbers in a value, at any depth, also in the forms in which messages have them. */
  add(value: unknown): void {
    if (typeof value === "string") this.#addText(value.toWellFormed());
    else if (typeof value === "number") this.#addText(String(value));
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) this.add(inner);
  }

  /** The text without those that are hidden. Case means nothing, since what is compared is in lower case. */
  redact(text: string): string {
    if (this.#texts.size === 0) return text;
    this.#pattern ??= patternOf(this.#texts, (escaped, spelling) =>
      spelling.length >= MIN_PART_LENGTH ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`,
    );
    return text.replace(this.#pattern, "[secret]");
  }

  #addText(text: string): void {
    for (const form of [text, text.trim(), bareChannel(text.trim()), text.normalize("NFC"), printable(text)]) {
      if (form.length < 2 || this.#texts.has(form)) continue;
      this.#texts.add(form);
      // Made anew only for a text that is new: checks of many resources hide the same ones.
      this.#pattern = undefined;
    }
  }
}
