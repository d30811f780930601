import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { it, onTestFinished } from "vitest";
import { recordWarnings, type Warnings } from "./engine.ts";
import { type Host, type Kind, startHost, type Values } from "./harness.ts";

/** A simulated organization, and a provider process that is configured for it. */
export interface World {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly host: Host;
  readonly warnings: Warnings;
  readonly config: Values;
  kind(name: string): Kind;
  /** Another provider process for the same organization, as the next run of Pulumi has it. */
  nextRun(): Promise<Host>;
}

export interface WorldOptions extends SimulatorOptions {
  readonly config?: Values;
}

/** Starts both; they end with the test. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const warnings = await recordWarnings();
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token, ...options.config };
  const nextRun = () => startHost({ config, engine: warnings.address });
  const host = await nextRun();
  return { simulator, acme, host, warnings, config, kind: (name) => host.kind(name), nextRun };
}

/** A test of several kinds in one world, one after the other: starting a provider process is what takes the time. */
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
