import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AbortedError, type ClientEvent, type ClientOptions, TimeoutError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, errorOf, failure, reply, serve, silence } from "./server.ts";

/** A back-off that no test waits for. */
const forever: ClientOptions = { retryDelay: 2_000_000_000, maxRetryDelay: 2_000_000_000 };

test("an attempt that is not answered in time is reported", async () => {
  const server = await serve(silence);
  const sent: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => event.type === "request" && sent.push(event);
  const error = await errorOf(clientOf(server, { timeout: 100, retries: 1, onEvent }).watchers.list());
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ limit: "timeout", outcome: "refused" });
  expect(error.message).toBe(
    "Anomify did not answer within 0.1 s when asked to list watchers after 2 attempts. GET /watchers/list",
  );
  expect(sent).toHaveLength(2);
});

test("a reply that stalls counts as not answered", async () => {
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json" }).write('{"status":');
  });
  const error = await errorOf(clientOf(server, { timeout: 100, retries: 0 }).watchers.list());
  expect(error).toMatchObject({ name: "TimeoutError", limit: "timeout" });
});

test("a failure that stalls counts as not answered", async () => {
  const server = await serve((response) => {
    response.writeHead(503, { "content-type": "application/json" }).write('{"status":');
  });
  const error = await errorOf(clientOf(server, { timeout: 100, retries: 0 }).watchers.list());
  expect(error).toMatchObject({ name: "TimeoutError", limit: "timeout" });
});

test("a write that is not answered may have taken effect", async () => {
  const server = await serve(silence);
  const error = await errorOf(clientOf(server, { timeout: 100 }).watcher.create({ chips: ["a"], name: "b" }));
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown" });
  // One attempt: a second one would stand in the message.
  expect(error.message).toMatch(/when asked to create watcher\. It may have taken effect\. POST \/watcher\/create$/);
});

test("the deadline ends an attempt", async () => {
  const server = await serve(silence);
  const error = await errorOf(clientOf(server, { deadline: 200 }).watcher.delete({ watcher_id: 1 }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ limit: "deadline", outcome: "unknown" });
  expect(error.message).toBe(
    "No success within the deadline of 0.2 s to delete watcher. It may have taken effect. POST /watcher/1/delete",
  );
});

test("the deadline ends a back-off and reports the last failure", async () => {
  const server = await serve(failure(503));
  const error = await errorOf(clientOf(server, { ...forever, deadline: 2000 }).watchers.list());
  expect(error).toMatchObject({ name: "TimeoutError", limit: "deadline" });
  expect(error.message).toBe(
    "No success within the deadline of 2 s to list watchers (last failure: 503). GET /watchers/list",
  );
  expect(server.received).toHaveLength(1);
});

test("a call may have its own deadline", async () => {
  const server = await serve(silence);
  const error = await errorOf(clientOf(server).org.info({ deadline: 100 }));
  expect(error.message).toContain("within the deadline of 0.1 s");
});

test("the deadline ends the wait for a turn, and nothing was sent", async () => {
  const server = await serve(silence);
  const stop = new AbortController();
  const client = clientOf(server, { concurrency: 1 });
  const first = errorOf(client.watchers.list({}, { signal: stop.signal }));
  const error = await errorOf(client.watcher.delete({ watcher_id: 1 }, { deadline: 100 }));
  expect(error).toMatchObject({ name: "TimeoutError", limit: "deadline", outcome: "not-sent" });
  expect(error.message).toContain("(waiting for other calls)");
  stop.abort();
  await first;
});

test("a signal that has fired already sends nothing", async () => {
  const server = await serve(silence);
  const error = await errorOf(clientOf(server).org.info({ signal: AbortSignal.abort() }));
  expect(error).toBeInstanceOf(AbortedError);
  expect(error).toMatchObject({ name: "AbortedError", outcome: "not-sent", operation: "getOrg" });
  expect(server.received).toEqual([]);
});

test("a signal ends an attempt", async () => {
  const stop = new AbortController();
  const server = await serve(() => stop.abort(new Error("the user pressed ctrl-c")));
  const error = await errorOf(clientOf(server).watcher.delete({ watcher_id: 1 }, { signal: stop.signal }));
  expect(error).toMatchObject({ name: "AbortedError", outcome: "unknown" });
  expect(error.message).toBe(
    "The call to delete watcher was aborted. It may have taken effect. POST /watcher/1/delete",
  );
  expect(error.cause).toMatchObject({ message: "the user pressed ctrl-c" });
  expect(server.received).toHaveLength(1);
});

test("a signal ends the reading of a reply", async () => {
  const stop = new AbortController();
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json" }).write('{"status":', () => stop.abort());
  });
  expect(await errorOf(clientOf(server).org.info({ signal: stop.signal }))).toMatchObject({
    name: "AbortedError",
  });
});

test("a signal ends a back-off", async () => {
  const stop = new AbortController();
  const server = await serve(failure(503));
  const client = clientOf(server, {
    ...forever,
    onEvent: ({ type }) => type === "retry" && setImmediate(() => stop.abort()),
  });
  const error = await errorOf(client.watcher.delete({ watcher_id: 1 }, { signal: stop.signal }));
  expect(error).toMatchObject({ name: "AbortedError", outcome: "unknown" });
  expect(server.received).toHaveLength(1);
});

test("the signal of the client ends all its calls, those that wait for a turn too", async () => {
  const stop = new AbortController();
  const server = await serve(() => stop.abort());
  const client = clientOf(server, { concurrency: 1, signal: stop.signal });
  const errors = await Promise.all([client.org.info(), client.org.users(), client.org.channels()].map(errorOf));
  expect(errors.map(({ name }) => name)).toEqual(["AbortedError", "AbortedError", "AbortedError"]);
  expect(server.received).toHaveLength(1);
  expect(await errorOf(client.org.info())).toMatchObject({ name: "AbortedError", outcome: "not-sent" });
});

test("an answer that comes after its attempt was given up is not taken for that of the next one", async () => {
  const late = Promise.withResolvers<void>();
  let count = 0;
  const client = clientOf(
    { url: "http://127.0.0.1", received: [] },
    {
      timeout: 500,
      // Does not listen to the request's signal.
      fetch: async () => {
        count += 1;
        if (count === 1) await late.promise;
        else late.resolve();
        return Response.json({ status: { code: 200 }, data: { ping: `answer ${count === 2 ? 2 : 1}` } });
      },
    },
  );
  expect((await client.ping.ping()).data.ping).toBe("answer 2");
});

test("a finished call leaves nothing that keeps the process alive", async () => {
  const server = await serve(reply({ ping: "pong" }));
  const program = `
    import { createClient } from ${JSON.stringify(new URL("../../sdk/index.ts", import.meta.url).href)};
    const options = { endpoint: "${server.url}", deadline: 2_000_000_000, timeout: 2_000_000_000 };
    console.log((await createClient(options).ping.ping()).data.ping);
  `;
  const args = ["--input-type=module", "--eval", program];
  // Ends only when nothing is left to wait for.
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe("pong\n");
});
