import pLimit from "p-limit";
import type { Endpoint } from "../../sdk/endpoint.ts";
import { groups } from "../../sdk/endpoints/index.ts";
import { type AnomifyClient, ApiError, type Reply, ResponseShapeError } from "../../sdk/index.ts";
import { type Compared, compareFields, type Hint, observe } from "./fields.ts";
import { differs, type Finding } from "./findings.ts";
import { type Known, learn, parametersFor } from "./known.ts";
import type { Believed } from "./names.ts";
import { type Heard, inside, type Probe, type Probed, statusOf } from "./probe.ts";
import { asksFor, hintsOfRefusal } from "./refusals.ts";

/** What the reads found. */
export interface Reads extends Compared {
  /** Seconds, by operation. */
  readonly ages: ReadonlyMap<string, number>;
  /** How many calls were answered with success, and how many the credential may not make. */
  readonly answered: number;
  readonly refused: number;
  /** The operations whose names of parameters were accepted. */
  readonly proven: ReadonlySet<string>;
  /** Bodies of all replies, to find out what must not be printed. */
  readonly bodies: readonly unknown[];
}

interface Row {
  readonly group: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** Calls under way at once. */
const concurrency = 4;
/** Reads that are not made, and why. */
const spared: Readonly<Record<string, string>> = {
  getBillingCheckoutSession: "opens a session at the payment service",
  getBillingPortalSession: "opens a session at the payment service",
  getOpenApi: "read for the comparison above",
};

const rows: readonly Row[] = Object.entries(groups).flatMap(([group, methods]) =>
  Object.entries(methods as Readonly<Record<string, Endpoint | { endpoint: Endpoint; items: string }>>).flatMap(
    ([name, endpoint]) => ("items" in endpoint || endpoint.call !== "safe" ? [] : [{ group, name, endpoint }]),
  ),
);

interface ReadOptions {
  readonly credential: "token" | "session";
  /** Seconds that the service's clock is ahead of this machine's. */
  readonly skew: number;
  readonly step: (text: string) => void;
}

/** Makes every call that only reads, as far as listings give the ids for it. */
export async function makeReads(
  probe: Probe,
  believed: ReadonlyMap<string, Believed>,
  { credential, skew, step }: ReadOptions,
): Promise<Reads> {
  const known: Known = new Map();
  const limit = pLimit(concurrency);
  const done: Array<{ row: Row; probed: Probed; findings: readonly Finding[]; hints: readonly Hint[] }> = [];
  let left = rows.filter((row) => reasonToSpare(row, credential) === undefined);
  for (;;) {
    const now = Math.floor(Date.now() / 1000) + skew;
    const ready = left.filter(({ endpoint }) => typeof parametersFor(endpoint, known, now) !== "string");
    if (ready.length === 0) break;
    left = left.filter((row) => !ready.includes(row));
    const calls = ready.map((row) => [row, parametersFor(row.endpoint, known, now) as object] as const);
    const round = calls.map(([row, params]) =>
      limit(async () => {
        step(`Reading: ${row.endpoint.operation}`);
        const probed = await probe((client) => methodOf(client, row)(...argumentsOf(row, params)));
        const judged = judge(row, probed, believed.get(row.endpoint.operation));
        return { row, probed, ...judged, hints: await settle(probe, { row, params, probed, hints: judged.hints }) };
      }),
    );
    for (const result of await Promise.all(round)) {
      learn(known, result.row.endpoint.operation, result.probed.data);
      done.push(result);
    }
  }
  const skipped = rows.flatMap((row) => skip(row, reasonToSpare(row, credential), left, known));
  const heard = done.flatMap(({ row, probed }) => (probed.heard ? [{ row, heard: probed.heard }] : []));
  return {
    findings: inOrder([...done.flatMap(({ findings }) => findings), ...skipped]),
    hints: done.flatMap(({ hints }) => hints),
    ages: agesOf(heard),
    answered: done.filter(({ probed }) => probed.error === undefined).length,
    refused: done.filter(({ findings }) => findings.some(({ result }) => result === "refused")).length,
    proven: new Set(done.filter(({ probed }) => probed.error === undefined).map(({ row }) => row.endpoint.operation)),
    bodies: heard.map((each) => each.heard.body),
  };
}

/** A name that no service takes: what it asks for instead is its own. */
const NO_NAME = "anomify_doctor_probe";

interface Refused {
  readonly row: Row;
  readonly params: object;
  readonly probed: Probed;
  readonly hints: readonly Hint[];
}

/**
 * Where a refusal leaves open which parameter has another name, the read is made again without each of them: a name that the
 * service then asks for is its own.
 */
async function settle(probe: Probe, { row, params, probed, hints }: Refused): Promise<readonly Hint[]> {
  const open = hints.filter(({ part, sure }) => part === "params" && !sure);
  if (!(probed.error instanceof ApiError) || open.length < 2) return hints;
  const { endpoint } = row;
  const proven = new Set<string>();
  for (const { ours } of open) {
    const without = { [endpoint.operation]: { params: { [ours]: NO_NAME } } };
    const { error } = await probe((client) => methodOf(client, row)(...argumentsOf(row, params)), without);
    if (asksFor(error, ours)) proven.add(ours);
  }
  return hintsOfRefusal(endpoint, probed.error, proven);
}

const inOrder = (findings: readonly Finding[]): Finding[] => {
  const order = new Map(rows.map(({ endpoint }, index) => [endpoint.operation, index]));
  const place = ({ operation }: Finding) => order.get(operation ?? "") ?? 0;
  return [...findings].sort((a, b) => place(a) - place(b));
};

type MethodOf = (...args: object[]) => Promise<Reply<unknown>>;
const methodOf = (client: AnomifyClient, { group, name }: Row): MethodOf =>
  Reflect.get(Reflect.get(client, group), name) as MethodOf;
const argumentsOf = ({ endpoint }: Row, params: object): object[] =>
  Object.keys(endpoint.params).length === 0 ? [] : [params];

function reasonToSpare({ endpoint }: Row, credential: "token" | "session"): string | undefined {
  const { operation, auth, reply, params } = endpoint;
  if (spared[operation] !== undefined) return spared[operation];
  if (auth === "session" && credential === "token") return "needs the session of a person";
  if (reply === "image" && !("width" in params)) return "a picture, and there is no parameter to ask for a small one";
  return undefined;
}

function skip({ endpoint }: Row, reason: string | undefined, left: readonly Row[], known: Known): Finding[] {
  const { operation } = endpoint;
  const said = (finding: string): Finding[] => [{ check: "reads", result: "skipped", operation, finding }];
  if (reason !== undefined) return said(reason);
  if (!left.some((row) => row.endpoint.operation === operation)) return [];
  return said(`no listing gave a value for ${String(parametersFor(endpoint, known, 0))}`);
}

function judge({ endpoint }: Row, { error, data, heard }: Probed, believed: Believed | undefined): Compared {
  const { operation, evidence, reply } = endpoint;
  const about = { check: "reads" as const, operation };
  if (error instanceof ApiError) {
    return { findings: [refusal(endpoint, error)], hints: hintsOfRefusal(endpoint, error) };
  }
  if (error !== undefined && !(error instanceof ResponseShapeError)) {
    const finding = `no usable answer (${error instanceof Error ? error.name : "unknown failure"})`;
    return { findings: [{ ...about, result: "failed", finding, next: "Try again later." }], hints: [] };
  }
  const compared = reply === "envelope" && believed !== undefined ? compareReply(believed, heard) : undefined;
  const worse = compared?.findings.filter(({ result }) => result === "differs") ?? [];
  if (error instanceof ResponseShapeError && worse.length === 0) {
    const at = error.at === "" ? {} : { at: error.at };
    const finding = "the reply is not of the shape that the contract says";
    const found = differs({ ...about, ...at, evidence: error.evidence ?? evidence, finding });
    return { findings: [found, ...(compared?.findings ?? [])], hints: compared?.hints ?? [] };
  }
  if (worse.length > 0 && compared !== undefined) return compared;
  const result = isEmpty(data) ? "empty" : "ok";
  const finding = result === "ok" ? "as believed" : "as believed, but with nothing in it to compare";
  return { findings: [{ ...about, result, finding }, ...(compared?.findings ?? [])], hints: [] };
}

function compareReply(believed: Believed, heard: Heard | undefined): Compared {
  const body = heard?.body;
  const data = inside(body, "data");
  if (data !== undefined && inside(body, "status") !== undefined) return compareFields(believed, observe(data));
  if (typeof body !== "object" || body === null) return { findings: [], hints: [] };
  const lost = ["status", "data"].filter((key) => inside(body, key) === undefined).join(" and ");
  const found = differs({
    check: "reads",
    operation: believed.operation.id,
    evidence: "documented",
    finding: `the envelope of the reply has no ${lost}`,
    next: "Report it: an envelope cannot be mapped.",
  });
  return { findings: [found], hints: [] };
}

const isEmpty = (data: unknown): boolean =>
  typeof data === "object" &&
  data !== null &&
  Object.values(data).some(Array.isArray) &&
  Object.values(data).every((value) => !Array.isArray(value) || value.length === 0);

function refusal({ operation, path, evidence }: Endpoint, { code }: ApiError): Finding {
  const about = { check: "reads" as const, operation };
  if (code === 401 || code === 403) {
    return {
      ...about,
      result: "refused",
      finding: `refused (${code})`,
      next: "Ask an admin for the right, or use a session.",
    };
  }
  if (code >= 500 || code === 429) {
    return { ...about, result: "failed", finding: `failed (${code})`, next: "Try again later." };
  }
  const finding = `refused (${code}): ${code === 404 && !path.includes("{") ? `there is no ${path}` : "the request is not understood"}`;
  return differs({ ...about, evidence, finding });
}

function agesOf(heard: ReadonlyArray<{ row: Row; heard: Heard }>): Map<string, number> {
  const ages = heard.flatMap(({ row, heard: one }) => {
    const age = statusOf(one, "oldest_cached_component_age");
    return age === undefined || age === 0 ? [] : [[row.endpoint.operation, age] as const];
  });
  return new Map(ages.sort(([, a], [, b]) => b - a));
}
