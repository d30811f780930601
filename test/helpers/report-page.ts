import { writeFileSync } from "node:fs";
import type { Simulator } from "pulumi-anomify/simulator";
import type { Connection } from "../../cli/connection/connection.ts";
import { reportOf } from "../../cli/report/build.ts";
import { gather } from "../../cli/report/gather.ts";
import type { Report } from "../../cli/report/model.ts";
import { pageOf } from "../../cli/report/page.tsx";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { transcript } from "../secrets/transcript.ts";

const DAY = 86_400;

/** The report of a simulated organization, read as the command reads it, of its last 30 days. */
export async function readReport(simulator: Simulator, tenant = "acme"): Promise<Report> {
  const { token } = simulator.organization(tenant);
  const settings = readSettings(() => undefined, {
    ANOMIFY_ENDPOINT: simulator.url,
    ANOMIFY_TOKEN: token,
    ANOMIFY_RETRIES: "0",
  });
  const organization = connect(settings, new AbortController().signal, () => {});
  const connection: Connection = {
    client: organization.api,
    organization,
    endpoint: settings.endpoint,
    credential: "token",
    source: "the test",
  };
  const spanAt = (now: number) => ({ from: now - 30 * DAY, until: now });
  return reportOf(await gather(connection, { spanAt, progress: { step: () => undefined } }));
}

/** The page of a report, handed to the search for secrets. */
export function page(report: Report): string {
  const html = pageOf(report);
  transcript("page of a report", html);
  return html;
}

/** The same as a file. */
export function writeTestPage(path: string, report: Report): void {
  writeFileSync(path, page(report));
}
