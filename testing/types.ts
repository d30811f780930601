/** The properties of a resource, in the form Pulumi uses on the wire: secrets are marked objects, unknowns fixed strings. */
export type PropertyMap = Record<string, unknown>;

export type Severity = "debug" | "info" | "warning" | "error";

/** A message for the user, from the engine, the program or a provider. */
export interface Diagnostic {
  severity: Severity;
  /** The resource it is about. */
  urn?: string;
  message: string;
  /** A status text: shown while the operation runs, not kept. */
  ephemeral?: boolean;
}

/** What a step does, in the engine's own words. */
export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import";

export type DiffKind = "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";

/** One changed property. Secret values read `[secret]`, values that are not known yet `[unknown]`. */
export interface PropertyDiff {
  /** For example `tags.team` or `chips[2]`. */
  path: string;
  kind: DiffKind;
  old?: unknown;
  new?: unknown;
}

/** The properties of a resource before or after a step, secrets shown as `[secret]`. */
export interface StepState {
  id?: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

/** Something the engine did to one resource, or would do in a preview. */
export interface StepEvent {
  op: StepOp;
  urn: string;
  type: string;
  name: string;
  status: "done" | "failed" | "planned";
  old?: StepState;
  new?: StepState;
  diff?: PropertyDiff[];
  /** The properties that force a replacement, or the reasons of an incomplete creation. */
  reasons?: string[];
  /** For a refresh: what it amounts to. */
  resultOp?: "same" | "update" | "delete";
}

/** What happens while an operation runs, in order. */
export type EngineEvent = { kind: "step"; step: StepEvent } | { kind: "diagnostic"; diagnostic: Diagnostic };

export interface OperationOptions {
  /** Fail when anything would change or has changed. */
  expectNoChanges?: boolean;
  /** Read the real state of all resources first. */
  refresh?: boolean;
  /**
   * Go on with independent resources after a failure, as `pulumi up --continue-on-error` does.
   * With `false` nothing new is started after the first failure.
   * @default true
   */
  continueOnError?: boolean;
  /**
   * Keep debug messages too. The SDK writes whole resources into them, secrets included.
   * @default false
   */
  debug?: boolean;
  onEvent?: (event: EngineEvent) => void;
  /**
   * How the program runs: as the child process that Pulumi itself would start, or as a function in this process, which is
   * quicker. Its return value holds the stack's outputs. Pulumi's state is global, so such functions run one at a time.
   * @default "child"
   */
  program?: "child" | (() => Promise<unknown>);
}

export interface Result {
  /** False when anything failed. */
  ok: boolean;
  steps: StepEvent[];
  /** Number of resources by operation, as in the "Resources:" lines of the CLI. */
  changes: Record<string, number>;
  diagnostics: Diagnostic[];
  /** What the program printed. Empty for a program that runs in this process. */
  stdout: string;
  stderr: string;
  /** What the provider processes printed, both streams. */
  providerOutput: string;
  /** The outputs of the stack, secrets shown as `[secret]`; those that a preview does not know are left out. */
  outputs: Record<string, unknown>;
  /** In milliseconds. */
  duration: number;
  kind: "preview" | "up" | "refresh" | "destroy" | "import";
}

/** One resource in the form that `pulumi stack export` prints. */
export interface ResourceJson {
  urn: string;
  custom: boolean;
  id?: string;
  type: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: boolean;
  external?: boolean;
  delete?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  retainOnDelete?: boolean;
  deletedWith?: string;
  replaceWith?: string[];
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  created?: string;
  modified?: string;
}

/** The state of a stack in the form that `pulumi stack export` prints. */
export interface Deployment {
  version: 3;
  deployment: {
    manifest: { time: string; magic: string; version: string };
    secrets_providers?: { type: string; state?: Record<string, unknown> };
    resources?: ResourceJson[];
    metadata?: Record<string, unknown>;
  };
}

/** One object to take over, as in the file of `pulumi import --file`. */
export interface ImportResource {
  type: string;
  name: string;
  /** Absent for a component. */
  id?: string;
  /** A resource without an object of its own, to which others of the file may belong. */
  component?: boolean;
  /** Name of another resource of the file, or of an entry of `nameTable`. */
  parent?: string;
  /** Name of an explicit provider in `nameTable`. */
  provider?: string;
  inputs?: PropertyMap;
  /** With outputs the object is taken over as given: nothing is read. */
  outputs?: PropertyMap;
}

export interface ImportFile {
  nameTable?: Record<string, string>;
  resources: ImportResource[];
}

export interface StackOptions {
  /** The Pulumi project: a directory with a Pulumi.yaml, or any directory when `project` is given. */
  directory: string;
  /** @default the `name` in Pulumi.yaml */
  project?: string;
  /** @default "dev" */
  stack?: string;
  /** The program, relative to `directory`. @default the `main` in Pulumi.yaml, else "." */
  entry?: string;
  /** For example `{ "anomify:endpoint": "https://…" }`. A key without a namespace belongs to the project. */
  config?: Record<string, string>;
  /** Configuration that must not be shown or stored in plain text. */
  secrets?: Record<string, string>;
  /** Additional environment variables of the program and of provider processes. */
  env?: Record<string, string>;
  /** Keep the state in this file; it is written after each step. @default the state is kept in memory */
  stateFile?: string;
  /** Encrypts the secrets of `stateFile`. Needed as soon as the state holds any. */
  passphrase?: string;
  /** How many resource operations run at the same time. @default 16 */
  parallel?: number;
}

export interface Stack {
  /** Shows what `up` would do. Nothing is changed. */
  preview(options?: OperationOptions): Promise<Result>;
  /** Runs the program and makes the real objects what it declares. */
  up(options?: OperationOptions): Promise<Result>;
  /** Reads all objects and brings the state up to date. The program does not run. */
  refresh(options?: OperationOptions): Promise<Result>;
  /** Deletes everything in the state. The program does not run. */
  destroy(options?: OperationOptions): Promise<Result>;
  /** Takes existing objects into the state; a string is the path of an import file. */
  import(file: ImportFile | string): Promise<Result>;
  /** The state, as `pulumi stack export` prints it; secrets are encrypted unless `showSecrets` is set. */
  exportState(options?: { showSecrets?: boolean }): Deployment;
  /** The outputs of the stack, secrets in plain text. */
  outputs(): Record<string, unknown>;
  /** Stops all processes of the stack. */
  close(): Promise<void>;
}

/** Names of hooks, by the moment at which they run, as a state has them, such as `BeforeCreate`. */
export type HookBinding = Record<string, string[]>;
