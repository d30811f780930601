/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : `unexpected failure: ${String(error)}`;
}
