import { beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { ensureBuilt } from "../helpers/build.ts";
import type { Kind } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { startWorld } from "../host/world.ts";
import { startPluginWorld } from "./world.ts";

// What a user reads whose credential is refused, or whose endpoint does not answer: the same from both hosts.

beforeAll(ensureBuilt);

type Start = (config: Record<string, string>) => Promise<{ kind(name: string): Kind; endpoint: string }>;

const hosts: Readonly<Record<string, Start>> = {
  "dynamic provider": async (config) => {
    const world = await startWorld({ config });
    return { kind: (name) => world.kind(name), endpoint: world.simulator.url };
  },
  "native plugin": async (config) => {
    const world = await startPluginWorld({ config });
    return { kind: (name) => world.plugin.kind(name), endpoint: world.simulator.url };
  },
};

const everything = async (kind: Kind, name: string): Promise<string[]> => {
  const inputs = sample(name);
  const { failures } = await kind.check(inputs).catch((error: Error) => ({ failures: [{ reason: error.message }] }));
  const failed = async (call: Promise<unknown>) =>
    await call.then(
      () => "no failure",
      (error: Error) => error.message,
    );
  return [...failures.map(({ reason }) => reason), await failed(kind.get("1")), await failed(kind.create(inputs))];
};

describe.each(Object.entries(hosts))("%s", (_host, start) => {
  it("a refused token: where it came from, the endpoint, and the way out", async () => {
    const { kind, endpoint } = await start({ "anomify:token": "0".repeat(32) });
    for (const { kind: name } of catalog) {
      for (const message of await everything(kind(name), name)) {
        expect(message).toContain("(401");
        expect(message).toContain(`anomify:token of the stack's config`);
        expect(message).toContain(endpoint);
        expect(message).toMatch(/pulumi config set --secret anomify:token.*run pulumi up.*--run-program/);
        expect(message).not.toContain("anomify login");
        expect(message).not.toContain("0".repeat(32));
      }
    }
  });

  it("an endpoint that does not answer is named", async () => {
    const endpoint = "http://127.0.0.1:9";
    const { kind } = await start({ "anomify:endpoint": endpoint, "anomify:retries": "0" });
    for (const { kind: name } of catalog) {
      const said = (await everything(kind(name), name)).join("\n");
      expect(said).toContain(`The endpoint is ${endpoint}.`);
    }
  });

  it.each([`"${"0".repeat(32)}"`, `'${"0".repeat(32)}'`, `\u201c${"0".repeat(32)}\u201d`])(
    "a token in quotes is named as such",
    async (token) => {
      const { kind } = await start({ "anomify:token": token });
      const [message] = await everything(kind("Watcher"), "Watcher");
      expect(message).toMatch(/token is in quotes. Give it without them/);
    },
  );
});
