import type { Diagnostic, PropertyMap, Result, Severity, StepEvent, StepOp, StepState } from "pulumi-anomify/testing";

interface StateMetadata {
  id?: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
}

interface StepMetadata {
  op: StepOp;
  urn: string;
  type: string;
  old: StateMetadata | null;
  new: StateMetadata | null;
  keys?: string[];
}

/** One line of the CLI's event log, as far as it is used here. */
interface LoggedEvent {
  resourcePreEvent?: { metadata: StepMetadata; planning?: boolean };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  diagnosticEvent?: { urn?: string; message: string; severity: string; ephemeral?: boolean };
  summaryEvent?: { resourceChanges: Record<string, number> | null };
}

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SEVERITIES: Record<string, Severity> = {
  debug: "debug",
  info: "info",
  "info#err": "info",
  warning: "warning",
  error: "error",
};

const isDefaultProvider = (urn: string) => /::pulumi:providers:[^:]+::default(_\w+)?$/.test(urn);

/** The engine's way of marking colors in texts. */
const withoutColors = (text: string) => text.replace(/<\{%.*?%\}>/g, "");

function masked(value: unknown): unknown {
  if (value === UNKNOWN) return "[unknown]";
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_SIGNATURE in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}

function maskedMap(map: PropertyMap | undefined): PropertyMap {
  return masked(Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !key.startsWith("__")))) as PropertyMap;
}

const stepState = (state: StateMetadata): StepState => ({
  ...(state.id ? { id: state.id } : {}),
  inputs: maskedMap(state.inputs),
  outputs: maskedMap(state.outputs),
});

/** Turns the event log of the CLI into the result that the embedded engine would give. */
export class EventReader {
  readonly #kind: Result["kind"];
  readonly #steps: StepEvent[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #changes: Record<string, number> = {};
  #outputs: PropertyMap = {};

  constructor(kind: Result["kind"], log: string) {
    this.#kind = kind;
    for (const line of log.split("\n").filter(Boolean)) this.#read(JSON.parse(line) as LoggedEvent);
  }

  result(rest: Pick<Result, "ok" | "stdout" | "stderr" | "duration">): Result {
    return {
      ...rest,
      kind: this.#kind,
      steps: this.#steps,
      changes: this.#changes,
      diagnostics: this.#diagnostics,
      providerOutput: "",
      outputs: this.#outputs,
    };
  }

  #read({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent }: LoggedEvent): void {
    if (resourcePreEvent) this.#begin(resourcePreEvent.metadata);
    if (resOutputsEvent) this.#end(resOutputsEvent.metadata);
    if (resOpFailedEvent) this.#fail(resOpFailedEvent.metadata);
    if (diagnosticEvent) this.#diagnose(diagnosticEvent);
    if (summaryEvent) this.#changes = summaryEvent.resourceChanges ?? {};
  }

  #begin({ op, urn, type, keys, ...metadata }: StepMetadata): void {
    if (isDefaultProvider(urn)) return;
    this.#steps.push({
      op,
      urn,
      type,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      status: this.#kind === "preview" ? "planned" : "done",
      ...(metadata.old ? { old: stepState(metadata.old) } : {}),
      ...(metadata.new ? { new: stepState(metadata.new) } : {}),
      ...(keys?.length ? { reasons: keys } : {}),
    });
  }

  #end({ op, urn, type, new: state }: StepMetadata): void {
    const step = this.#steps.findLast(
      (candidate) => candidate.urn === urn && (candidate.op === op || candidate.op === "refresh"),
    );
    if (step && state) step.new = stepState(state);
    if (step?.op === "refresh" && op !== "refresh") step.resultOp = op as NonNullable<StepEvent["resultOp"]>;
    if (type !== "pulumi:pulumi:Stack") return;
    this.#outputs = Object.fromEntries(
      Object.entries(maskedMap(state?.outputs)).filter(([, value]) => value !== "[unknown]"),
    );
  }

  #fail({ op, urn }: StepMetadata): void {
    const step = this.#steps.findLast((candidate) => candidate.urn === urn && candidate.op === op);
    if (step) step.status = "failed";
  }

  #diagnose({ urn, message, severity, ephemeral }: NonNullable<LoggedEvent["diagnosticEvent"]>): void {
    const text = withoutColors(message).trimEnd();
    const level = SEVERITIES[severity] ?? "info";
    // Where the CLI found its tools is about the test, not about the program.
    if (/^using pulumi-\S+ from \$PATH/.test(text) || (urn && isDefaultProvider(urn))) return;
    this.#diagnostics.push({
      severity: level,
      ...(urn ? { urn } : {}),
      message: text,
      ...(ephemeral ? { ephemeral } : {}),
    });
  }
}
