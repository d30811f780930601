import {
  lchownSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeFiles } from "../../cli/export/write.ts";
import { writeWhole } from "../../cli/files/write.ts";

const modeOf = (path: string) => statSync(path).mode & 0o777;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-files-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function withUmask(mask: number): void {
  const before = process.umask(mask);
  onTestFinished(() => void process.umask(before));
}

test("what only the owner may read is so from the first byte on, in folders that are so too", async () => {
  withUmask(0o000);
  const root = folder();
  const path = join(root, "logins", "profiles.json");
  await writeWhole(path, "first", 0o600);
  expect([modeOf(path), modeOf(join(root, "logins"))]).toEqual([0o600, 0o700]);
  // Somebody opened it up: the next write closes it again.
  writeFileSync(join(root, "open.json"), "before", { mode: 0o666 });
  await writeWhole(join(root, "open.json"), "after", 0o600);
  expect(modeOf(join(root, "open.json"))).toBe(0o600);
});

test("all other files get what the umask leaves", async () => {
  withUmask(0o027);
  const root = folder();
  await writeFiles(root, [
    { path: "index.ts", text: "", mode: 0o644 },
    { path: "below/import.json", text: "", mode: 0o600 },
  ]);
  expect([modeOf(join(root, "index.ts")), modeOf(join(root, "below/import.json"))]).toEqual([0o640, 0o600]);
});

test("a write that fails leaves what was there, and nothing else", async () => {
  const root = folder();
  writeFileSync(join(root, "a.ts"), "before");
  writeFileSync(join(root, "b"), "a file where a folder is needed");
  const files = ["a.ts", "b/c.ts"].map((path) => ({ path, text: "after", mode: 0o644 }));
  await expect(writeFiles(root, files)).rejects.toThrow(`Cannot write to ${root}`);
  expect(readdirSync(root).sort()).toEqual(["a.ts", "b"]);
  expect(readFileSync(join(root, "a.ts"), "utf8")).toBe("before");
});

test("writers at the same time leave the text of one of them, whole", async () => {
  const path = join(folder(), "snapshot.json");
  const texts = Array.from({ length: 8 }, (_, index) => `${index}`.repeat(10_000));
  await Promise.all(texts.map((text) => writeWhole(path, text, 0o600)));
  expect(texts).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(join(path, ".."))).toEqual(["snapshot.json"]);
});

test("a link of one's own is followed, one that leads nowhere is replaced", async () => {
  const root = folder();
  writeFileSync(join(root, "dotfiles.json"), "before");
  symlinkSync("dotfiles.json", join(root, "profiles.json"));
  symlinkSync("nowhere", join(root, "dangling"));
  await writeWhole(join(root, "profiles.json"), "after", 0o600);
  await writeWhole(join(root, "dangling"), "after", 0o600);
  expect(readFileSync(join(root, "dotfiles.json"), "utf8")).toBe("after");
  expect(lstatSync(join(root, "profiles.json")).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(root, "dangling")).isFile()).toBe(true);
  expect(readdirSync(root).sort()).toEqual(["dangling", "dotfiles.json", "profiles.json"]);
});

test("a link that another user made is not followed", async (context) => {
  if (process.getuid?.() !== 0) return context.skip("only root can make a link of another user");
  const root = folder();
  writeFileSync(join(root, "victim"), "before");
  symlinkSync("victim", join(root, "snapshot.json"));
  lchownSync(join(root, "snapshot.json"), 65_534, 65_534);
  await expect(writeWhole(join(root, "snapshot.json"), "after", 0o600)).rejects.toThrow(
    "is a link that another user of this machine made. Nothing was written",
  );
  expect(readFileSync(join(root, "victim"), "utf8")).toBe("before");
});
