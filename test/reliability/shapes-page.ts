import type { Shape } from "pulumi-anomify/simulator";
import type { Verdict } from "./shapes.ts";

/** What was found about one difference, by kind. */
export interface ShapeRow {
  readonly shape: Shape;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

const cell = (verdict: Verdict | undefined): string => {
  if (verdict === undefined) return "";
  return verdict.outcome === "works" ? "works" : `${verdict.outcome} (${verdict.step})`;
};

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** docs/internals/first-contact.md. */
export function firstContactPage(rows: readonly ShapeRow[], kinds: readonly string[]): string {
  const cells = rows.flatMap(({ verdicts }) => [...verdicts.values()]);
  const count = (outcome: Verdict["outcome"]) => cells.filter((verdict) => verdict.outcome === outcome).length;
  const head = ["Difference", "What the service does", ...kinds];
  return [
    "<!-- Recorded by test/reliability/shapes.suite.ts. Do not edit. -->",
    "# First contact with a service that differs",
    "",
    "Nobody outside has seen the whole API answer. So the service may mean the same as the contract and say it in another form. This page shows what the provider makes of each such form.",
    "",
    "## Read the table",
    "",
    "Each cell is the main job of a kind of resource with a simulated service that differs: create, no changes, drift, repair, an update that the service refuses, delete.",
    "",
    "- **works**: the job goes to its end, without any setting. The refusal shows the reason that the service gave.",
    "- **safe (step)**: that step fails with a message. Nothing is written twice or lost: when the service then stops to differ, as for a release that understands it, one `pulumi up` brings all in order, a refresh finds nothing to change, and a deletion leaves nothing behind.",
    "- **unsafe (step)**: something happened that must not, such as a false diff. Each of these is a fault to mend.",
    "",
    `${count("works")} work, ${count("safe")} are safe, ${count("unsafe")} are unsafe.`,
    "",
    line(head),
    line(head.map(() => "---")),
    ...rows.map(({ shape, verdicts }) =>
      line([`\`${shape.name}\``, shape.does, ...kinds.map((kind) => cell(verdicts.get(kind)))]),
    ),
    "",
    "Random combinations of five differences run too; of those, none may make a duplicate, an orphan, a false diff or a lost state.",
    "",
    "## Record it again",
    "",
    "```bash",
    "npm run build",
    "npx vitest run --config vitest.engine.config.ts test/reliability/shapes.suite.ts -u",
    "```",
    "",
    "More combinations, or others: `SHAPES_RUNS=1000 SHAPES_SEED=7`. A combination that fails is printed, made as small as it gets.",
    "",
    "## Add a difference",
    "",
    "Add a row to the list in `simulator/shapes.ts`: a name, a sentence, the operations it touches, and a function that changes the request, `data`, or the whole reply. Differences of one group exclude each other. Programs serve them by `simulator.shapes.set(name, …)`.",
    "",
  ].join("\n");
}
