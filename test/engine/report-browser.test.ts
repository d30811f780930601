import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { startBrowser, type TestBrowser, type View } from "../helpers/browser.ts";
import { renameEverything } from "../helpers/hostile-names.ts";
import { startReportSimulator } from "../helpers/report-organization.ts";
import { readReport, writeTestPage } from "../helpers/report-page.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LIGHT: View = { scheme: "light", width: 1280, height: 900 };
const VIEWS: readonly View[] = [LIGHT, { ...LIGHT, scheme: "dark" }, { scheme: "light", width: 390, height: 844 }];

let folder = "";
let file = "";
let browser: TestBrowser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anomify-report-"));
  file = join(folder, "report.html");
  const simulator = await startReportSimulator();
  writeTestPage(file, await readReport(simulator).finally(() => simulator.stop()));
  browser = await startBrowser();
});
afterEach(() => {
  // The page is one file: whatever a test does with it, it asks for nothing else.
  expect(browser.requests).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

test.for(VIEWS)("axe finds nothing that keeps anybody out: $scheme, $width pixels wide", async (view) => {
  const page = await browser.open(file, view);
  await openEverything(page);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    async (): Promise<AxeResults> => await (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
  );
  const reported = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message}`).join("\n")}`,
  );
  expect(reported).toEqual([]);
  expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "list", "landmark-one-main"]));
  await page.close();
});

test("the style sheet applies under the page's own policy, and no script could run", async () => {
  const page = await browser.open(file, LIGHT);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  expect(await page.$eval("h1", (heading) => getComputedStyle(heading).fontWeight)).toBe("650");
  expect(await page.$$eval("script, link, iframe, img, [style]", (found) => found.length)).toBe(0);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
  });
  expect(await page.title()).toBe("Acme Shop: Anomify report of 25 Nov 2026");
  expect(complaints.join()).toContain("Content Security Policy");
  await page.close();
});

test("names that are markup are shown as they are written", async () => {
  const simulator = await startReportSimulator();
  onTestFinished(() => simulator.stop());
  renameEverything(simulator.organization("acme"));
  const hostile = join(folder, "hostile.html");
  writeTestPage(hostile, await readReport(simulator));
  const page = await browser.open(hostile, LIGHT);
  expect(await page.$eval("h1", ({ textContent }) => textContent)).toContain(
    '<script>alert("1")</script> "><img src=x',
  );
  expect(await page.$$eval("script, img, link, iframe, bdi > *", (found) => found.length)).toBe(0);
  expect(await page.$$eval("main > section", (sections) => sections.map(({ id }) => id))).toEqual(
    expect.arrayContaining(["problems", "watchers", "coverage", "recipients", "exclusions", "limits"]),
  );
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(LIGHT.width);
  await page.close();
});

test("with the keyboard alone: skip to the content, and open a branch of the coverage map", async () => {
  const page = await browser.open(file, LIGHT);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toMatchObject({ text: "Skip to the content", visible: true });
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => location.hash)).toBe("#main");

  for (let presses = 0; (await focused(page)).tag !== "SUMMARY"; presses += 1) {
    expect(presses, "Tab does not lead to the coverage map").toBeLessThan(60);
    await page.keyboard.press("Tab");
  }
  const branch = () => page.$eval("summary:focus", (summary) => (summary.parentElement as HTMLDetailsElement).open);
  expect(await branch()).toBe(false);
  await page.keyboard.press("Enter");
  expect(await branch()).toBe(true);
  expect((await focused(page)).outline).toBe("solid");
  await page.keyboard.press("Space");
  expect(await branch()).toBe(false);
  await page.close();
});

test("a problem leads to the row of what it is about", async () => {
  const page = await browser.open(file, LIGHT);
  for (const link of await page.$$(".problems a")) await link.evaluate((found) => (found as HTMLElement).click());
  expect(await page.$$eval(".problems a", (all) => all.length)).toBe(4);
  expect(await page.$eval("tr:target th", (row) => row.textContent)).toContain("Old mail gateway");
  await page.close();
});

test("a screen reader is given landmarks, headings, the names of tables, and what a branch holds", async () => {
  const page = await browser.open(file, LIGHT);
  const nodes: Array<{ role: string; name?: string }> = [];
  const collect = (node: Awaited<ReturnType<Page["accessibility"]["snapshot"]>>): void => {
    if (node === null || node === undefined) return;
    nodes.push({ role: node.role, name: node.name ?? "" });
    for (const child of node.children ?? []) collect(child);
  };
  collect(await page.accessibility.snapshot({ interestingOnly: false }));
  const named = (role: string) => nodes.filter((node) => node.role === role).map(({ name }) => name);
  expect(named("main")).toHaveLength(1);
  expect(named("navigation")).toEqual(["Sections"]);
  expect(named("heading").slice(0, 3)).toEqual(["Acme Shop", "Problems", "Watchers and their reach"]);
  expect(named("table")).toContain("Watchers, those with the most metrics first");
  expect(named("rowheader")).toContainEqual(expect.stringContaining("Platform in Kubernetes"));
  expect(named("DisclosureTriangle")).toContain("business 4 of 15 watched");
  expect(named("image")).toContainEqual(expect.stringMatching(/^Alerts per day: /));
  await page.close();
});

test("light, dark and narrow are three pictures, and nothing is wider than the window", async () => {
  const pictures = new Map<View, Uint8Array>();
  for (const view of VIEWS) {
    const page = await browser.open(file, view);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(view.width);
    const brightness = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(brightness).toBe(view.scheme === "light" ? "rgb(246, 247, 248)" : "rgb(18, 21, 24)");
    const picture = await page.screenshot();
    expect(sizeOf(picture)).toEqual({ width: view.width, height: view.height });
    // An empty page of this size is smaller than a tenth of it.
    expect(picture.length).toBeGreaterThan(20_000);
    pictures.set(view, picture);
    await page.close();
  }
  const [light, dark] = [...pictures.values()];
  expect(Buffer.compare(light ?? new Uint8Array(), dark ?? new Uint8Array())).not.toBe(0);
});

test("on paper it is dark on white, whatever the screen is, and without the navigation", async () => {
  const page = await browser.open(file, { ...LIGHT, scheme: "dark" });
  await page.emulateMediaType("print");
  const printed = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return {
      color,
      backgroundColor,
      navigation: getComputedStyle(document.querySelector("nav") ?? document.body).display,
    };
  });
  expect(printed).toEqual({ color: "rgb(27, 31, 36)", backgroundColor: "rgb(255, 255, 255)", navigation: "none" });
  await page.close();
});

/** Of a PNG, whose header says so. */
function sizeOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

async function openEverything(page: Page): Promise<void> {
  await page.$$eval("details", (all) => {
    for (const one of all) one.open = true;
  });
}

async function focused(page: Page) {
  return await page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { top } = element.getBoundingClientRect();
    const { outlineStyle } = getComputedStyle(element);
    return { tag: element.tagName, text: element.textContent?.trim(), visible: top >= 0, outline: outlineStyle };
  });
}
