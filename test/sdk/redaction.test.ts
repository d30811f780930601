import { inspect } from "node:util";
import fc from "fast-check";
import { type ClientEvent, createClient } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { createScrub, excerpt, safeCause } from "../../sdk/redact.ts";
import { clientOf, errorOf, failure, json, page, reply, serve } from "./server.ts";

fc.configureGlobal({ seed: 20260112, numRuns: 300 });

const token = "org/token+with=signs&more";
const webhook = "https://example.webhook.office.com/webhookb2/11-22@33/IncomingWebhook/44é?sig=a+b&x=1";

/** Everything of a value that could end up in a log. */
function printed(value: unknown): string {
  const parts = [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    JSON.stringify(value),
    String(value),
  ];
  for (let error = value; error instanceof Error; error = error.cause) parts.push(error.message, error.stack ?? "");
  return parts.join("\n");
}

/** Ways in which a server may echo a value. */
const echoes: ReadonlyArray<[name: string, echo: (value: string) => string]> = [
  ["plain", (value) => value],
  ["percent-encoded", (value) => encodeURIComponent(value)],
  ["percent-encoded in lower case", (value) => encodeURIComponent(value).replace(/%../g, (hex) => hex.toLowerCase())],
  ["percent-encoded twice", (value) => encodeURIComponent(encodeURIComponent(value))],
  ["form-encoded", (value) => new URLSearchParams({ v: value }).toString().slice(2)],
  ["JSON-escaped", (value) => JSON.stringify(value).slice(1, -1)],
  [
    "JSON-escaped as PHP does",
    (value) => JSON.stringify(value).slice(1, -1).replaceAll("/", "\\/").replaceAll("é", "\\u00e9"),
  ],
  ["HTML-escaped", (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")],
  ["in upper case", (value) => value.toUpperCase()],
  ["in lower case", (value) => value.toLowerCase()],
];

test.each(echoes)("the token is masked in a failure that echoes it %s", async (_, echo) => {
  const text = `bad credential ${echo(token)} given`;
  const server = await serve(
    failure(400, text, { errors: { [text]: text, list: [text] } }),
    page(400, `<p>${text}</p>`),
    page(200, text),
  );
  const client = clientOf(server, { token });
  for (const error of [
    await errorOf(client.org.info()),
    await errorOf(client.org.info()),
    await errorOf(client.org.info()),
  ]) {
    expect(printed(error).toLowerCase()).not.toContain(echo(token).toLowerCase());
    expect(error.message).toContain("bad credential [redacted] given");
  }
});

test.each(echoes)("a webhook is masked in a failure that echoes it %s", async (_, echo) => {
  const server = await serve(failure(400, `cannot reach ${echo(webhook)} today`));
  const client = clientOf(server);
  const error = await errorOf(client.watcher.update({ watcher_id: 1, ms_teams_webhook: webhook }));
  expect(printed(error).toLowerCase()).not.toContain(echo(webhook).toLowerCase());
  expect(printed(error)).not.toMatch(/IncomingWebhook|sig=/i);
});

test("a webhook that this client never sent is masked too, and a half of one", async () => {
  const server = await serve(failure(400, `stored ${webhook} and ${webhook.slice(0, 60)}... are both dead`));
  const error = await errorOf(clientOf(server).watcher.update({ watcher_id: 1, name: "a" }));
  expect(printed(error)).not.toMatch(/webhookb2|IncomingWebhook|sig=/);
  expect(error.message).toContain("https://example.webhook.office.com/[redacted]");
});

const secrets = {
  password: "correct horse battery",
  code: "123456",
  reset: "0123456789abcdef0123456789abcdef",
  session: "fedcba9876543210fedcba9876543210",
};

test("passwords, codes and reset tokens are masked", async () => {
  const echo = { status: { code: 400 }, data: { message: Object.values(secrets).join(" ") } };
  const server = await serve(json(400, echo));
  const person = clientOf(server, { sessionId: secrets.session });
  const { password, code, reset } = secrets;
  const passwords = { new_password_1: password, new_password_2: password };
  const calls = [
    [person.login.login({ email: "ana@example.com", password }), [password]],
    [person.login.validateClient({ code, token: reset }), [code, reset, secrets.session]],
    [person.login.resetPassword({ token: reset, ...passwords }), [reset, password]],
    [person.user.updatePassword({ old_password: password, ...passwords }), [password, secrets.session]],
    [person.user.updatePasswordOld({ old_password: password, ...passwords }), [password, secrets.session]],
    [
      person.signup.verify({ email: "a@b", verification_token: reset, password_1: password, password_2: password }),
      [reset, password],
    ],
  ] as const;
  for (const [call, hidden] of calls) {
    const text = printed(await errorOf(call));
    for (const secret of hidden) expect(text).not.toContain(secret);
  }
});

test("a code in a path is masked", async () => {
  const server = await serve(failure(404, "No alert my-alert-code"));
  const error = await errorOf(clientOf(server).org.adminAlertByCode({ alert_code: "my-alert-code" }));
  expect(printed(error)).not.toContain("my-alert-code");
  expect(error.message).toContain("GET /org/adminalert/{alert_code}");
});

test("refused parameters are decided without their values", async () => {
  const server = await serve(reply({}));
  const error = await errorOf(
    clientOf(server).watcher.create({ chips: ["a"], name: "b", ms_teams_webhook: "hooks.example.com/very-secret" }),
  );
  expect(error).toMatchObject({ name: "InvalidRequestError" });
  expect(printed(error)).not.toContain("very-secret");
});

test("a reply of the wrong shape is decided without what is in it", async () => {
  const alerts = [{ method: "ms_teams", ref: { url: webhook } }];
  const server = await serve(
    reply({ watchers: [{ id: 1, alerts }], session: secrets.session }, { session_id: secrets.session }),
  );
  const error = await errorOf(clientOf(server, { token }).watchers.list());
  expect(error).toMatchObject({ name: "ResponseShapeError" });
  for (const secret of [webhook, secrets.session, token]) expect(printed(error)).not.toContain(secret);
});

test("the client prints its endpoint and nothing else", async () => {
  for (const options of [{ token }, { sessionId: secrets.session }]) {
    const client = createClient({ ...options, endpoint: "https://api.example.com" });
    expect(inspect(client)).toBe("{ endpoint: 'https://api.example.com' }");
    expect(JSON.stringify(client)).toBe('{"endpoint":"https://api.example.com"}');
    expect(printed([client, client.org, client.org.info])).not.toMatch(/org\/token|fedcba/);
  }
});

test("events hold no values", async () => {
  const events: ClientEvent[] = [];
  const server = await serve(failure(503, token));
  const client = clientOf(server, { token, retries: 1, onEvent: (event) => events.push(event) });
  await errorOf(client.watcher.update({ watcher_id: 4242, name: "private", ms_teams_webhook: webhook }));
  expect(events.length).toBeGreaterThan(3);
  expect(printed(events)).not.toMatch(/4242|private|webhook\.office|org\/token/);
});

test("the cause of a failed connection is masked", async () => {
  const inner = Object.assign(new Error(`proxy refused ${token}`), { headers: { token } });
  const fetch = () => Promise.reject(new TypeError(`fetch failed for ${token}`, { cause: inner }));
  const error = await errorOf(
    clientOf({ url: "http://127.0.0.1", received: [] }, { token, fetch, retries: 0 }).org.info(),
  );
  expect(printed(error)).not.toContain(token);
  expect(error.cause).toMatchObject({
    message: "fetch failed for [redacted]",
    cause: { message: "proxy refused [redacted]" },
  });
});

test("the reason of an abort is masked", async () => {
  const signal = AbortSignal.abort(new Error(`stopped ${token}`));
  const error = await errorOf(createClient({ token }).org.info({ signal }));
  expect(printed(error)).not.toContain(token);
});

test("no spelling of any secret survives", () => {
  const secret = fc.string({ unit: "grapheme", minLength: 4, maxLength: 40 });
  fc.assert(
    fc.property(secret, fc.constantFrom(...echoes), fc.string(), fc.string(), (value, [, echo], before, after) => {
      const scrubbed = createScrub([value])(`${before} ${echo(value)} ${after}`);
      // The mask itself, and what stands around the secret, may happen to hold it.
      fc.pre(!`${before} [redacted] ${after}`.toLowerCase().includes(echo(value).toLowerCase()));
      expect(scrubbed.toLowerCase()).not.toContain(echo(value).toLowerCase());
    }),
  );
});

test("a secret that is a part of another does not leave the rest of it", () => {
  const scrub = createScrub(["abcd", "abcdefgh", "cdef"]);
  expect(scrub("x abcdefgh y abcd z")).toBe("x [redacted] y [redacted] z");
});

test("a text with a very short secret is masked as a whole", () => {
  expect(createScrub(["42"])("the code 42 is wrong")).toBe("[redacted]");
  expect(createScrub(["42"])("the code is wrong")).toBe("the code is wrong");
  expect(createScrub([""])("nothing to hide")).toBe("nothing to hide");
});

test("a text is masked before it is cut", () => {
  const secret = "s3cr3t".repeat(10);
  expect(excerpt(`${"x".repeat(20)} ${secret}`, createScrub([secret]), 30)).toBe("xxxxxxxxxxxxxxxxxxxx [redacted…");
});

test("a cause is copied to a bounded depth, with nothing but name, message and code", () => {
  const loop = Object.assign(new Error("again"), { request: { token } });
  loop.cause = loop;
  const copy = safeCause(loop, createScrub([token]));
  expect(printed(copy)).not.toContain(token);
  expect(safeCause("no error", createScrub([]))).toBeUndefined();
});
