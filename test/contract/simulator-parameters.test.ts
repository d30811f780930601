import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, it } from "vitest";
import { loadContract, type Operation, type Parameter, validateReply, validateRequest } from "./openapi-validator.ts";
import { type Answer, request } from "./simulator-requests.ts";
import { type Sample, samples, samplesNow } from "./simulator-samples.ts";

// Whatever the contract refuses, the simulator refuses, with a reason for that very parameter; what it accepts may still
// mean nothing to an organization, but then there is a reason, too.
const contract = loadContract({ closed: true });
const values = [undefined, "", "§ nothing of the kind §", "0", "1", "-1", "1.5", "true", "1,2", ","];

function changed(sample: Sample, parameter: Parameter, value: string | undefined): Sample {
  const { [parameter.name]: _, ...rest } = sample[parameter.in] ?? {};
  return { ...sample, [parameter.in]: value === undefined ? rest : { ...rest, [parameter.name]: value } };
}

/** Sends the sample of an operation, changed, to a simulator of its own. */
async function ask(operation: Operation, change: (sample: Sample) => Sample): Promise<Answer & { sample: Sample }> {
  const simulator = await startSimulator({ clock: () => samplesNow });
  try {
    const sample = change((await samples[operation.id]?.(simulator)) ?? {});
    return { sample, ...(await request(simulator, operation, sample)) };
  } finally {
    await simulator.stop();
  }
}

/** What is wrong with the answer to one value of one parameter. */
async function probe(operation: Operation, parameter: Parameter, value: string | undefined): Promise<string[]> {
  const { sample, status, body } = await ask(operation, (one) => changed(one, parameter, value));
  const problems = validateRequest(operation, sample);
  const reasons = Object.keys((body as { data?: { errors?: object } }).data?.errors ?? {});
  const complaints = validateReply(operation, status, body);
  if (problems.length > 0) {
    // A parameter that misses its companion is reported at the companion.
    const atCompanion = problems.every((problem) => problem.includes("needed with"));
    if (status !== 400) complaints.push(`${status} although ${problems.join(", ")}`);
    else if (!atCompanion && !reasons.includes(parameter.name))
      complaints.push(`no reason, but ${problems.join(", ")}`);
  } else if (status === 400 ? reasons.length === 0 : ![200, 401, 404].includes(status))
    complaints.push(`${status} without reason`);
  return complaints.map((complaint) => `${parameter.name} = ${JSON.stringify(value)}: ${complaint}`);
}

describe("parameters are accepted and refused as the contract says", () => {
  it.each(
    contract.operations
      .filter(({ parameters }) => parameters.length > 0)
      .map((operation) => [operation.id, operation] as const),
  )("%s", async (_, operation) => {
    const complaints: string[] = [];
    for (const parameter of operation.parameters) {
      // There is no such thing as a path without its parameter.
      for (const value of values.filter((one) => one || parameter.in !== "path"))
        complaints.push(...(await probe(operation, parameter, value)));
    }
    expect(complaints).toEqual([]);
  });
});

describe("an empty string clears", () => {
  const clearable = contract.operations.flatMap((operation) =>
    operation.parameters
      .filter(({ schema }) => schema["x-clearable"] === true)
      .map(({ name }) => [operation.id, name, operation] as const),
  );
  it.each(clearable)("%s %s", async (_, name, operation) => {
    const { status } = await ask(operation, ({ path, form }) => ({
      // A watcher whose parameters do not depend on one another; for those of a rule, one that has a rule.
      ...(path && { path: { watcher_id: name.startsWith("threshold_") ? "502" : "503" } }),
      form: { ...(form?.user_id && { user_id: form.user_id }), [name]: "" },
    }));
    expect(status).toBe(200);
  });
});
