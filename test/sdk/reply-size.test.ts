import { gzipSync } from "node:zlib";
import { ResponseShapeError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { type Answer, clientOf, errorOf, reply, serve } from "./server.ts";

const text = "x".repeat(2000);

test("a reply of the largest size is read", async () => {
  const body = JSON.stringify({ status: { code: 200 }, data: { ping: text } });
  const server = await serve((response) => response.end(body));
  expect((await clientOf(server, { maxReplyBytes: body.length }).ping.ping()).data.ping).toBe(text);
  const error = await errorOf(clientOf(server, { maxReplyBytes: body.length - 1 }).ping.ping());
  expect(error).toBeInstanceOf(ResponseShapeError);
  expect(error.message).toBe(
    `The reply to ping (ping) cannot be used: it is larger than ${body.length - 1} bytes, the limit of this client (option maxReplyBytes). GET /ping`,
  );
});

test("a reply without end is given up, not asked for again, and its connection closed", async () => {
  const closed = Promise.withResolvers<void>();
  const endless: Answer = (response) => {
    response.on("close", closed.resolve);
    const more = (): void => {
      while (response.write(text));
      response.once("drain", more);
    };
    more();
  };
  const server = await serve(endless);
  expect(await errorOf(clientOf(server, { maxReplyBytes: 100_000 }).watchers.list())).toBeInstanceOf(
    ResponseShapeError,
  );
  await closed.promise;
  expect(server.received).toHaveLength(1);
});

test("what counts is the size of what was unpacked", async () => {
  const packed = gzipSync(JSON.stringify({ status: { code: 200 }, data: { ping: "x".repeat(1_000_000) } }));
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(packed);
  });
  expect(packed.length).toBeLessThan(10_000);
  expect(await errorOf(clientOf(server, { maxReplyBytes: 10_000 }).ping.ping())).toBeInstanceOf(ResponseShapeError);
});

test("behind a write it may have taken effect", async () => {
  const server = await serve(reply({ watcher: { id: 1, name: text } }));
  const error = await errorOf(clientOf(server, { maxReplyBytes: 1000 }).watcher.create({ chips: ["a"], name: "b" }));
  expect(error).toMatchObject({ name: "ResponseShapeError", outcome: "unknown" });
  expect(error.message).toContain("It may have taken effect.");
  expect(server.received).toHaveLength(1);
});
