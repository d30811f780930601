import {
  type SimulatedOrganization,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "pulumi-anomify/simulator";
import { onTestFinished } from "vitest";
import { recordWarnings, recordWarningsOfShared, type Warnings } from "../host/engine.ts";
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
  /** Whether the test uses the process of its file: starting one is what takes the time. @default true */
  readonly shares?: boolean;
}

/** The process that the tests of a file share, and the organizations it knows already: an address may come back. */
let shared: { readonly plugin: Plugin; readonly endpoints: Set<string> } | undefined;

async function sharedPlugin(config: Values, engine: string): Promise<Plugin> {
  const endpoint = String(config["anomify:endpoint"]);
  if (shared === undefined || shared.endpoints.has(endpoint)) {
    shared = { plugin: await startPluginProcess({ engine, endsWith: "file" }), endpoints: new Set() };
  }
  shared.endpoints.add(endpoint);
  await shared.plugin.configure(config);
  return shared.plugin;
}

/** Starts both; they end with the test. */
export async function startPluginWorld({ shares = true, ...options }: PluginWorldOptions = {}): Promise<PluginWorld> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const warnings = shares ? await recordWarningsOfShared() : await recordWarnings();
  const config = { "anomify:endpoint": simulator.url, "anomify:token": acme.token, ...options.config };
  const nextRun = () => startPluginProcess({ config, engine: warnings.address });
  const plugin = shares ? await sharedPlugin(config, warnings.address) : await nextRun();
  return { simulator, acme, plugin, warnings, config, nextRun };
}
