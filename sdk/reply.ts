import type { z } from "zod";
import type { Endpoint, Evidence } from "./endpoint.ts";
import { contextOf, inWords, pageOf, sentence } from "./error-builder.ts";
import { ResponseShapeError } from "./errors.ts";
import { dottedPath, evidenceAt, pathInWords } from "./evidence.ts";
import { afterBadReply } from "./hints.ts";
import { dataOf, ELSEWHERE, liberally } from "./liberal/read.ts";
import { type LiberalReading, readingsOf } from "./liberal/readings.ts";
import { ReplyStatus as statusModel } from "./models/status.ts";
import type { ReplyStatus } from "./models.gen.ts";
import { isObject } from "./raw-response.ts";
import type { Answered } from "./transport.ts";

/** A successful reply. */
export interface Reply<Data> {
  readonly data: Data;
  /** As sent, without the session id. For replies without an envelope only `code`, the HTTP status. */
  readonly status: ReplyStatus;
  /** Of a list that is not known to be whole. */
  readonly partial?: PartialList;
}

/** Why a list is not known to be whole, so that absence from it proves nothing. */
export interface PartialList {
  /**
   * `said`: the service says that there is more, and does not give it. `possible`: the list has a round number of items, and the
   * service refuses to be asked for more.
   */
  readonly certainty: "said" | "possible";
  /** The error of whoever needs the whole list. */
  readonly error: ResponseShapeError;
}

/** Called for each part of a reply that has another form than the contract says. */
export type OnReading = (reading: LiberalReading) => void;

/** A reply that is being read. */
interface BeingRead extends Answered {
  readonly onReading: OnReading;
}

/** Reads the reply of a success. Throws {@link ResponseShapeError} when something needed is missing or is not what the contract says. */
export function readAnswer(answered: Answered, onReading: OnReading): Reply<unknown> {
  const answer = { ...answered, onReading };
  const { endpoint, reply } = answer;
  const plain: ReplyStatus = { code: reply.httpStatus };
  switch (endpoint.reply) {
    case "image":
      if (!reply.contentType.startsWith("image/")) throw unusable(answer, "an image");
      return {
        data: parse(answer, endpoint.data, { bytes: reply.bytes, contentType: reply.contentType }, "data"),
        status: plain,
      };
    case "script":
      if (reply.contentType === "text/html") throw unusable(answer, "a script");
      return { data: parse(answer, endpoint.data, new TextDecoder().decode(reply.bytes), "data"), status: plain };
    case "document":
      if (!isObject(reply.json)) throw unusable(answer, "a JSON object");
      if (reply.code === undefined) return { data: readData(answer, reply.json), status: plain };
      return readEnvelope(answer, reply.json);
    case "envelope":
      if (isWrite(endpoint) && reply.bytes.length === 0) return { data: readData(answer, {}), status: plain };
      if (Array.isArray(reply.json)) return { data: readData(answer, reply.json), status: plain };
      if (!isObject(reply.json)) throw unusable(answer, "a JSON object");
      return readEnvelope(answer, reply.json);
  }
}

function readEnvelope(answer: BeingRead, envelope: Record<string, unknown>): Reply<unknown> {
  if (!isObject(envelope.status)) answer.onReading({ field: "status", form: "absent" });
  const { session_id: _, ...sent } = isObject(envelope.status) ? envelope.status : {};
  const { code, httpStatus } = answer.reply;
  const said = { ...(liberally(statusModel, sent) as object), code: code ?? httpStatus };
  const status = parse(answer, statusModel, said, "status");
  if (!Object.hasOwn(envelope, "data")) answer.onReading({ field: "data", form: "absent" });
  return { data: readData(answer, halfOf(envelope)), status };
}

/** The second half of the envelope: `data`, `result`, or all that is not `status`. */
function halfOf(envelope: Record<string, unknown>): unknown {
  if (Object.hasOwn(envelope, "data")) return envelope.data;
  const { status: _, ...rest } = envelope;
  return Object.keys(rest).length === 1 && Object.hasOwn(rest, "result") ? rest.result : rest;
}

/** No body, or nothing but texts for people and the id of the object. */
function isLittle({ bytes, json }: Answered["reply"]): boolean {
  if (bytes.length === 0) return true;
  if (!isObject(json)) return false;
  const half = halfOf(json);
  if (!isObject(half)) return false;
  return Object.entries(half).every(([key, value]) => ["message", "id"].includes(key) && typeof value !== "object");
}

const isWrite = ({ call }: Endpoint): boolean => call !== "safe";

function readData(answer: BeingRead, sent: unknown): unknown {
  const { data, real } = answer.endpoint;
  const named = real ? real.rename(sent) : sent;
  const read = dataOf(data, named);
  const result = parse(answer, data, read, "data");
  for (const reading of readingsOf(named, read, "data")) answer.onReading(reading);
  return result;
}

function parse<T>(answer: Answered, schema: z.ZodType<T>, value: unknown, half: "data" | "status"): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const fallback = half === "status" ? "documented" : answer.endpoint.evidence;
  const at = pathInWords(half, path);
  // Path and message hold names and types of our own models, never a value of the reply.
  const reason = (issue?.message ?? "invalid").replace(/^Invalid input: /, "");
  const missing = [undefined, ELSEWHERE].includes(valueAt(value, path) as undefined);
  const real = half === "data" ? answer.endpoint.real?.reply.get(dottedPath(path)) : undefined;
  const mapped = real === undefined ? "" : `, and so is "${real}", its name by the option wire`;
  const what = missing ? `${at} is missing${mapped}` : `${at}: ${reason}`;
  throw shapeError(answer, at, evidenceAt(schema, path, fallback), what, missing && path.length > 0);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function unusable(answer: Answered, wanted: string): ResponseShapeError {
  const page =
    pageOf(answer.reply, answer.request.scrub) ||
    (answer.reply.bytes.length === 0 ? "an empty body" : "something else");
  const type = answer.reply.json === undefined ? page : `JSON (${answer.reply.contentType})`;
  const what = `expected ${wanted}, got ${type}, with HTTP status ${answer.reply.httpStatus}`;
  return shapeError(answer, "", answer.endpoint.evidence, what);
}

const hints: Readonly<Record<Evidence, string>> = {
  assumed: "That item is assumed: the contract of this client may differ from the API",
  engine: "That item follows from the public engine under the service: the service itself may differ",
  inferred: "That item is inferred, not documented: the contract of this client may differ from the API",
  documented: "That item is documented: the API may have changed, or something else answered in its place",
};

function shapeError(
  answer: Answered,
  at: string,
  evidence: Evidence,
  what: string,
  nameable = false,
): ResponseShapeError {
  const { operation } = answer.endpoint;
  const explanation = `The reply to ${inWords(operation)} (${operation}) cannot be used: ${what}. ${hints[evidence]}`;
  const message = sentence(answer, explanation, afterBadReply(evidence, nameable));
  const saysLittle = isWrite(answer.endpoint) && isLittle(answer.reply);
  return new ResponseShapeError(message, { ...contextOf(answer), at, evidence, saysLittle });
}
