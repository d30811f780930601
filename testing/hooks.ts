import type * as Messages from "@pulumi/pulumi/proto/resource_pb.js";
import type { Callback } from "./callbacks.ts";
import type { PulumiSdk } from "./pulumi-sdk.ts";
import type { Step } from "./steps.ts";
import type { HookBinding, PropertyMap } from "./types.ts";

interface Hook {
  readonly call: Callback;
  readonly onDryRun: boolean;
}

const OPERATIONS = {
  create: "Create",
  "create-replacement": "Create",
  update: "Update",
  delete: "Delete",
  "delete-replaced": "Delete",
} as const;

/** The hooks of a program, which run before and after the changes of the resources that name them. */
export class Hooks {
  readonly #sdk: PulumiSdk;
  readonly #preview: boolean;
  readonly #warn: (urn: string, message: string) => void;
  readonly #hooks = new Map<string, Hook>();

  constructor(sdk: PulumiSdk, preview: boolean, warn: (urn: string, message: string) => void) {
    this.#sdk = sdk;
    this.#preview = preview;
    this.#warn = warn;
  }

  add(name: string, hook: Hook): void {
    if (this.#hooks.has(name)) throw new Error(`resource hook already registered for name "${name}"`);
    this.#hooks.set(name, hook);
  }

  /**
   * Runs the hooks of a step. One before it that fails fails the step; after it the change is made, and a failure is a warning.
   */
  async run(when: "before" | "after", step: Step): Promise<void> {
    const operation = Reflect.get(OPERATIONS, step.op) as (typeof OPERATIONS)[keyof typeof OPERATIONS] | undefined;
    // What is deleted is deleted by the hooks that it was recorded with.
    const state = operation === "Delete" ? step.old : step.new;
    if (operation === undefined || state === undefined) return;
    if (operation === "Delete" && (state.retainOnDelete || state.external)) return;
    for (const name of state.resourceHooks[`${when === "before" ? "Before" : "After"}${operation}`] ?? []) {
      const message = await this.#failure(name, when, step);
      if (message === undefined) continue;
      if (when === "before") throw new Error(message);
      this.#warn(step.urn, message);
    }
  }

  /** What is to be said of a hook that failed; undefined when it did not, or is not for previews. */
  async #failure(name: string, when: "before" | "after", step: Step): Promise<string | undefined> {
    const hook = this.#hooks.get(name);
    if (hook === undefined) return `hook "${name}" was not registered`;
    if (this.#preview && !hook.onDryRun) return undefined;
    const reason = await this.#call(hook, name, when, step);
    return reason === "" ? undefined : `${when} hook "${name}" failed: ${reason}`;
  }

  async #call({ call }: Hook, name: string, when: "before" | "after", step: Step): Promise<string> {
    const { resource, struct } = this.#sdk;
    const { new: news } = step;
    // A replacement is created as if there had been none.
    const old = step.op === "create-replacement" ? undefined : step.old;
    const state = news ?? old;
    const request = new resource.ResourceHookRequest();
    request.setUrn(step.urn);
    request.setId(state?.id ?? old?.id ?? "");
    request.setName(name);
    request.setType(state?.type ?? "");
    const set = (map: PropertyMap | undefined, setter: (value: never) => void) => {
      if (map !== undefined) setter.call(request, struct(map));
    };
    set(news?.inputs, request.setNewInputs);
    set(old?.inputs, request.setOldInputs);
    if (when === "after") set(news?.outputs, request.setNewOutputs);
    set(old?.outputs, request.setOldOutputs);
    const response = resource.ResourceHookResponse.deserializeBinary(await call(request.serializeBinary()));
    return response.getError();
  }
}

/** The names of hooks that a resource is to run, by the moment. */
export function bindingOf(binding: Messages.RegisterResourceRequest.ResourceHooksBinding | undefined): HookBinding {
  if (binding === undefined) return {};
  const all = {
    BeforeCreate: binding.getBeforeCreateList(),
    AfterCreate: binding.getAfterCreateList(),
    BeforeUpdate: binding.getBeforeUpdateList(),
    AfterUpdate: binding.getAfterUpdateList(),
    BeforeDelete: binding.getBeforeDeleteList(),
    AfterDelete: binding.getAfterDeleteList(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names.length > 0));
}

/** Why a resource cannot be deleted without the program; undefined when it can. */
export function refusalWithoutProgram({ resourceHooks }: { readonly resourceHooks: HookBinding }): string | undefined {
  const names = [...(resourceHooks.BeforeDelete ?? []), ...(resourceHooks.AfterDelete ?? [])];
  if (names.length === 0) return undefined;
  return `Resource has delete hooks registered, but the program is not running. Hooks: ${names.join(", ")}`;
}
