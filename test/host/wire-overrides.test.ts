import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, it, onTestFinished } from "vitest";
import { startHost } from "./harness.ts";

/** The organization "acme" behind an API that takes `channel` for `slack_channel` and calls the chips of a watcher `filters`. */
async function startDifferentApi() {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const server = createServer((request, response) => {
    forward(simulator.url, request).then(async (reply) => {
      const text = (await reply.text()).replaceAll('"chips":', '"filters":');
      response.writeHead(reply.status, { "content-type": "application/json" }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const acme = simulator.organization("acme");
  return { acme, config: { "anomify:endpoint": addressOf(server.address()), "anomify:token": acme.token } };
}

const addressOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`;

async function forward(url: string, request: IncomingMessage): Promise<Response> {
  const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
  const renamed = [...form].flatMap(([name, value]) => {
    if (name === "slack_channel") return [];
    return [[name === "channel" ? "slack_channel" : name, value]];
  });
  const headers = { "x-auth-token": String(request.headers["x-auth-token"]) };
  const body = request.method === "GET" ? {} : { body: new URLSearchParams(renamed) };
  return await fetch(url + request.url, { method: request.method ?? "GET", headers, ...body });
}

const wire = {
  "*": {
    params: { slack_channel: "channel" },
    reply: { "watchers[].chips": "filters", "watcher.chips": "filters" },
  },
};
const inputs = { name: "CPU", chips: ["cpu"], slackChannel: "ops-alerts" };

it("an API with other names is reported with the next step, and works once anomify:wire has the names", async () => {
  const { acme, config } = await startDifferentApi();
  const before = await startHost({ config });
  const failed = before.kind("Watcher").make(inputs);
  await expect(failed).rejects.toThrow("data.watchers[0].chips is missing");
  await expect(failed).rejects.toThrow("anomify doctor --suggest");
  await expect(failed).rejects.toThrow("anomify:wire");

  const host = await startHost({ config: { ...config, "anomify:wire": JSON.stringify(wire) } });
  const watcher = host.kind("Watcher");
  const { id, outs } = await watcher.make(inputs);
  const live = () => acme.watchers().find((each) => String(each.id) === id);
  expect(outs).toMatchObject(inputs);
  expect(live()).toMatchObject({ chips: ["cpu"], alerts: [{ method: "slack", ref: "ops-alerts" }] });
  expect((await watcher.refresh(id, outs)).outs).toEqual(outs);
  const changed = await watcher.change(id, outs, { name: "CPU", chips: ["cpu", "prod"] });
  expect(changed).toMatchObject({ chips: ["cpu", "prod"] });
  expect(changed).not.toHaveProperty("slackChannel");
  expect(live()).toMatchObject({ chips: ["cpu", "prod"], alerts: [] });
});

it("mistakes in anomify:wire are reported before anything is sent", async () => {
  const config = { "anomify:token": "0".repeat(32), "anomify:endpoint": "http://127.0.0.1:1" };
  const text = JSON.stringify({ createWatcher: { params: { slack_chanel: "channel" } } });
  const host = await startHost({ config: { ...config, "anomify:wire": text } });
  await expect(host.kind("Watcher").create({ name: "CPU", chips: ["cpu"] })).rejects.toThrow(
    /anomify:wire is not valid: .*"slack_chanel" is not a parameter\. Did you mean "slack_channel"\?/,
  );
});
