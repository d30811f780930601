import type { Settings } from "../../provider/organization/config.ts";
import { ApiError, NetworkError, ResponseShapeError, TimeoutError } from "../../sdk/index.ts";
import { nextStep } from "../connection/explain-error.ts";
import { compareDocument } from "./compare.ts";
import { contract } from "./contract.gen.ts";
import type { Hint } from "./fields.ts";
import { differs, type Finding, folded } from "./findings.ts";
import { type Believed, believe } from "./names.ts";
import { describe } from "./openapi.ts";
import { createProbe, type Probe, type Probed, statusOf } from "./probe.ts";
import { makeReads, type Reads } from "./reads.ts";
import { checkWrite } from "./write.ts";

/** How to examine a service. */
export interface Options {
  readonly settings: Settings;
  /** Whether a write that changes nothing may be made. */
  readonly write: boolean;
  readonly signal: AbortSignal;
  readonly step: (text: string) => void;
}

export interface Examined {
  readonly findings: readonly Finding[];
  readonly hints: readonly Hint[];
  /** Whether the service has a document of its own, which alone says what writes take. */
  readonly documented: boolean;
  /** Bodies of replies, to find out what must not be printed. */
  readonly bodies: readonly unknown[];
}

/** Seconds that two clocks may be apart without a word. */
const clockTolerance = 60;

/** Compares the live service with the contract. */
export async function examine(options: Options): Promise<Examined> {
  const { settings, signal, step } = options;
  const probe = createProbe(settings, signal);
  const believed = describe(contract).map((operation) => believe(operation, settings.wire ?? {}));
  const credential = settings.token === undefined ? "session" : "token";
  step("Asking whether the service is there");
  const ping = await probe((client) => client.ping.ping());
  const reach = reachability(ping, settings.endpoint);
  if (reach.result === "failed") return { findings: [reach], hints: [], documented: true, bodies: [] };
  const who = await probe((client) => (credential === "token" ? client.org.info() : client.user.ping()));
  const standing = credentialOf(who, credential);
  const bodies = [who.heard?.body];
  const skew = skewOf(who.heard === undefined ? ping : who);
  const begin = [reach, standing, clockOf(skew)];
  if (standing.result === "refused") return { findings: begin, hints: [], documented: true, bodies };
  step("Comparing the service's document with the contract");
  const document = await compareLive(probe, believed);
  const byId = new Map(believed.map((one) => [one.operation.id, one]));
  const reads = await makeReads(probe, byId, { credential, skew: skew ?? 0, step });
  const rights = [readRight(reads), await writeRight(probe, options)];
  return {
    findings: folded([...begin, ...document.findings, ...reads.findings, ...rights, ...cacheAges(reads)]),
    hints: [
      ...document.hints,
      ...reads.hints,
      ...(document.documented ? [] : siblingHints(reads.hints, believed, reads.proven)),
    ],
    documented: document.documented,
    bodies: [...bodies, ...reads.bodies],
  };
}

function reachability({ error }: Probed, endpoint: string): Finding {
  if (error === undefined || error instanceof ApiError || error instanceof ResponseShapeError)
    return { check: "reach", result: "ok", finding: "the service answers" };
  const why =
    error instanceof NetworkError
      ? (error.code ?? "connection failed")
      : error instanceof TimeoutError
        ? "no answer in time"
        : "unknown failure";
  const next = nextStep(endpoint);
  return { check: "reach", result: "failed", finding: `the service cannot be reached (${why})`, next };
}

function credentialOf({ error }: Probed, credential: "token" | "session"): Finding {
  const kind = credential === "token" ? "the token of an organization" : "the session of a person";
  if (error instanceof ApiError && (error.code === 401 || error.code === 403)) {
    const next = credential === "token" ? "Set ANOMIFY_TOKEN to a valid token." : "Log in again: anomify login.";
    return { check: "credential", result: "refused", finding: `${kind} is refused (${error.code})`, next };
  }
  if (error === undefined || error instanceof ResponseShapeError)
    return { check: "credential", result: "ok", finding: `${kind} is accepted` };
  return { check: "credential", result: "note", finding: `${kind} could not be proven: see the reads` };
}

/** Seconds that the service is ahead of this machine; undefined when it gives no time. */
function skewOf({ heard }: Probed): number | undefined {
  if (heard === undefined) return undefined;
  const header = heard.date === undefined ? Number.NaN : Date.parse(heard.date) / 1000;
  const service = statusOf(heard, "created_timestamp") ?? header;
  return Number.isNaN(service) ? undefined : Math.round(service - heard.at);
}

function clockOf(skew: number | undefined): Finding {
  if (skew === undefined) return { check: "clock", result: "skipped", finding: "the service gives no time" };
  if (Math.abs(skew) <= clockTolerance)
    return { check: "clock", result: "ok", finding: `the clocks are less than ${clockTolerance} s apart` };
  const finding = `the clock of the service is ${Math.abs(skew)} s ${skew < 0 ? "behind" : "ahead of"} this machine's`;
  return { check: "clock", result: "note", finding, next: "Set this machine's clock by NTP." };
}

/** What a read has taught of a parameter may hold for the calls that have it too; nothing but their refusal can say so. */
function siblingHints(hints: readonly Hint[], believed: readonly Believed[], proven: ReadonlySet<string>): Hint[] {
  return hints
    .filter(({ part, sure }) => part === "params" && sure)
    .flatMap((hint) =>
      believed
        .filter(({ operation }) => operation.id !== hint.operation && !proven.has(operation.id))
        .filter(({ parameters }) =>
          parameters.some(
            ({ ours, in: place, evidence }) => ours === hint.ours && place !== "path" && evidence !== "documented",
          ),
        )
        .map(({ operation }): Hint => ({ ...hint, operation: operation.id, sure: false })),
    );
}

async function compareLive(
  probe: Probe,
  believed: readonly Believed[],
): Promise<Pick<Examined, "findings" | "hints" | "documented">> {
  const { data, error } = await probe((client) => client.doc.openapi());
  const live = error === undefined ? describe(data) : [];
  if (live.length === 0) {
    const why = error instanceof ApiError ? `refused (${error.code})` : "holds no operations";
    const finding = `GET /doc/openapi: ${why}; only replies can be compared`;
    const next = "Names of writes are learned from refusals: see --suggest.";
    return {
      findings: [differs({ check: "contract", operation: "getOpenApi", evidence: "inferred", finding, next })],
      hints: [],
      documented: false,
    };
  }
  const compared = compareDocument(believed, live);
  const found = compared.findings.some(({ result }) => result === "differs");
  const finding = `all ${believed.length} operations are in the service's document as believed`;
  const begin: Finding[] = found ? [] : [{ check: "contract", result: "ok", finding }];
  return { findings: [...begin, ...compared.findings], hints: compared.hints, documented: true };
}

function readRight({ answered, refused }: Reads): Finding {
  if (refused === 0)
    return { check: "rights", result: "ok", finding: `reads: ${answered} calls answered, none refused` };
  const finding = `reads: ${answered} calls answered, ${refused} refused`;
  return {
    check: "rights",
    result: "refused",
    finding,
    next: "Ask an admin for the rights, or use another credential.",
  };
}

async function writeRight(probe: Probe, { write, step }: Options): Promise<Finding> {
  if (!write)
    return {
      check: "rights",
      result: "skipped",
      finding: "writes: not checked",
      next: "Check with --check-write; its help says what is sent.",
    };
  step("Checking the right to write");
  return await checkWrite(probe);
}

function cacheAges({ ages }: Reads): Finding[] {
  if (ages.size === 0) return [{ check: "cache", result: "ok", finding: "no reply came from a cache" }];
  return Array.from(ages, ([operation, age]) => ({
    check: "cache",
    result: "note",
    operation,
    finding: `the reply was up to ${age} s old`,
  }));
}
