import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContract, type Operation, type Parameter, validateReply, validateRequest } from "./openapi-validator.ts";
import { request } from "./simulator-requests.ts";
import { type Sample, samples, samplesNow } from "./simulator-samples.ts";

// Whatever the contract refuses, the simulator refuses, with a reason for that very parameter; and what it accepts is accepted.
const contract = loadContract({ closed: true });

interface Probe {
  title: string;
  operation: Operation;
  parameter: Parameter;
  value: string | undefined;
}

const candidates = ["", "§ nothing of the kind §", "0", "1", "-1", "1.5", "true", "1,2", ","];
const probes: Probe[] = contract.operations.flatMap((operation) =>
  operation.parameters.flatMap((parameter) => {
    const values = [undefined, ...candidates].filter((value) => parameter.in !== "path" || value);
    return values.map((value) => ({
      title: `${operation.id} ${parameter.name} ${value === undefined ? "left out" : JSON.stringify(value)}`,
      operation,
      parameter,
      value,
    }));
  }),
);

function changed(sample: Sample, { parameter, value }: Probe): Sample {
  const { [parameter.name]: _, ...rest } = sample[parameter.in] ?? {};
  return { ...sample, [parameter.in]: value === undefined ? rest : { ...rest, [parameter.name]: value } };
}

const errorsOf = (body: unknown) => (body as { data?: { errors?: Record<string, string> } }).data?.errors ?? {};

describe("parameters", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ clock: () => samplesNow });
  });
  afterEach(() => simulator.stop());

  it.each(probes.map((probe) => [probe.title, probe] as const))("%s", async (_, probe) => {
    const { operation, parameter } = probe;
    const sample = await samples[operation.id]?.(simulator);
    if (!sample) throw new Error(`There is no sample for ${operation.id}.`);
    const parts = changed(sample, probe);
    const problems = validateRequest(operation, parts);
    const { status, body } = await request(simulator, operation, parts);
    expect(validateReply(operation, status, body)).toEqual([]);
    if (problems.length > 0) {
      expect([status, Object.keys(errorsOf(body))]).toEqual([400, expect.arrayContaining([expect.any(String)])]);
      // A parameter that misses its companion is reported at the companion.
      if (!problems.every((problem) => problem.includes("needed with")))
        expect(errorsOf(body)).toHaveProperty(parameter.name);
    } else if (status === 400) {
      // The form is right, so the reason must be that the value means nothing to this organization.
      expect(Object.keys(errorsOf(body)).length).toBeGreaterThan(0);
    } else expect([200, 401, 404]).toContain(status);
  });

  const clearable = contract.operations.flatMap((operation) =>
    operation.parameters
      .filter(({ schema }) => schema["x-clearable"] === true)
      .map((parameter) => [operation.id, parameter.name] as const),
  );
  it.each(clearable)("%s clears %s", async (id, name) => {
    const operation = contract.operation(id);
    const sample = await samples[id]?.(simulator);
    // A watcher of which no parameters depend on one another.
    const path = sample?.path && { watcher_id: "503" };
    const user = operation.parameters.some((parameter) => parameter.name === "user_id") ? { user_id: "101" } : {};
    const { status } = await request(simulator, operation, { ...(path && { path }), form: { ...user, [name]: "" } });
    expect(status).toBe(200);
  });
});
