import { Command, InvalidArgumentError } from "commander";
import { tenantNames } from "../../simulator/tenants/index.ts";

/** `anomify simulate`: a simulated organization to try things on, until Ctrl-C. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description(
      "Serve a simulated Anomify organization on this machine, to try programs without an account. Nothing is kept.",
    )
    .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", parsePort, 0)
    .option("--tenant <name...>", `organizations to serve (${tenantNames.join(", ")})`, ["acme"])
    .addHelpText("after", "\nExample:\n  $ anomify simulate --port 8080 --tenant acme globex\n")
    .action(simulate);
}

async function simulate(options: { port: number; tenant: string[] }): Promise<void> {
  const unknown = options.tenant.filter((name) => !tenantNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no simulated organization ${unknown.join(", ")}. There are: ${tenantNames.join(", ")}.`);
  }
  const { startSimulator } = await import("../../simulator/index.ts");
  const simulator = await startSimulator({ port: options.port, tenants: options.tenant }).catch((error: unknown) => {
    throw portError(error, options.port);
  });
  const [first = ""] = options.tenant;
  process.stdout.write(
    [
      `A simulated Anomify answers at ${simulator.url} until Ctrl-C.`,
      ...options.tenant.map(
        (name) => `  ${name}: token ${simulator.organization(name).token} (made up, good here alone)`,
      ),
      "In a Pulumi project:",
      `  pulumi config set anomify:endpoint ${simulator.url}`,
      `  pulumi config set --secret anomify:token   # then paste the token of ${first}`,
      "",
    ].join("\n"),
  );
  await ended();
  await simulator.stop();
}

/** Resolves when the simulator is to stop. */
async function ended(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  const watch = whenOrphaned(resolve);
  await promise;
  clearInterval(watch);
}

/** How often it is looked whether the parent is there. Milliseconds. */
const PARENT_MS = 250;

/**
 * npx and npm start a command below a shell, and a signal to them ends that shell without a word to us. Whoever is started in
 * another way may outlive its parent, as with nohup.
 */
function whenOrphaned(notify: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && notify(), PARENT_MS).unref();
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new Error(`Port ${port} is taken by another program. Choose another one with --port; 0 takes a free one.`);
  }
  if (code !== "EACCES") return error;
  return new Error(`This user may not serve at port ${port}. Choose one from 1024 with --port; 0 takes a free one.`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("must be a port number from 0 to 65535.");
  return port;
}
