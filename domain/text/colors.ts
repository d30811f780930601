import { styleText } from "node:util";

const STYLES = ["bold", "dim", "red", "green", "yellow", "magenta", "cyan"] as const;

/** Text in a color or weight; as it is where there are no colors. */
export type Colors = Readonly<Record<(typeof STYLES)[number], (text: string) => string>>;

export function colorsFor(enabled: boolean): Colors {
  const styles = STYLES.map((style) => {
    const paint = (text: string) => styleText(style, text, { validateStream: false });
    return [style, enabled ? paint : (text: string) => text];
  });
  return Object.fromEntries(styles);
}

/** Whether standard output takes colors: `NO_COLOR` and `FORCE_COLOR` decide, then the terminal. */
export function hasColors(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "0") return true;
  return process.stdout.isTTY === true && process.stdout.hasColors();
}
