import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "../hosts/dynamic/provider-text.ts";
import { kindNames } from "../kind-names.gen.ts";
import type { ArgsOf, LookupName, ResultOf, Sources } from "../lookups/index.ts";
import type { DeepInput } from "./base-class.ts";
import { nativeToken } from "./native-token.ts";
import { type Provider, settingsOf } from "./provider.ts";

/** Options of a look-up. */
export interface LookupOptions {
  /** Which organization to ask, for programs that manage several. Left out: the one of the stack's settings. */
  provider?: Provider;
  /** Resource whose provider is asked, where none is named. */
  parent?: pulumi.Resource;
}

/** Arguments that may be known only later. */
export type InputArgs<Args> = { [Key in keyof Args]: DeepInput<Args[Key]> };

type Values = Record<string, string | undefined>;

// Keyed by the running stack, so that programs in one process do not share what they have read.
const programs = new WeakMap<object, Promise<Sources>>();
const WITHOUT_STACK = {};

/** @throws pulumi.RunError for every failure that a user can mend */
export async function invoke<Name extends LookupName>(
  name: Name,
  args: ArgsOf<Name>,
  options: LookupOptions | undefined,
): Promise<ResultOf<Name>> {
  const sources = sourcesOfProgram();
  const settings = settingsFor(name, options);
  return await run(name, args, sources, settings && (await known(name, settings)));
}

/** The same with arguments that may be known only later. Secret when an argument is; unknown as long as one is. */
export function invokeOutput<Name extends LookupName>(
  name: Name,
  args: pulumi.Input<InputArgs<ArgsOf<Name>>>,
  options: LookupOptions | undefined,
): pulumi.Output<ResultOf<Name>> {
  const sources = sourcesOfProgram();
  const settings = settingsFor(name, options);
  // Nothing of a token is in an answer, so that a secret token makes no secret of it.
  const plain = settings === undefined ? pulumi.output(undefined) : pulumi.unsecret(settings);
  const given = pulumi.output(args) as unknown as pulumi.Output<ArgsOf<Name>>;
  return pulumi
    .all([given, plain])
    .apply(([own, values]) =>
      run(name, own as ArgsOf<Name>, sources, values as Values | undefined),
    ) as unknown as pulumi.Output<ResultOf<Name>>;
}

/** Loads the client with the first look-up: most programs make none. */
function sourcesOfProgram(): Promise<Sources> {
  const scope = pulumi.runtime.getStackResource() ?? WITHOUT_STACK;
  const opened = programs.get(scope);
  if (opened) return opened;
  const sources = import("../lookups/index.ts").then(
    (loaded) => new loaded.Sources((message) => void pulumi.log.warn(message)),
  );
  programs.set(scope, sources);
  return sources;
}

/** What the provider was given; `undefined` when the stack's config decides. */
function settingsFor(name: LookupName, options: LookupOptions | undefined): pulumi.Output<Values> | undefined {
  const parent = options?.parent;
  const provider =
    options?.provider ?? parent?.getProvider(typeToken(kindNames[0])) ?? parent?.getProvider(nativeToken(kindNames[0]));
  if (provider === undefined) return undefined;
  const settings = settingsOf(provider);
  if (settings !== undefined) return pulumi.output(settings) as pulumi.Output<Values>;
  throw new pulumi.RunError(`${name}: the provider is not an anomify.Provider. Pass one, or leave provider out.`);
}

async function run<Name extends LookupName>(
  name: Name,
  args: ArgsOf<Name>,
  sources: Promise<Sources>,
  settings: Values | undefined,
): Promise<ResultOf<Name>> {
  const { answer } = await import("../lookups/index.ts");
  const config = (key: string) => (settings === undefined ? pulumi.runtime.getConfig(key) : settings[key]);
  try {
    return await answer(name, args, await sources, config);
  } catch (error) {
    // Shown without a stack: it would be one of this package.
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}

/** What every output has, and its type does not show. */
interface Settled<Value> {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<Value>;
}

async function known(name: LookupName, settings: pulumi.Output<Values>): Promise<Values> {
  const settled = settings as unknown as Settled<Values>;
  if (await settled.isKnown) return await settled.promise();
  throw new pulumi.RunError(
    `${name}: the settings of the provider are not known before the update. Use ${name}Output, which waits for them.`,
  );
}
