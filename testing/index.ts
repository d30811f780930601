/**
 * An embedded Pulumi engine: preview, up, refresh and destroy of a real Pulumi program with dynamic resources, without the
 * Pulumi CLI. It serves the program's SDK and drives Pulumi's own provider host over gRPC.
 *
 * For tests and the demo, not a replacement of the Pulumi engine. It does what the engine does with dynamic resources: checks
 * and diffs, creation, update, replacement in both orders, deletion by dependency, refresh, reads of existing objects, import
 * files, aliases, secrets, partial failures, explicit providers and components. It does not do: targets, plans, policies,
 * transforms, hooks, invokes, stack references, remote components, other packages than `pulumi-nodejs`, several users of one
 * state. FIDELITY.md has the full list.
 *
 * @module
 */
export { type RenderOptions, renderResult } from "./render.ts";
export { createStack } from "./stack.ts";
export type {
  Deployment,
  Diagnostic,
  DiffKind,
  EngineEvent,
  ImportFile,
  ImportResource,
  OperationOptions,
  PropertyDiff,
  PropertyMap,
  ResourceJson,
  Result,
  Severity,
  Stack,
  StackOptions,
  StepEvent,
  StepOp,
  StepState,
} from "./types.ts";
