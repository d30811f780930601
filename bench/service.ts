import { startSimulator } from "../simulator/index.ts";

/** What the measuring process asks of the service's. */
export type Question = "requests" | "stop";

// A process of its own, so that its work is neither the engine's nor the provider's.
const simulator = await startSimulator({ latency: Number(process.argv[2]) });
process.send?.({ url: simulator.url, token: simulator.organization("acme").token });
process.on("message", (question: Question) => {
  if (question === "stop") {
    process.disconnect?.();
    void simulator.stop();
    return;
  }
  const requests: Record<string, number> = {};
  for (const { method, path } of simulator.journal.entries()) {
    const key = `${method} ${path.replaceAll(/\/\d+(?=\/|$)/g, "/{id}")}`;
    requests[key] = (requests[key] ?? 0) + 1;
  }
  simulator.journal.clear();
  process.send?.(requests);
});
