import fc from "fast-check";
import { coverageTree, declare } from "pulumi-anomify/routing";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { number, percent, visible } from "../../cli/report/text.ts";
import { type Branch, cutTree, total } from "../../cli/report/tree.ts";
import { renameEverything } from "../helpers/hostile-names.ts";
import { largeReport } from "../helpers/large-report.ts";
import { page, readReport } from "../helpers/report-page.ts";

test("whatever things are called, it stays text: nothing of it is markup, and nothing hides or turns the rest", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const harmless = page(await readReport(simulator));
  renameEverything(acme);
  const html = page(await readReport(simulator));
  const tags = (text: string) => new Set(Array.from(text.matchAll(/<([^\s>]*)/g), ([, tag]) => tag));
  expect([...tags(html)].filter((tag) => !tags(harmless).has(tag))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
  expect(html).toContain("&lt;script>alert(&quot;1&quot;)&lt;/script>");
  expect(html).toContain("a[U+202E]b[U+2066]c[U+200F]d[U+061C]e");
  expect(html).toContain("&amp;lt;b&amp;gt;");
});

test("emoji and words whose letters are joined stay as they are; what is long is cut", () => {
  for (const text of ["👨‍👩‍👧", "نمی‌خواهم", "e\u0301", "Ελλάδα"]) expect(visible(text)).toBe(text);
  expect(visible("x".repeat(5_000))).toBe(`${"x".repeat(400)}…`);
});

test("a thousand watchers and ten thousand metrics make a page of less than a megabyte, which says what it leaves out", () => {
  const html = page(largeReport());
  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  expect(html).toContain("And 500 watchers more");
  expect(html).toContain("And 800 problems more");
  expect(html).toMatch(/And [\d,]+ of [\d,]+ watched, not shown one by one/);
});

const segment = fc.constantFrom("a", "b", "c", "d", 'e{x="1.2"}');
const names = fc.uniqueArray(
  fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(".")),
  { maxLength: 60 },
);
const limits = fc.record({
  nodes: fc.integer({ min: 1, max: 40 }),
  children: fc.integer({ min: 1, max: 4 }),
  depth: fc.integer({ min: 1, max: 4 }),
});

test("however a tree is cut, each branch adds up, and no limit is passed", () => {
  fc.assert(
    fc.property(names, limits, (metrics, most) => {
      const organization = declare({ metrics, watchers: [{ name: "w", chips: ["a"], slackChannel: "ops" }] });
      const tree = cutTree(coverageTree(organization), most);
      expect(total(tree)).toBe(metrics.length);
      expect(sizeOf(tree) - 1).toBeLessThanOrEqual(most.nodes);
      check(tree, most, 0);
    }),
    { verbose: true },
  );
});

function check(branch: Branch, most: { readonly children: number; readonly depth: number }, depth: number): void {
  expect(depth).toBeLessThanOrEqual(most.depth);
  expect(branch.children.length).toBeLessThanOrEqual(most.children);
  for (const key of ["watched", "unwatched", "stopped"] as const) {
    const below = branch.children.reduce((sum, one) => sum + one[key], branch.rest?.[key] ?? 0);
    expect(branch[key] - below).toBeGreaterThanOrEqual(0);
  }
  const below = branch.children.reduce((sum, one) => sum + total(one), branch.rest ? total(branch.rest) : 0);
  expect(total(branch) - below).toBe(branch.isMetric ? 1 : 0);
  for (const child of branch.children) check(child, most, depth + 1);
}

const sizeOf = ({ children }: Branch): number => children.reduce((sum, child) => sum + sizeOf(child), 1);

test("where not everything fits, the branches with the most unwatched metrics are opened", () => {
  const metrics = ["x.a.1", "x.a.2", "x.b.1", "y.c.1", "y.c.2", "y.c.3", "y.d.1"];
  const tree = cutTree(coverageTree(declare({ metrics, watchers: [] })), { nodes: 4, children: 10, depth: 10 });
  expect(tree.children.map(({ label, children }) => [label, children.map((one) => one.label)])).toEqual([
    ["x", []],
    ["y", ["c", "d.1"]],
  ]);
  expect(tree.children[0]?.rest).toEqual({ watched: 0, unwatched: 3, stopped: 0 });
});

test("numbers are reported as people read them, and nearly all is not all", () => {
  expect([percent(0, 0), percent(0, 9), percent(1, 1_000), percent(999, 1_000), percent(9, 9)]).toEqual([
    "–",
    "0%",
    "1%",
    "99%",
    "100%",
  ]);
  expect(number(1_234_567)).toBe("1,234,567");
});

test("the legend has the order of the bars, the columns have a scale, and each problem a next step", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const report = await readReport(simulator);
  const html = page(report);
  const [, legend = ""] = /<ul class="legend">(.*?)<\/ul>/s.exec(html) ?? [];
  const order = Array.from(legend.matchAll(/class="key (\w)"/g), ([, kind]) => kind);
  expect(order).toEqual(["w", "u", "s"]);
  const bars = Array.from(html.matchAll(/<svg class="bar"[^>]*>(.*?)<\/svg>/gs), ([, bar = ""]) =>
    Array.from(bar.matchAll(/<path class="([wus])"/g), ([, kind]) => kind),
  );
  for (const bar of bars) expect(bar).toEqual(order.filter((kind) => bar.includes(kind)));
  const most = Math.max(...(report.load?.days ?? []));
  expect(most).toBeGreaterThan(0);
  expect(html).toMatch(new RegExp(`<p class="scale"[^>]*><span>${number(most)}</span><span>0</span></p>`));
  expect(report.problems.length).toBeGreaterThan(0);
  // What is wrong, then what to do: a sentence of its own.
  for (const { text } of report.problems) expect(text).toMatch(/[.?!] [A-Z].*|Did you mean/s);
});
