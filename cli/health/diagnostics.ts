import { type Diagnostic, describe } from "../../domain/diagnostics/index.ts";

/** A diagnostic as commands print it as JSON: what is wrong and what to do in one text. */
export interface PrintedDiagnostic extends Omit<Diagnostic, "message" | "hint"> {
  readonly text: string;
}

export function printed({ message, hint, ...diagnostic }: Diagnostic): PrintedDiagnostic {
  return { ...diagnostic, text: describe({ message, hint }) };
}
