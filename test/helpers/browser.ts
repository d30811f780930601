import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, launch, type Page } from "puppeteer-core";

/** A headless Chromium of this process, and whatever a page asks of the network: nothing is let through. */
export interface TestBrowser {
  /** Opens a file. */
  open(path: string, view: View): Promise<Page>;
  /** Addresses that pages asked for, beside their own files. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface View {
  readonly scheme: "light" | "dark";
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Starts the Chromium that a devDependency brings, or CHROMIUM_PATH. The former is unpacked into the folder for temporary files
 * with the first start.
 *
 * @throws Error that says why when it does not start, such as a missing library of the system
 */
export async function startBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "anomify-browser-"));
  const requests: string[] = [];
  const browser = await started(profile);
  return {
    requests,
    open: (path, view) => open(browser, path, view, requests),
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function started(userDataDir: string): Promise<Browser> {
  // No sandbox: continuous integration runs as root. The pages are our own.
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--font-render-hinting=none",
  ];
  try {
    const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
    return await launch({ executablePath, args, headless: "shell", userDataDir });
  } catch (cause) {
    rmSync(userDataDir, { recursive: true, force: true });
    throw new Error(
      `Chromium does not start on this machine. On systems other than Linux on x64 name one with CHROMIUM_PATH. ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  }
}

async function open(browser: Browser, path: string, view: View, requests: string[]): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: view.width, height: view.height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: view.scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  const own = `file://${path}`;
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url() === own) return void request.continue();
    requests.push(request.url());
    void request.abort();
  });
  await page.goto(own);
  return page;
}
