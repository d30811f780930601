import { describe, expect, test } from "vitest";
import { Deployment } from "../../testing/deployment.ts";
import { Recorder } from "../../testing/executor.ts";
import { ProviderClient, ProviderError } from "../../testing/provider-client.ts";
import type { ProviderProcess } from "../../testing/provider-process.ts";
import type { ProviderRegistry } from "../../testing/provider-registry.ts";
import { loadSdk } from "../../testing/pulumi-sdk.ts";
import { refreshAll } from "../../testing/refresh.ts";
import { emptyState, Snapshot } from "../../testing/state.ts";

const sdk = loadSdk(process.cwd());
const urn = "urn:pulumi:dev::p::pulumi-nodejs:dynamic/fake:Thing::only";

/** A process that answers each call with the same failure, as the wire carries it. */
function failingProcess(): ProviderProcess {
  const failed = new sdk.provider.ErrorResourceInitFailed();
  failed.setId("thing-2");
  failed.setReasonsList(["not well"]);
  failed.setProperties(sdk.struct({ size: 2, password: "hunter2" }));
  failed.setInputs(sdk.struct({ size: 2 }));
  const status = new sdk.status.Status();
  const detail = status.addDetails();
  detail?.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const error = Object.assign(new Error("unknown"), {
    details: "unknown",
    metadata: { get: () => [status.serializeBinary()] },
  });
  const call = async (method: string) => {
    if (method !== "configure") throw error;
  };
  return { call, stop: async () => {} } as unknown as ProviderProcess;
}

// The dynamic host reports partial failures of create and update only, so that of a read is played here.
describe("a partial failure of a read", () => {
  test("carries what was found", async () => {
    const client = new ProviderClient(sdk, async () => failingProcess(), {});
    const error = await client.read(urn, "thing-1", {}, {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderError);
    expect((error as ProviderError).partial).toMatchObject({
      id: "thing-2",
      inputs: { size: 2 },
      reasons: ["not well"],
    });
  });

  test("is a warning in a refresh, whose findings count", async () => {
    const client = new ProviderClient(sdk, async () => failingProcess(), {});
    Object.assign(client, { diff: async () => ({ changes: "some", replaceKeys: [], deleteBeforeReplace: false }) });
    const state = {
      ...emptyState(urn, "pulumi-nodejs:dynamic/fake:Thing"),
      custom: true,
      id: "thing-1",
      provider: "p::1",
    };
    const snapshot = new Snapshot([state], () => {});
    const recorder = new Recorder({});
    const deployment = new Deployment(
      { project: "p", stack: "dev", preview: false, parallel: 1, continueOnError: true, config: {} },
      {
        sdk,
        snapshot,
        recorder,
        registry: { get: () => client } as unknown as ProviderRegistry,
        countRefresh: true,
        guard: () => {},
      },
    );
    expect(await refreshAll(deployment)).toBe(true);
    expect(recorder.diagnostics).toEqual([
      { severity: "warning", urn, message: "Refreshed resource is in an unhealthy state:\n* not well" },
    ]);
    expect(snapshot.resources()).toMatchObject([{ id: "thing-2", inputs: { size: 2 }, initErrors: ["not well"] }]);
  });
});
