import { Command } from "commander";
import { type ConnectionOptions, openSettings, withConnection } from "../connection/connection.ts";
import { warnOfEndpoint } from "../connection/endpoint.ts";
import { readGiven } from "../files/read.ts";
import { writeWhole } from "../files/write.ts";
import { Exit } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface DoctorFlags extends ConnectionOptions {
  readonly checkWrite?: true;
  readonly suggest?: true;
  readonly wire?: string;
  readonly report?: string;
  readonly json?: true;
}

const WRITE_WIRE = "Write it with: anomify doctor --suggest --json > wire.json";

const HELP = `
Words: "assumption wrong" is a difference in an item of the contract that was assumed or inferred, which is expected to happen;
"contract differs" is one in a documented item, which is worse. Additions of the service are noted and break nothing.

What --check-write sends: POST /org/update with timezone, set to the time zone that GET /org/info has just given. Nothing
changes, unless somebody changes the time zone in between. It is not sent when that reply came from a cache.

--json prints {version: 1, endpoint, credential, source, exitCode, findings, suggestion}, see docs/doctor.md. With --suggest
it prints the mapping alone, as ANOMIFY_WIRE takes it; what cannot be decided is said on stderr.

Examples:
  $ anomify doctor
  $ anomify doctor --report doctor.md
  $ anomify doctor --suggest --json > wire.json
  $ anomify doctor --wire wire.json`;

/** `anomify doctor`: what we believe of the API, compared with the live service. */
export function doctorCommand(): Command {
  return withConnection(new Command("doctor"))
    .description("Compare what this package believes of the API with the live service. Reads only.")
    .option(
      "--check-write",
      "find out whether the credential may write, by a write that changes nothing (default: not checked)",
    )
    .option("--suggest", "print the mapping of names and paths (anomify:wire) that the differences call for")
    .option("--wire <file>", "mapping to go by, a JSON file (default: ANOMIFY_WIRE)")
    .option("--report <file>", "write the findings as Markdown without names, ids and secrets, to be shown to others")
    .option("--json", "one JSON document on stdout")
    .addHelpText("after", HELP)
    .action((flags: DoctorFlags) => interruptible("Nothing was changed.", (signal) => doctor(flags, signal)));
}

async function doctor(flags: DoctorFlags, signal: AbortSignal): Promise<void> {
  const wireJson = flags.wire === undefined ? {} : { wireJson: (await readGiven(flags.wire, WRITE_WIRE, signal)).text };
  const { settings, source } = await openSettings({ ...flags, ...wireJson });
  warnOfEndpoint(settings.endpoint);
  const { examine } = await import("../doctor/examine.ts");
  const { exitCode } = await import("../doctor/findings.ts");
  const { suggest } = await import("../doctor/suggest.ts");
  const { printFindings, printSuggestion } = await import("../doctor/print.ts");
  const { findings, hints, bodies, documented } = await withProgress("Examining the service", ({ step }) =>
    examine({ settings, write: flags.checkWrite ?? false, signal, step }),
  );
  const code = exitCode(findings);
  const suggestion = suggest(settings.wire ?? {}, hints, documented);
  const credential = settings.token === undefined ? "session" : "token";
  const { endpoint } = settings;
  const output = createOutput(flags.json ?? false);
  if (flags.report !== undefined) {
    const { markdownReport } = await import("../doctor/report.ts");
    const secrets = [settings.token, settings.sessionId].filter((secret) => secret !== undefined);
    const text = markdownReport({ endpoint, credential, findings, exitCode: code, bodies, secrets });
    await writeWhole(flags.report, text, 0o600);
    output.note(`Written: ${flags.report}`);
  }
  if (flags.suggest) {
    output.data(suggestion.wire);
    printSuggestion(output, suggestion, code);
    for (const note of suggestion.notes) output.note(note);
  } else {
    output.data({ version: 1, endpoint, credential, source, exitCode: code, findings, suggestion });
    output.print(`${endpoint}, with a credential from ${source}`);
    output.print();
    printFindings(output, findings);
  }
  if (code !== 0) throw new Exit(code);
}
