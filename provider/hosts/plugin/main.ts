/**
 * The executable `pulumi-resource-anomify`: Pulumi starts it with the address of its engine, and reads the port from the first
 * line of its output.
 *
 * @module
 */

import { requireNode } from "../core/node-version.ts";
import schema from "./schema.gen.json" with { type: "json" };
import { startPlugin } from "./server.ts";

requireNode(process.versions.node);
const port = await startPlugin(process.argv[2], () => JSON.stringify(schema));
process.stdout.write(`${port}\n`);
