// Forms of requests and replies that mean the same as those of the contract. Nobody outside has seen the service answer, so a
// client meets some of these on its first day. Each stands alone, or in combination with those of other groups.
import type { Received, Reply } from "./http.ts";
import { jsonReply } from "./http.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

/** What a shape knows of the request whose reply it changes. */
export interface ShapeContext {
  readonly operation: string;
  /** Whether the request changes anything. */
  readonly isWrite: boolean;
  /** Query of the request, as sent. */
  readonly query: Readonly<Record<string, string>>;
}

/** One difference between the simulated service and the contract. */
export interface Shape {
  readonly name: string;
  /** One sentence for people. */
  readonly does: string;
  /** Of one group only one makes sense at a time. */
  readonly group: string;
  /** Operations it touches: all, those that read or write, or these. */
  readonly on: "all" | "reads" | "writes" | "failures" | readonly string[];
  /** The request as the contract has it, or the refusal. */
  readonly request?: (received: Received, routes: readonly Route[]) => Received | Reply;
  /** Changes `data` of a success. */
  readonly data?: (data: unknown, context: ShapeContext) => unknown;
  /** Changes the whole reply, after all that change data. */
  readonly reply?: (reply: Reply, body: Json | undefined, context: ShapeContext) => Reply;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every value of a reply, with its key; the items of a list have the key of the list. Inside first. */
function mapValues(value: unknown, change: (value: unknown, key: string) => unknown, key = ""): unknown {
  if (Array.isArray(value))
    return change(
      value.map((item) => mapValues(item, change, key)),
      key,
    );
  if (!isObject(value)) return change(value, key);
  const entries = Object.entries(value).map(([name, inner]) => [name, mapValues(inner, change, name)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return change(Object.fromEntries(kept), key);
}

const values =
  (change: (value: unknown, key: string) => unknown) =>
  (data: unknown): unknown =>
    mapValues(data, change);

const isId = (key: string) => key === "id" || key.endsWith("_id");
const isTime = (key: string) => key.endsWith("_timestamp");

/** Only a lone key inside `data`, such as the object or the list, can go under another name. */
const lone = (data: unknown, wrap: (value: unknown, key: string) => unknown): unknown => {
  if (!isObject(data)) return data;
  const entries = Object.entries(data).filter(([key]) => key !== "message");
  const [only] = entries;
  return only !== undefined && entries.length === 1 && typeof only[1] === "object" ? wrap(only[1], only[0]) : data;
};

const valueShapes: readonly Shape[] = [
  {
    name: "ids-as-text",
    does: "Ids are texts.",
    group: "ids",
    on: "all",
    data: values((value, key) => (isId(key) && typeof value === "number" ? String(value) : value)),
  },
  {
    name: "numbers-as-text",
    does: "Numbers are texts.",
    group: "numbers",
    on: "all",
    data: values((value, key) => (typeof value === "number" && !isId(key) && !isTime(key) ? String(value) : value)),
  },
  ...(
    [
      ["flags-as-digits", "Flags are 1 and 0.", 1, 0],
      ["flags-as-digit-texts", 'Flags are "1" and "0".', "1", "0"],
      ["flags-as-words", 'Flags are "true" and "false".', "true", "false"],
      ["flags-as-yes-and-no", 'Flags are "yes" and "no".', "yes", "no"],
    ] as const
  ).map(
    ([name, does, yes, no]): Shape => ({
      name,
      does,
      group: "flags",
      on: "all",
      data: values((value) => (typeof value === "boolean" ? (value ? yes : no) : value)),
    }),
  ),
  ...(
    [
      ["times-in-milliseconds", "Times are milliseconds.", (seconds) => seconds * 1000],
      ["times-as-iso-text", "Times are ISO 8601 texts.", (seconds) => new Date(seconds * 1000).toISOString()],
      ["times-as-text", "Times are texts of seconds.", (seconds) => String(seconds)],
    ] satisfies readonly [string, string, (seconds: number) => unknown][]
  ).map(
    ([name, does, convert]): Shape => ({
      name,
      does,
      group: "times",
      on: "all",
      data: values((value, key) => (isTime(key) && typeof value === "number" ? convert(value) : value)),
    }),
  ),
  {
    name: "null-as-empty-text",
    does: "What is not set is an empty text in place of null.",
    group: "none",
    on: "all",
    data: values((value) => (value === null ? "" : value)),
  },
  {
    name: "null-as-absent",
    does: "What is not set is left out in place of null.",
    group: "none",
    on: "all",
    data: values((value) => (value === null ? undefined : value)),
  },
  {
    name: "null-as-empty-list",
    does: "What is not set is [] in place of null, as PHP writes an empty object.",
    group: "none",
    on: "all",
    data: values((value) => (value === null ? [] : value)),
  },
  {
    name: "empty-list-as-null",
    does: "An empty list is null.",
    group: "empty-lists",
    on: "all",
    data: values((value) => (Array.isArray(value) && value.length === 0 ? null : value)),
  },
  {
    name: "empty-list-as-absent",
    does: "An empty list is left out.",
    group: "empty-lists",
    on: "all",
    data: values((value) => (Array.isArray(value) && value.length === 0 ? undefined : value)),
  },
  {
    name: "chips-as-comma-text",
    does: "The chips of a watcher are one text with commas.",
    group: "text-lists",
    on: "all",
    data: values((value, key) =>
      key === "chips" && Array.isArray(value) && value.every((item) => typeof item === "string")
        ? value.join(",")
        : value,
    ),
  },
  {
    name: "lists-as-numbered-maps",
    does: 'A list of objects is a map with the keys "0", "1" and so on.',
    group: "object-lists",
    on: "all",
    data: values((value) =>
      Array.isArray(value) && value.length > 0 && value.every(isObject)
        ? Object.fromEntries(value.map((item, index) => [String(index), item]))
        : value,
    ),
  },
  {
    name: "lists-as-maps-by-id",
    does: "A list of objects that have ids is a map by id.",
    group: "object-lists",
    on: "all",
    data: values((value) =>
      Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && item.id !== undefined)
        ? Object.fromEntries(value.map((item) => [String((item as Json).id), item]))
        : value,
    ),
  },
  {
    name: "unknown-keys",
    does: "Every object has a key that the contract does not know.",
    group: "unknown-keys",
    on: "all",
    data: values((value) => (isObject(value) ? { ...value, x_internal: { version: 2 } } : value)),
  },
  {
    name: "unknown-methods",
    does: "Objects of other people alert somebody in a way that the contract does not know.",
    group: "unknown-methods",
    on: ["listWatchers"],
    data: values((value) =>
      isObject(value) && value.id === 501 && Array.isArray(value.alerts)
        ? { ...value, alerts: [...value.alerts, { method: "pagerduty", ref: "P101" }] }
        : value,
    ),
  },
  {
    name: "unknown-enum-values",
    does: "A watcher of somebody else has a type and a frequency that the contract does not know.",
    group: "unknown-enums",
    on: ["listWatchers"],
    data: values((value) =>
      isObject(value) && value.id === 503 ? { ...value, type: "forecast", summary_report_frequency: "hourly" } : value,
    ),
  },
  {
    name: "unneeded-fields-absent",
    does: "What nothing depends on is left out: texts of times, flags of the dashboard, who made something.",
    group: "unneeded",
    on: "all",
    data: values((value, key) =>
      /^(created_string|updated_timestamp|demo|onboarding_flags|created_user|private|connected_services|onboarding_status_id|alert_muting)$/.test(
        key,
      )
        ? undefined
        : value,
    ),
  },
  {
    name: "webhook-masked",
    does: "A webhook URL is masked when it is read.",
    group: "masked",
    on: "all",
    data: values((value) =>
      isObject(value) && value.method === "ms_teams" ? { ...value, ref: "https://example.com/****" } : value,
    ),
  },
  {
    name: "webhook-masked-whole",
    does: "Of a webhook URL nothing is shown but stars.",
    group: "masked",
    on: "all",
    data: values((value) => (isObject(value) && value.method === "ms_teams" ? { ...value, ref: "***" } : value)),
  },
];

const dataShapes: readonly Shape[] = [
  {
    name: "lone-value-bare",
    does: "The object or the list is `data` itself.",
    group: "place",
    on: "all",
    data: (data) => lone(data, (value) => value),
  },
  {
    name: "lone-value-under-another-key",
    does: "The object or the list is under another key, the only one of `data`.",
    group: "place",
    on: "all",
    data: (data) => lone(data, (value) => (Array.isArray(value) ? { items: value } : { item: value })),
  },
  {
    name: "lone-value-under-result",
    does: "The object or the list is under `result` inside `data`.",
    group: "place",
    on: "all",
    data: (data) => lone(data, (value) => ({ result: value })),
  },
];

const withBody =
  (change: (body: Json, context: ShapeContext) => Json) =>
  (reply: Reply, body: Json | undefined, context: ShapeContext) =>
    body === undefined || !("data" in body) ? reply : jsonReply(reply.status, change(body, context), reply.headers);

const envelopeShapes: readonly Shape[] = [
  {
    name: "envelope-with-result",
    does: "The second half of the envelope is called `result`.",
    group: "envelope",
    on: "all",
    reply: withBody(({ data, ...rest }) => ({ ...rest, result: data })),
  },
  {
    name: "envelope-without-status",
    does: "There is no `status`.",
    group: "envelope",
    on: "all",
    reply: withBody(({ status: _status, ...rest }) => rest),
  },
  {
    name: "no-envelope",
    does: "The reply is what `data` would be.",
    group: "envelope",
    on: "all",
    reply: withBody(({ data }) => (isObject(data) ? data : { data })),
  },
  {
    name: "code-as-text",
    does: "`status.code` is a text.",
    group: "code",
    on: "all",
    reply: withBody((body) =>
      isObject(body.status) ? { ...body, status: { ...body.status, code: String(body.status.code) } } : body,
    ),
  },
  {
    name: "status-with-code-only",
    does: "`status` has nothing but `code`.",
    group: "code",
    on: "all",
    reply: withBody((body) => (isObject(body.status) ? { ...body, status: { code: body.status.code } } : body)),
  },
];

const messageOf = (body: Json): string => (isObject(body.data) ? String(body.data.message ?? "") : "");

const failure = (name: string, does: string, write: (message: string) => unknown): Shape => ({
  name,
  does,
  group: "failures",
  on: "failures",
  reply: (reply, body) => (body === undefined ? reply : jsonReply(reply.status, write(messageOf(body)), reply.headers)),
});

const failureShapes: readonly Shape[] = [
  failure("failure-as-message", "A failure is {message}.", (message) => ({ message })),
  failure("failure-as-error", "A failure is {error}.", (error) => ({ error })),
  failure("failure-as-error-object", "A failure is {error: {message}}.", (message) => ({ error: { message } })),
  failure("failure-as-errors", "A failure is {errors: [text]}.", (message) => ({ errors: [message] })),
  {
    name: "failure-as-text",
    does: "A failure is a plain text.",
    group: "failures",
    on: "failures",
    reply: (reply, body) => ({
      ...reply,
      headers: { ...reply.headers, "content-type": "text/plain" },
      body: Buffer.from(body === undefined ? "" : messageOf(body)),
    }),
  },
  {
    name: "failure-by-status-alone",
    does: "A failure has an HTTP status and no body.",
    group: "failures",
    on: "failures",
    reply: (reply) => ({ ...reply, headers: withoutType(reply.headers), body: Buffer.alloc(0) }),
  },
];

const withoutType = ({ "content-type": _type, ...headers }: Record<string, string>): Record<string, string> => headers;

const idOf = (data: unknown): unknown => {
  const inner = isObject(data) ? Object.values(data).find(isObject) : undefined;
  return inner?.id;
};

const writeShapes: readonly Shape[] = [
  {
    name: "writes-answer-204",
    does: "A write answers 204 without a body.",
    group: "writes",
    on: "writes",
    reply: (reply) => ({ status: 204, headers: withoutType(reply.headers), body: Buffer.alloc(0) }),
  },
  {
    name: "writes-answer-nothing",
    does: "A write answers 200 with an empty body.",
    group: "writes",
    on: "writes",
    reply: (reply) => ({ ...reply, headers: withoutType(reply.headers), body: Buffer.alloc(0) }),
  },
  {
    name: "writes-answer-a-message",
    does: "`data` of a write is {message}.",
    group: "writes",
    on: "writes",
    data: () => ({ message: "Done." }),
  },
  {
    name: "writes-answer-an-id",
    does: "`data` of a write is {id}.",
    group: "writes",
    on: "writes",
    data: (data) => (idOf(data) === undefined ? { message: "Done." } : { id: idOf(data) }),
  },
];

const texts = new Set(["name", "note", "pattern"]);

/** What the service keeps of names, notes, patterns and chips. */
const stored = (name: string, does: string, keep: (text: string) => string): Shape => ({
  name,
  does,
  group: "stored",
  on: "writes",
  request: (received) => ({
    ...received,
    form: Object.fromEntries(
      Object.entries(received.form).map(([key, value]) => {
        if (key === "chips") return [key, value.split(",").map(keep).join(",")];
        return [key, texts.has(key) && value !== "" ? keep(value) : value];
      }),
    ),
  }),
});

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const storedShapes: readonly Shape[] = [
  stored("texts-trimmed", "Names, notes, patterns and chips are kept without blanks at their ends.", (text) =>
    text.trim(),
  ),
  stored("texts-truncated", "Names, notes, patterns and chips are kept up to 24 characters.", (text) =>
    text.slice(0, 24),
  ),
  stored("texts-lower-cased", "Names, notes, patterns and chips are kept in lower case.", (text) => text.toLowerCase()),
  stored("texts-normalized", "Names, notes, patterns and chips are kept in Unicode form C.", (text) =>
    text.normalize("NFC"),
  ),
  stored("texts-html-escaped", "Names, notes, patterns and chips are kept with HTML entities.", escapeHtml),
];

const storedKeys =
  /^(name|note|pattern|chips|ref|summary_report_frequency|condition|function|timezone|phone_number|slack_member_id)$/;
/** Operations that show the objects of resources. */
const objectOperations = [
  "createWatcher",
  "createThresholdWatcher",
  "updateWatcher",
  "listWatchers",
  "addExclusion",
  "listExclusions",
  "updateAdminAlerts",
  "listAdminAlerts",
  "getOrg",
  "updateOrg",
  "listUsers",
  "updateUser",
];

/** What the service shows of every text of an object, parts included; the type of an exclusion is a text as well. */
const shown = (name: string, does: string, show: (text: string) => string): Shape => ({
  name,
  does,
  group: "stored",
  on: objectOperations,
  data: (data, { operation }) =>
    mapValues(data, (value, key) => {
      const isStored = storedKeys.test(key) || (key === "type" && /Exclusions?$/.test(operation));
      return isStored && typeof value === "string" ? show(value) : value;
    }),
});

const shownShapes: readonly Shape[] = [
  shown("all-texts-lower-cased", "Every text of an object is shown in lower case.", (text) => text.toLowerCase()),
  shown("all-texts-upper-cased", "Every text of an object is shown in upper case.", (text) => text.toUpperCase()),
  shown("all-texts-normalized", "Every text of an object is shown in Unicode form C.", (text) => text.normalize("NFC")),
  shown("all-texts-padded", "Every text of an object is shown with a blank at its end.", (text) =>
    text === "" ? text : `${text} `,
  ),
  shown("all-texts-html-escaped", "Every text of an object is shown with HTML entities.", escapeHtml),
];

const hashed = (value: unknown): unknown => (typeof value === "string" && value !== "" ? `#${value}` : value);

const channelShapes: readonly Shape[] = [
  {
    name: "channels-with-hash",
    does: "Names of Slack channels come with `#`.",
    group: "channels",
    on: "all",
    data: values((value, key) => {
      if (!isObject(value)) return value;
      if (key === "channels") return { ...value, name: hashed(value.name) };
      return key === "alerts" && value.method === "slack" ? { ...value, ref: hashed(value.ref) } : value;
    }),
  },
];

const refuse = (status: number, message: string, headers: Record<string, string> = {}): Reply =>
  jsonReply(status, { status: { code: status }, data: { message } }, headers);

const fits = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);

/** These operations have another method than the contract says; the contract's one is refused. */
const otherMethod = (
  name: string,
  does: string,
  group: string,
  details: { on: readonly string[]; method: string; status: number },
): Shape => ({
  name,
  does,
  group,
  on: details.on,
  request: (received, routes) => {
    const { on, method, status } = details;
    const route = routes.find((row) => on.includes(row.operation) && fits(row.path, received.path));
    if (route === undefined) return received;
    if (received.method === route.method) {
      return refuse(status, "This path does not accept that method.", status === 405 ? { allow: method } : {});
    }
    if (received.method !== method) return received;
    const sent = { ...received.query, ...received.form };
    return route.method === "GET"
      ? { ...received, method: route.method, query: sent, form: {} }
      : { ...received, method: route.method, query: {}, form: sent };
  },
});

const lists = ["listWatchers", "listExclusions", "listUsers", "listChannels"];

/** Refuses a parameter that may be left out. */
const unknownParameter = (parameter: string, on: readonly string[]): Shape => ({
  name: `${parameter.replaceAll("_", "-")}-refused`,
  does: `The optional parameter \`${parameter}\` is refused with 400.`,
  group: parameter,
  on,
  request: (received, routes) => {
    const route = routes.find((row) => on.includes(row.operation) && fits(row.path, received.path));
    if (route === undefined || received.query[parameter] === undefined) return received;
    const data = { message: `Unknown parameter: ${parameter}.`, errors: { [parameter]: "Unknown parameter." } };
    return jsonReply(400, { status: { code: 400 }, data });
  },
});

const askingShapes: readonly Shape[] = [
  otherMethod("lists-by-post", "Lists are read by POST; GET answers 405 with Allow.", "read-method", {
    on: lists,
    method: "POST",
    status: 405,
  }),
  otherMethod("lists-by-post-404", "Lists are read by POST; GET answers 404.", "read-method", {
    on: lists,
    method: "POST",
    status: 404,
  }),
  otherMethod("updates-by-put", "Updates are made by PUT; POST answers 405 with Allow.", "write-method", {
    on: ["updateWatcher", "updateOrg", "updateUser"],
    method: "PUT",
    status: 405,
  }),
  unknownParameter("include_deleted", ["listWatchers"]),
  unknownParameter("metrics_limit", ["listChips", "testExclusion"]),
  unknownParameter("limit", ["listMetrics", "listQuotaMetrics"]),
];

const pageSize = 10;

/** Cuts the lists of these operations into pages of ten; `more` says that there are others. */
const paged = (name: string, does: string, more: (found: { total: number; next: number | null }) => Json): Shape => ({
  name,
  does,
  group: "pages",
  on: lists,
  data: (data, { query }) => {
    if (!isObject(data)) return data;
    const [list] = Object.entries(data).filter(([, value]) => Array.isArray(value));
    if (list === undefined) return data;
    const [key, items] = list as [string, unknown[]];
    const size = Math.min(pageSize, Number(query.limit ?? query.per_page ?? pageSize) || pageSize);
    const offset = query.page === undefined ? Number(query.offset ?? 0) : (Number(query.page) - 1) * size;
    const end = offset + size;
    const found = { total: items.length, next: end < items.length ? end : null };
    return { ...data, [key]: items.slice(offset, end), ...more(found) };
  },
});

function firstTen(data: unknown, more: (total: number) => Json): unknown {
  if (!isObject(data)) return data;
  const [list] = Object.entries(data).filter(([, value]) => Array.isArray(value));
  if (list === undefined) return data;
  const [key, items] = list as [string, unknown[]];
  return { ...data, [key]: items.slice(0, pageSize), ...more(items.length) };
}

const pageShapes: readonly Shape[] = [
  paged("pages-with-total", "Lists come in pages of ten, by limit and offset, with `total`.", ({ total }) => ({
    total,
  })),
  paged("pages-with-next", "Lists come in pages of ten, by limit and offset, with `next_offset`.", ({ next }) => ({
    next_offset: next,
  })),
  paged(
    "pages-that-say-nothing",
    "Lists come in pages of ten, by limit and offset, and say nothing of it.",
    () => ({}),
  ),
  {
    name: "pages-out-of-reach",
    does: "Lists end after ten, say the `total`, and give the same ten whatever page is asked for.",
    group: "pages",
    on: lists,
    data: (data) => firstTen(data, (total) => ({ total })),
  },
  {
    name: "pages-refused",
    does: "Lists end after ten, say nothing of it, and refuse limit and offset with 400.",
    group: "pages",
    on: lists,
    request: (received, routes) => {
      const route = routes.find((row) => lists.includes(row.operation) && fits(row.path, received.path));
      const sent = { ...received.query, ...received.form };
      if (route === undefined || (sent.limit === undefined && sent.offset === undefined)) return received;
      return refuse(400, "Unknown parameters: limit, offset.");
    },
    data: (data) => firstTen(data, () => ({})),
  },
];

/** All shapes. What is inside a value comes before what is around it. */
export const shapes: readonly Shape[] = [
  ...storedShapes,
  ...shownShapes,
  ...channelShapes,
  ...askingShapes,
  ...pageShapes,
  ...valueShapes,
  ...writeShapes,
  ...dataShapes,
  ...failureShapes,
  ...envelopeShapes,
];

/** Which shapes the service has at the moment. */
export interface ShapeMode {
  /** By name; those before are gone. */
  set(...names: readonly string[]): void;
  /** Leaves fields out of replies, beside the shapes. */
  omit(...fields: readonly ReplyField[]): void;
  /** Begins to note which fields replies have. */
  record(): void;
  /** The fields of all replies to successes since `record`. */
  recorded(): ReplyField[];
  /** Ends all shapes and omissions. */
  clear(): void;
}

/** A field of a reply. */
export interface ReplyField {
  readonly operation: string;
  /** Dotted path inside `data`, with `[]` for the items of a list: `watchers[].name`. */
  readonly field: string;
}

/** The shapes of one simulator. */
export class ShapeList implements ShapeMode {
  readonly #routes: readonly Route[];
  #active: readonly Shape[] = [];
  #omitted: readonly ReplyField[] = [];
  #recorded: Map<string, Set<string>> | undefined;

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  set(...names: readonly string[]): void {
    const unknown = names.find((name) => !shapes.some((shape) => shape.name === name));
    if (unknown !== undefined) throw new Error(`There is no shape "${unknown}".`);
    this.#active = shapes.filter(({ name }) => names.includes(name));
  }

  omit(...fields: readonly ReplyField[]): void {
    this.#omitted = fields;
  }

  record(): void {
    this.#recorded = new Map();
  }

  recorded(): ReplyField[] {
    return [...(this.#recorded ?? [])].flatMap(([operation, fields]) =>
      [...fields].map((field) => ({ operation, field })),
    );
  }

  clear(): void {
    this.#active = [];
    this.#omitted = [];
  }

  /** The request as the contract has it, or a reply that refuses it. */
  receive(received: Received): Received | { readonly refused: Reply } {
    let request = received;
    for (const { request: change } of this.#active) {
      const changed = change?.(request, this.#routes);
      if (changed === undefined) continue;
      if (!("path" in changed)) return { refused: changed };
      request = changed;
    }
    return request;
  }

  #note(operation: string, data: unknown): void {
    if (this.#recorded === undefined) return;
    const fields = this.#recorded.get(operation) ?? new Set<string>();
    this.#recorded.set(operation, fields);
    for (const field of fieldsIn(data)) fields.add(field);
  }

  /** The reply as the service sends it. */
  send(reply: Reply, route: Route | null, query: Readonly<Record<string, string>>): Reply {
    const isPlain = this.#active.length === 0 && this.#omitted.length === 0 && this.#recorded === undefined;
    if (isPlain || route === null) return reply;
    const isJson = reply.headers["content-type"]?.startsWith("application/json") === true;
    const context = { operation: route.operation, isWrite: route.method !== "GET", query };
    const isFailure = reply.status >= 400;
    const touching = this.#active.filter(({ on }) => touches(on, context, isFailure));
    const body = isJson ? (JSON.parse(reply.body.toString("utf8")) as Json) : undefined;
    if (body === undefined || !isObject(body.data)) return reply;
    if (!isFailure) this.#note(route.operation, body.data);
    const omitted = this.#omitted.filter(({ operation }) => operation === route.operation && !isFailure);
    if (touching.length === 0 && omitted.length === 0) return reply;
    const left = omitted.reduce<unknown>((inner, { field }) => without(inner, field.split(".")), body.data);
    const data = touching.reduce<unknown>((inner, shape) => (shape.data ? shape.data(inner, context) : inner), left);
    let sent = jsonReply(reply.status, { ...body, data }, reply.headers);
    for (const { reply: change } of touching) {
      const text = sent.body.toString("utf8");
      const isText = sent.headers["content-type"]?.startsWith("application/json") === true;
      const current: unknown = isText && text !== "" ? JSON.parse(text) : undefined;
      if (change) sent = change(sent, isObject(current) ? current : undefined, context);
    }
    return sent;
  }
}

/** The value without what is at a path. */
function without(value: unknown, [step = "", ...rest]: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const key = step.replace(/\[\]$/, "");
  if (rest.length === 0 && key === step) {
    const { [key]: _left, ...others } = value;
    return others;
  }
  const inner = value[key];
  if (inner === undefined) return value;
  const changed = Array.isArray(inner) ? inner.map((item) => without(item, rest)) : without(inner, rest);
  return { ...value, [key]: changed };
}

/** Dotted paths of all fields inside a value. */
function fieldsIn(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}[]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = path === "" ? key : `${path}.${key}`;
    return [field, ...fieldsIn(inner, field)];
  });
}

function touches(on: Shape["on"], { operation, isWrite }: ShapeContext, isFailure: boolean): boolean {
  if (on === "failures") return isFailure;
  if (on === "all") return true;
  if (isFailure) return false;
  if (on === "reads") return !isWrite;
  return on === "writes" ? isWrite : on.includes(operation);
}
