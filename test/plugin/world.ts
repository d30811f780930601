import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { onTestFinished } from "vitest";
import { recordWarnings, type Warnings } from "../host/engine.ts";
import type { Values } from "../host/harness.ts";
import { type Plugin, startPluginProcess } from "./harness.ts";

/** A simulated organization, and a plugin that is configured for it. */
export interface PluginWorld {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly plugin: Plugin;
  readonly warnings: Warnings;
  readonly config: Values;
  /** Another process for the same organization, as the next run of Pulumi has it. */
  nextRun(): Promise<Plugin>;
}

export interface PluginWorldOptions extends SimulatorOptions {
  readonly config?: Values;
}

/** Starts both; they end with the test. */
export async function startPluginWorld(options: PluginWorldOptions = {}): Promise<PluginWorld> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const warnings = await recordWarnings();
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token, ...options.config };
  const nextRun = () => startPluginProcess({ config, engine: warnings.address });
  return { simulator, acme, plugin: await nextRun(), warnings, config, nextRun };
}
