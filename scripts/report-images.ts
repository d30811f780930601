// Takes the pictures of docs/report.md: what the built command writes about a simulated organization whose time stands still.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startBrowser, type View } from "../test/helpers/browser.ts";
import { startReportSimulator } from "../test/helpers/report-organization.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "anomify-report-"));
const file = join(folder, "report.html");
const LARGEST = 150 * 1024;

interface Picture extends View {
  readonly name: string;
  /** Where the picture begins. */
  readonly at: string;
}

const PICTURES: readonly Picture[] = [
  { name: "report-light", scheme: "light", width: 1200, height: 1000, at: "body" },
  { name: "report-dark", scheme: "dark", width: 1200, height: 1000, at: "#coverage" },
  { name: "report-narrow", scheme: "light", width: 390, height: 1000, at: "#watchers" },
];

async function write(): Promise<void> {
  const simulator = await startReportSimulator();
  const { token } = simulator.organization("acme");
  const env = { PATH: process.env.PATH, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: token };
  const main = join(root, "dist/cli/main.js");
  await promisify(execFile)(process.execPath, [main, "report", "--out", file], { env }).finally(() => simulator.stop());
}

async function take(): Promise<void> {
  const browser = await startBrowser();
  mkdirSync(join(root, "docs/images"), { recursive: true });
  for (const { name, at, ...view } of PICTURES) {
    const page = await browser.open(file, view);
    await page.$$eval(".tree > ul > li:nth-child(-n+2) > details", (all) => {
      for (const one of all) one.open = true;
    });
    await page.$eval(at, (part) => part.scrollIntoView());
    const path = join(root, `docs/images/${name}.png`) as `${string}.png`;
    await page.screenshot({ path, optimizeForSpeed: false });
    const { size } = statSync(path);
    if (size > LARGEST) throw new Error(`${path} has ${size} bytes, and ${LARGEST} are allowed. Take a smaller part`);
    console.log(`${path}: ${Math.ceil(size / 1024)} KiB`);
  }
  await browser.close();
}

try {
  await write();
  await take();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
