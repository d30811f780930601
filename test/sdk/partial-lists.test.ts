import { ResponseShapeError } from "pulumi-anomify/sdk";
import { expect, test } from "vitest";
import { clientOf, failure, json, reply, serve } from "./server.ts";

const channelsOf = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `C${start + index}`, name: `c${start + index}`, private: false }));
const idsOf = (channels: readonly { id?: string | undefined }[]) => channels.map(({ id }) => id);
const all = (count: number) => idsOf(channelsOf(count));

test.each([
  ["total", { total: 3 }, { total: 3 }],
  ["a total as a text", { total: "3" }, { total: "3" }],
  ["meta.total", { meta: { total: 3 } }, { meta: { total: 3 } }],
  ["next", { next: 2 }, { next: null }],
  ["has_more", { has_more: true }, { has_more: false }],
])("a list that says there is more is read to its end: %s", async (_, first, last) => {
  const server = await serve(
    reply({ channels: channelsOf(2), ...first }),
    reply({ channels: channelsOf(1, 2), ...last }),
  );
  expect(idsOf((await clientOf(server).org.channels()).data.channels)).toEqual(all(3));
  expect(server.received.map(({ query }) => query)).toEqual([{}, { limit: "2", offset: "2" }]);
});

test("a full page of a round size is asked for the next one", async () => {
  const server = await serve(
    reply({ channels: channelsOf(10) }),
    reply({ channels: channelsOf(10, 10) }),
    reply({ channels: channelsOf(3, 20) }),
  );
  expect(idsOf((await clientOf(server).org.channels()).data.channels)).toEqual(all(23));
});

test.each([
  ["the same page again", reply({ channels: channelsOf(10) })],
  ["an empty page", reply({ channels: [] })],
  ["a refusal", failure(400, "Unknown parameter: limit.")],
])("a list of ten that is answered by %s is whole", async (_, second) => {
  const server = await serve(reply({ channels: channelsOf(10) }), second);
  expect(idsOf((await clientOf(server).org.channels()).data.channels)).toEqual(all(10));
});

test("a list that says there is more and does not give it is an error", async () => {
  const server = await serve(
    reply({ channels: channelsOf(2), total: 5 }),
    reply({ channels: channelsOf(2), total: 5 }),
  );
  const call = clientOf(server).org.channels();
  await expect(call).rejects.toBeInstanceOf(ResponseShapeError);
  await expect(call).rejects.toThrow("What is not in the list is not known to be gone, so nothing is done.");
});

test("a short list is one request", async () => {
  const server = await serve(json(200, { status: { code: 200 }, data: { channels: channelsOf(9) } }));
  await clientOf(server).org.channels();
  expect(server.received).toHaveLength(1);
});

test.each([
  ["says that there is more", reply({ channels: channelsOf(10), total: 50 }), "said"],
  ["has a round number and refuses more", failure(400, "Unknown parameter: limit."), "possible"],
])("a list that %s is marked as partial where that is welcome", async (_, second, certainty) => {
  const first = certainty === "said" ? { channels: channelsOf(10), total: 50 } : { channels: channelsOf(10) };
  const server = await serve(reply(first), second);
  const { data, partial } = await clientOf(server).org.channels({ allowPartial: true });
  expect(idsOf(data.channels)).toEqual(all(10));
  expect(partial).toMatchObject({ certainty, error: { name: "ResponseShapeError", operation: "listChannels" } });
});

test("a whole list is not marked", async () => {
  const server = await serve(reply({ channels: channelsOf(9) }), reply({ channels: channelsOf(10) }));
  const client = clientOf(server);
  expect(await client.org.channels({ allowPartial: true })).not.toHaveProperty("partial");
  // The same page again: the service has no pages.
  expect(await client.org.channels({ allowPartial: true })).not.toHaveProperty("partial");
});
