/**
 * The executable `pulumi-resource-anomify`: Pulumi starts it with the address of its engine, and reads the port from the first
 * line of its output.
 *
 * @module
 */

import { messageOf } from "../../../domain/text/message-of.ts";
import { requireNode } from "../core/node-version.ts";
import schema from "./schema.gen.json" with { type: "json" };
import { startPlugin } from "./server.ts";

try {
  requireNode(process.versions.node);
} catch (error) {
  // Pulumi shows what a plugin prints before it has a port: a sentence, not a stack.
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
const port = await startPlugin(process.argv[2], () => JSON.stringify(schema));
process.stdout.write(`${port}\n`);
