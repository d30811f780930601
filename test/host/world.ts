import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { it, onTestFinished } from "vitest";
import { providerText } from "../../provider/hosts/dynamic/provider-text.ts";
import { recordWarningsOfShared, type Warnings } from "./engine.ts";
import { type Host, type Kind, startHost, type Values } from "./harness.ts";

/** A simulated organization, and a provider process that is configured for it. */
export interface World {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly host: Host;
  readonly warnings: Warnings;
  readonly config: Values;
  kind(name: string): Kind;
  /** The provider text that the states of this organization carry. */
  textOf(name: string): string;
  /** Another provider process for the same organization, as the next run of Pulumi has it. */
  nextRun(): Promise<Host>;
}

export interface WorldOptions extends SimulatorOptions {
  readonly config?: Values;
}

/** The provider process that the tests of a file use one after the other, and the organizations it knows already. */
let shared: { readonly host: Host; readonly endpoints: Set<string> } | undefined;

/**
 * The shared process, configured for the organization. A process keeps what it knows by its settings: an organization whose
 * endpoint it has met before gets a new one, and so does a test that follows on one which ended the process.
 */
async function sharedHost(config: Values, engine: string): Promise<Host> {
  const endpoint = String(config["anomify:endpoint"]);
  if (shared === undefined || shared.endpoints.has(endpoint) || shared.host.child.exitCode !== null) {
    shared = { host: await startHost({ engine, endsWith: "file" }), endpoints: new Set() };
  }
  shared.endpoints.add(endpoint);
  await shared.host.configure(config);
  return shared.host;
}

/**
 * Starts an organization, and configures the provider process of the test file for it: starting a process is what takes the
 * time. The organization ends with the test.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const warnings = await recordWarningsOfShared();
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token, ...options.config };
  const nextRun = () => startHost({ config, engine: warnings.address });
  const host = await sharedHost(config, warnings.address);
  // Pulumi's host configures a provider once for each text that it evaluates; the remark makes this organization's text another.
  const remark = `/* ${simulator.url} */`;
  const textOf = (name: string) => providerText(name) + remark;
  const kind = (name: string) => host.resource(textOf(name));
  return { simulator, acme, host, warnings, config, kind, textOf, nextRun };
}

/** A test of several kinds in one world, one after the other. */
export function itHoldsFor(
  names: readonly string[],
  title: string,
  test: (world: World, name: string) => Promise<void>,
): void {
  it(`${title} (${names.join(", ")})`, async () => {
    const world = await startWorld();
    for (const name of names) {
      try {
        await test(world, name);
      } catch (error) {
        if (error instanceof Error) error.message = `${name}: ${error.message}`;
        throw error;
      }
    }
  });
}
