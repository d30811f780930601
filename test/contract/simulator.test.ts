import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContract, validateReply, validateRequest } from "./openapi-validator.ts";
import { request } from "./simulator-requests.ts";
import { type SampleMaker, samples, samplesNow } from "./simulator-samples.ts";

// Closed: what the simulator says beyond the contract would make a client rely on an invention.
const contract = loadContract({ closed: true });

const missing: SampleMaker = () => {
  throw new Error("There is no sample for this operation.");
};

describe("the simulator keeps the contract", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ clock: () => samplesNow });
  });
  afterEach(() => simulator.stop());

  describe.each(contract.operations.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
    const { [id]: sample = missing } = samples;

    it("answers as described", async () => {
      const parts = await sample(simulator);
      expect(validateRequest(operation, parts)).toEqual([]);
      const { status, body } = await request(simulator, operation, parts);
      expect({ status, message: status === 200 ? "" : JSON.stringify(body) }).toEqual({ status: 200, message: "" });
      expect(validateReply(operation, status, body)).toEqual([]);
    });

    it("refuses nobody, where somebody is needed", async () => {
      const parts = await sample(simulator);
      const { status, body } = await request(simulator, operation, { ...parts, as: "nobody" });
      if (operation.auth === "none") expect(status).toBe(200);
      else {
        expect(status).toBe(401);
        expect(validateReply(operation, status, body)).toEqual([]);
      }
    });

    it("takes the organization token exactly where the contract says so", async () => {
      const parts = await sample(simulator);
      const { status, body } = await request(simulator, operation, { ...parts, as: "token" });
      expect(status).toBe(operation.auth === "session" ? 403 : 200);
      expect(validateReply(operation, status, body)).toEqual([]);
    });
  });

  it("lists exactly the operations of the contract", async () => {
    const document = (await (await fetch(`${simulator.url}/doc/openapi`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(contract.operations.map(({ id, method, path }) => `${id}: ${method} ${path}`).sort());
  });
});
