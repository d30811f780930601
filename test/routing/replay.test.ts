import { compare, declare, replay } from "pulumi-anomify/routing";
import { expect, test } from "vitest";

test("two replays are compared by recipient", () => {
  const of = (emailUsers: string[], expiration: string) =>
    replay(
      declare({ watchers: [{ name: "CPU", chips: ["cpu"], emailUsers, expiration }] }),
      [0, 1800, 3600].map((timestamp) => ({ metric: "db.cpu", timestamp })),
      { from: 0, until: 7200 },
    );
  const [a, b] = ["ana@example.com", "ben@example.com"];
  expect(compare(of([a], "1h"), of([a, b], "30m"))).toMatchObject([
    { to: a, by: "email", before: 2, after: 3 },
    { to: b, before: 0, after: 3 },
  ]);
});
