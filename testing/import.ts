import { failureMessage } from "./comparison.ts";
import type { Deployment } from "./deployment.ts";
import { emptyGoal } from "./goal.ts";
import { Registrations } from "./registrations.ts";
import { emptyState, type ResourceState } from "./state.ts";
import { StepGenerator } from "./step-generator.ts";
import { createStep, type Step, sameStep } from "./steps.ts";
import type { ImportFile, ImportResource } from "./types.ts";
import { createUrn, ROOT_STACK_TYPE } from "./urn.ts";

/** Takes objects into the state. What the file says of them is believed; the provider only checks it. */
export async function importResources(deployment: Deployment, file: ImportFile): Promise<void> {
  // What is there already stays as it is, which the engine reports as such.
  const present = deployment.snapshot.base.filter((state) => !state.delete);
  for (const old of present) await deployment.executor.chain([sameStep(old, { ...old })]);
  const root = await rootStack(deployment);
  const registrations = new Registrations(deployment, new StepGenerator(deployment));
  const urns = new Map(Object.entries(file.nameTable ?? {}));
  for (const resource of file.resources) {
    const parent = resource.parent === undefined ? root : urns.get(resource.parent);
    if (parent === undefined) {
      deployment.recorder.error(
        `the parent '${resource.parent}' of '${resource.name}' is neither in nameTable nor among the resources before it`,
      );
      return deployment.abort();
    }
    const urn = urnOf(deployment, resource, parent);
    const existing = deployment.olds.get(urn);
    if (existing && existing.id === (resource.id ?? "")) {
      urns.set(resource.name, urn);
      continue;
    }
    const step = resource.component
      ? componentStep(deployment, resource, parent)
      : importStep(deployment, resource, parent, await providerOf(deployment, registrations, resource, urns));
    urns.set(resource.name, step.urn);
    await deployment.executor.chain([step]);
  }
}

function urnOf(deployment: Deployment, { type, name }: ImportResource, parent: string): string {
  const { stack, project } = deployment.options;
  return createUrn(stack, project, parent, type, name);
}

async function rootStack(deployment: Deployment): Promise<string> {
  const { stack, project } = deployment.options;
  const urn = createUrn(stack, project, undefined, ROOT_STACK_TYPE, `${project}-${stack}`);
  if (!deployment.olds.has(urn)) await deployment.executor.chain([createStep(emptyState(urn, ROOT_STACK_TYPE))]);
  return urn;
}

async function providerOf(
  deployment: Deployment,
  registrations: Registrations,
  resource: ImportResource,
  urns: Map<string, string>,
): Promise<string> {
  if (resource.provider === undefined) return registrations.defaultProvider(emptyGoal(resource.type, resource.name));
  const urn = urns.get(resource.provider) ?? "";
  const state = deployment.olds.get(urn);
  if (!state) throw new Error(`the provider '${resource.provider}' of '${resource.name}' is not in the state`);
  return `${urn}::${state.id}`;
}

function componentStep(deployment: Deployment, resource: ImportResource, parent: string): Step {
  const urn = urnOf(deployment, resource, parent);
  const now = new Date().toISOString();
  const state = {
    ...emptyState(urn, resource.type),
    parent,
    created: now,
    modified: now,
    inputs: resource.inputs ?? {},
  };
  return {
    op: "import",
    urn,
    new: state,
    logical: true,
    async apply() {
      if (deployment.olds.has(urn)) throw new Error(`resource '${urn}' already exists`);
    },
    record: (snapshot) => snapshot.record({ state }),
  };
}

function importStep(deployment: Deployment, resource: ImportResource, parent: string, provider: string): Step {
  const urn = urnOf(deployment, resource, parent);
  const now = new Date().toISOString();
  const state: ResourceState = {
    ...emptyState(urn, resource.type),
    custom: true,
    id: resource.id ?? "",
    parent,
    provider,
    created: now,
    modified: now,
  };
  return {
    op: "import",
    urn,
    new: state,
    logical: true,
    async apply(context) {
      if (deployment.olds.has(urn)) throw new Error(`resource '${urn}' already exists`);
      const client = context.provider(state);
      if (resource.outputs) {
        state.inputs = resource.inputs ?? {};
        state.outputs = resource.outputs;
      } else {
        const found = await client.read(urn, state.id, undefined, undefined);
        if (!found.id) throw new Error(`resource '${resource.id}' does not exist`);
        Object.assign(state, found);
      }
      const { failures } = await client.check(urn, state.inputs, state.inputs, context.preview);
      if (failures.length > 0) context.warn(urn, UNCHECKED);
      for (const failure of failures) context.warn(urn, failureMessage(state, state.inputs, failure));
    },
    record: (snapshot) => snapshot.record({ state }),
  };
}

const UNCHECKED =
  "One or more imported inputs failed to validate. This is almost certainly a bug in the `pulumi-nodejs` provider. " +
  "The import will still proceed, but you will need to edit the generated code after copying it into your program.";
