import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_ENDPOINT } from "../../sdk/default-endpoint.ts";
import { refusalOfEndpoint } from "../../sdk/endpoint-url.ts";
import type { WireOverrides } from "../../sdk/index.ts";

/**
 * Settings of one organization, for programs that manage several. What is left out comes from the environment; without a
 * credential that of the stack is taken, where the endpoint is the stack's.
 */
export interface ProviderArgs {
  /** Token of the organization; a secret. Give either this or `sessionId`. */
  token?: pulumi.Input<string>;
  /** Session of a user; a secret. */
  sessionId?: pulumi.Input<string>;
  /**
   * Address of the API.
   * @default "https://api.anomify.ai"
   */
  endpoint?: pulumi.Input<string>;
  /**
   * Permits an http endpoint on another machine. Credentials then travel in clear, and each run warns.
   * @default false
   */
  allowInsecureEndpoint?: pulumi.Input<boolean>;
  /**
   * Seconds that one operation on one resource may take, retries included.
   * @default 120
   */
  timeoutSeconds?: pulumi.Input<number>;
  /**
   * How often a request is sent again after a failure that may pass.
   * @default 4
   */
  retries?: pulumi.Input<number>;
  /**
   * Most requests per second to this organization, retries included. No limit of Anomify is documented.
   * @default no limit
   */
  requestsPerSecond?: pulumi.Input<number>;
  /**
   * Whether a look-up that could not be made for lack of network is an error instead of a warning.
   * @default false
   */
  strict?: pulumi.Input<boolean>;
  /** Most metrics that an exclusion may leave out: a wider one is an error in the preview. */
  exclusionMaxMetrics?: pulumi.Input<number>;
  /** Days of stored anomalies that a preview replays for new and changed watchers: how often they would have alerted. */
  replayDays?: pulumi.Input<number>;
  /**
   * Real names of parameters and reply fields, by operation, where the service uses others than this release assumes. See
   * `docs/wire-overrides.md`.
   * @default the setting `anomify:wire` of the stack
   */
  wire?: pulumi.Input<WireOverrides>;
}

/**
 * One Anomify organization, for programs that manage several: pass it as `{ provider }`. A program with a single one needs
 * none, and sets `anomify:token` in the stack's config.
 *
 * @example
 * const eu = new anomify.Provider("eu", { token: config.requireSecret("euToken") });
 * new anomify.Watcher("cpu", { name: "CPU", chips: ["cpu"] }, { provider: eu });
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const inputs = providerInputs(name, args);
    super("pulumi-nodejs", name, inputs, opts);
    remember(this, inputs);
  }
}

/** The settings of a provider by config key, as texts. @throws Error for an endpoint that must not be recorded */
export function providerInputs(name: string, args: ProviderArgs): Inputs {
  const { token, sessionId, ...settings } = { ...args, ...credentialOfStack(args) };
  refuseEndpoint(name, settings.endpoint);
  const secret = (value: pulumi.Input<string> | undefined) => (value === undefined ? undefined : pulumi.secret(value));
  const inputs: Record<string, pulumi.Input<string> | undefined> = {
    "anomify:token": secret(token),
    "anomify:sessionId": secret(sessionId),
  };
  // Which names the service uses is no matter of the organization: what the stack says holds for each.
  const wire = settings.wire ?? new pulumi.Config("anomify").get("wire");
  for (const [key, value] of Object.entries({ ...settings, wire })) {
    if (value !== undefined) inputs[`anomify:${key}`] = pulumi.output(value as pulumi.Input<object>).apply(textOf);
  }
  return inputs;
}

/**
 * The stack's own credential for a provider that is given none, where it leads to the stack's own endpoint: a credential must
 * not reach another one.
 */
function credentialOfStack({ token, sessionId, endpoint }: ProviderArgs): Pick<ProviderArgs, "token" | "sessionId"> {
  if (token !== undefined || sessionId !== undefined) return {};
  const config = new pulumi.Config("anomify");
  const fallback = process.env.ANOMIFY_ENDPOINT ?? DEFAULT_ENDPOINT;
  if ((endpoint ?? fallback) !== (config.get("endpoint") ?? fallback)) return {};
  const [stackToken, stackSession] = [config.getSecret("token"), config.getSecret("sessionId")];
  return {
    ...(stackToken === undefined ? {} : { token: stackToken }),
    ...(stackSession === undefined ? {} : { sessionId: stackSession }),
  };
}

/** Notes what a provider was given, for look-ups of the same organization. */
export function remember(provider: pulumi.ProviderResource, inputs: Inputs): void {
  given.set(provider, inputs);
}

/** Before the engine records it: what stands in a URL is in clear in the state. Its scheme is judged where the settings are read. */
function refuseEndpoint(name: string, endpoint: ProviderArgs["endpoint"]): void {
  if (typeof endpoint !== "string") return;
  const refusal = refusalOfEndpoint(endpoint, { allowInsecure: true, permit: "allowInsecureEndpoint" });
  if (refusal !== undefined) throw new Error(`Provider "${name}": endpoint ${refusal}`);
}

type Inputs = Readonly<Record<string, pulumi.Input<string> | undefined>>;

// No property of the class: whoever exports a provider does not want to see it.
const given = new WeakMap<pulumi.ProviderResource, Inputs>();

/** What a provider was given, by config key, for look-ups of the same organization; `undefined` for one of another class. */
export function settingsOf(provider: pulumi.ProviderResource): Inputs | undefined {
  return given.get(provider);
}

/** The configuration of a provider is texts; an object travels as JSON, as the config of a stack does. */
const textOf = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
