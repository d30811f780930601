import type { Call } from "./call.ts";

/** Notes a problem when the new password and its repetition differ. No rule about its strength is known. */
export function checkNewPassword({ params, problems }: Call, first: string, second: string): void {
  if (params.has(first) && params.has(second) && params.text(first) !== params.text(second)) {
    problems.add(second, "Is not the same password.");
  }
}
