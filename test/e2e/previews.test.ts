import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePlan } from "../../cli/replay/plan.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { differences, recordPreviews } from "../helpers/previews.ts";

test("docs/previews.md shows what the Pulumi CLI prints (else: npm run previews)", async () => {
  await ensureBuilt();
  const page = readFileSync(new URL("../../docs/previews.md", import.meta.url), "utf8");
  const recorded = await recordPreviews("pulumi");
  expect(differences(page, recorded)).toEqual([]);

  const narrowed = recorded.find(({ plan }) => plan !== undefined);
  const urn = `urn:pulumi:dev::shop::${typeToken("Watcher")}::cpu`;
  expect(narrowed?.result.diagnostics, "an event of the engine about the resource itself").toContainEqual({
    severity: "info",
    urn,
    message: "412 → 38 metrics; no longer db.cpu.* (374). Over the last 7 days: 12 alerts before, 3 after.",
  });
  const { after, removed } = parsePlan(narrowed?.plan ?? "", "plan.json");
  expect(after.resources).toMatchObject([{ kind: "Watcher", urn, id: "501", outputs: { chips: ["cpu", "idle"] } }]);
  expect(removed.resources).toEqual([]);
});
