import { Command } from "commander";
import { printable } from "../../domain/text/printable.ts";
import { type Connection, type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";

const help = `
Example:
  $ anomify whoami
  $ anomify whoami --profile eu --json

Exit codes: 0 logged in, 1 not logged in or not reachable, 2 wrong arguments, 130 interrupted.`;

/** `anomify whoami`: whose credential the commands use. */
export function whoamiCommand(): Command {
  return withConnection(new Command("whoami"))
    .description("Show who the commands act as: person, organization, kind and source of the credential.")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((options: ConnectionOptions & { json?: true }) =>
      interruptible("Nothing was changed.", (signal) => whoami(options, signal)),
    );
}

async function whoami(options: ConnectionOptions & { json?: true }, signal: AbortSignal): Promise<void> {
  const connection = await openConnection(options, signal);
  const { endpoint, credential, source } = connection;
  const [person, organization] = await Promise.all([personOf(connection), organizationOf(connection)]);
  const output = createOutput(options.json === true);
  output.data({ person, organization, credential, endpoint, source });
  const kind = credential === "token" ? "token of the organization" : "session of a person";
  const marks = [person?.admin && "admin", person?.demo && "demo account, may not write"].filter(Boolean);
  if (person) {
    const suffix = marks.length > 0 ? ` (${marks.join(", ")})` : "";
    output.print(`Person:       ${printable(`${person.name} <${person.email}>`)}${suffix}`);
  }
  output.print(`Organization: ${printable(organization.name)} (id ${organization.id})`);
  output.print(`Credential:   ${kind}, from ${source}`);
  output.print(`Endpoint:     ${endpoint}`);
}

/** The person behind a session; null for a token, which is nobody's. */
async function personOf({ client, credential }: Connection) {
  if (credential === "token") return null;
  const { user } = (await client.user.ping()).data.session;
  if (!user) throw new Error("This session waits for its two-factor code. Log in with: anomify login");
  return { id: user.id, name: user.name, email: user.email, admin: user.admin, demo: user.demo };
}

async function organizationOf({ client }: Connection) {
  const { org } = (await client.org.info()).data;
  return { id: org.id, name: org.name };
}
