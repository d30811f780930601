import { warningOfEndpoint } from "../../sdk/endpoint-url.ts";
import { type Advice, type ClientEvent, type ClientOptions, createClient } from "../../sdk/index.ts";
import type { Settings } from "./config.ts";
import { Organization } from "./organization.ts";
import type { Report } from "./reporter.ts";
import type { RunClaims } from "./run-claims.ts";

/** What an organization has beside its settings. */
interface Surroundings {
  /** What the other provider processes of this run have taken. */
  readonly run?: RunClaims | undefined;
  /** What is said of failures that the settings have a part in. */
  readonly advice?: Advice | undefined;
}

/** Makes the client that the settings describe, and the organization behind it. Nothing is sent yet. */
export function connect(
  settings: Settings,
  signal: AbortSignal,
  report: Report,
  { run, advice }: Surroundings = {},
): Organization {
  const warning = warningOfEndpoint(settings.endpoint);
  if (warning !== undefined) report("warning", warning);
  const options = clientOptions(settings, signal);
  const client = createClient({ ...options, advice, onEvent: (event) => reportAdaptation(event, report) });
  return new Organization(client, settings, report, run);
}

/** The service takes another way of asking than this release assumes: it works, and costs a refused request in each run. */
function reportAdaptation({ type, method, path, status, override }: ClientEvent, report: Report): void {
  if (type !== "adaptation") return;
  report(
    "warning",
    `Anomify refused ${method} ${path} (${status}), and another way of asking worked: it is used from now on in this run. To make that permanent, add ${JSON.stringify(override)} to anomify:wire.`,
  );
}

/** So much of an operation's time one unanswered request may take: the others are for trying again. */
const SHARE = 1 / 4;
const MIN_TIMEOUT = 2_000;
const MAX_TIMEOUT = 30_000;

/** The settings in the client's words. */
export function clientOptions(settings: Settings, signal: AbortSignal): ClientOptions {
  const { timeoutSeconds, retries, requestsPerSecond, wire } = settings;
  const { endpoint, allowInsecureEndpoint, token, sessionId } = settings;
  const deadline = timeoutSeconds * 1000;
  const timeout = Math.min(MAX_TIMEOUT, Math.max(MIN_TIMEOUT, deadline * SHARE));
  const limits = { timeout, deadline, retries, requestsPerSecond };
  return { endpoint, allowInsecureEndpoint, token, sessionId, ...limits, wire, signal };
}
