import { spawnSync } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
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
 * Starts the Chromium that a devDependency brings, or CHROMIUM_PATH.
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
    const executablePath = process.env.CHROMIUM_PATH ?? (await unpacked());
    const env = { ...process.env, LD_LIBRARY_PATH: await libraryPath() };
    return await launch({ executablePath, args, headless: "shell", userDataDir, env });
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

/**
 * The path of the devDependency's Chromium, unpacked with the first use. Its own code would do that in the folder for temporary
 * files, where it takes whatever has the name, also when somebody else put it there or an unpacking was cut short.
 */
const unpacked = (): Promise<string> => decompressed("chromium.br", "chromium");

/** Where the loader looks beside the system's libraries, of which a bare machine lacks some that Chromium needs. */
async function libraryPath(): Promise<string> {
  const archive = await decompressed("al2023.tar.br", "libraries.tar");
  const folder = join(cache, "libraries");
  if (!existsSync(folder)) {
    const temporary = mkdtempSync(`${folder}.`);
    const { status, stderr } = spawnSync("tar", ["-xf", archive, "-C", temporary], { encoding: "utf8" });
    if (status !== 0) throw new Error(`The libraries of Chromium could not be unpacked with tar. ${stderr ?? ""}`);
    renameSync(temporary, folder);
  }
  return [process.env.LD_LIBRARY_PATH ?? [], join(folder, "lib")].flat().join(delimiter);
}

const cache = fileURLToPath(new URL("../../node_modules/.cache/anomify-chromium/", import.meta.url));

async function decompressed(name: string, target: string): Promise<string> {
  const archive = new URL(`../bin/${name}`, import.meta.resolve("@sparticuz/chromium"));
  const path = join(cache, target);
  if (existsSync(path) && statSync(path).mtimeMs > statSync(archive).mtimeMs) return path;
  mkdirSync(cache, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(temporary, { mode: 0o700 }));
  renameSync(temporary, path);
  return path;
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
