/** One fenced block of a page. */
export interface PageStep {
  /** First word after the fence, such as `sh` or `ts`. */
  readonly language: string;
  /** The rest of that line: the name of a file, or what is special about commands. Empty for plain commands. */
  readonly label: string;
  readonly text: string;
}

/** The fenced blocks of a page, in their order. */
export function stepsOf(page: string): PageStep[] {
  return Array.from(
    page.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm),
    ([, language = "", label = "", text = ""]) => ({
      language,
      label,
      text,
    }),
  );
}
