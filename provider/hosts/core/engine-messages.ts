export type Severity = "info" | "warning";

/** A message for the user. */
export interface Message {
  readonly severity: Severity;
  readonly message: string;
  /** The resource on whose row it is shown; left out: that of the stack. */
  readonly urn?: string | undefined;
}

/** How messages for the user leave a provider process: its stdout and stderr are for nobody. */
export type EngineLog = (message: Message) => void;
