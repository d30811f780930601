export type Severity = "info" | "warning";

/** How a message reaches the user; `label` names a resource that the message does not name itself. */
export type Report = (severity: Severity | "advice", message: string, label?: string) => void;

/** What the user is shown of an organization, each text once per process. */
export class Reporter {
  readonly #report: Report;
  readonly #shown = new Set<string>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** Shows a warning. */
  warn(message: string): void {
    if (this.#isNew(message)) this.#report("warning", message);
  }

  /**
   * As `warn`, of a configuration that works as it is written and is hardly meant so: for whoever writes a program. What an
   * organization has already is the matter of `anomify health`.
   */
  advise(message: string): void {
    if (this.#isNew(message)) this.#report("advice", message);
  }

  /** Shows something of a resource, once per resource, topic and process. */
  inform(message: string, label: string, topic = message): void {
    if (this.#isNew(`${label}: ${topic}`)) this.#report("info", message, label);
  }

  #isNew(key: string): boolean {
    if (this.#shown.has(key)) return false;
    this.#shown.add(key);
    return true;
  }
}
