import { fileURLToPath } from "node:url";
import { type Host, type HostOptions, type Kind, startHost } from "./harness.ts";

const path = fileURLToPath(new URL("fixtures/kinds.ts", import.meta.url));

/** A provider process with the kind of fixtures/kinds.ts. */
export async function startFake(options: HostOptions = {}): Promise<{ host: Host; fake: Kind }> {
  const config = {
    "anomify:token": "0".repeat(32),
    // Nobody answers there, and nothing has to be tried again to know it.
    "anomify:endpoint": "http://127.0.0.1:1",
    "anomify:retries": "0",
    ...options.config,
  };
  const host = await startHost({ ...options, config });
  return { host, fake: host.resource(`exports.handler=()=>require(${JSON.stringify(path)}).Fake`) };
}
