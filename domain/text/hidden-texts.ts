import { bareChannel } from "./channel-name.ts";

/** Shorter texts are also parts of ordinary words: only where they stand alone are they hidden. */
const MIN_PART_LENGTH = 6;

/** Texts that must not be shown, whatever message they get into. */
export class HiddenTexts {
  readonly #texts = new Set<string>();
  #pattern: RegExp | undefined;

  /** Hides all texts and numbers in a value, at any depth, also in the forms in which messages have them. */
  add(value: unknown): void {
    if (typeof value === "string") {
      for (const form of [value, value.trim(), bareChannel(value.trim()), value.normalize("NFC")]) {
        if (form.length > 1) this.#texts.add(form);
      }
      this.#pattern = undefined;
    } else if (typeof value === "number") this.add(String(value));
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) this.add(inner);
  }

  /** The text without those that are hidden. Case means nothing, since what is compared is in lower case. */
  redact(text: string): string {
    if (this.#texts.size === 0) return text;
    this.#pattern ??= patternOf(this.#texts);
    return text.replace(this.#pattern, "[secret]");
  }
}

/** The longest first, so that no rest of a longer one is left. */
function patternOf(texts: ReadonlySet<string>): RegExp {
  const parts = [...texts]
    .sort((left, right) => right.length - left.length)
    .map((text) => {
      const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return text.length >= MIN_PART_LENGTH ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`;
    });
  return new RegExp(parts.join("|"), "giu");
}
