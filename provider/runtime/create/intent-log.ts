import { createHmac, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Settings } from "../../organization/config.ts";
import { stateFolder } from "../../organization/state-folder.ts";
import { type IntentLogFile, makeFolder, ownFile, readFiles } from "./intent-log-file.ts";

/** Which create it is. The file has it as salted hashes alone. */
interface About {
  /** The resource. */
  readonly urn: string;
  /** Kind of the object, such as `watcher`. */
  readonly kind: string;
  /** All that makes the object what it is. */
  readonly key: string;
}

/** A create about to be sent. */
export interface NewIntent extends About {
  /** All inputs of the resource, as text. */
  readonly inputs: string;
  /** Unix seconds, service clock: the request takes effect before this, if ever. */
  readonly until: number;
  /** Ids of equal objects that are not it. */
  readonly others: readonly number[];
  /** Its id, where that is known before. */
  readonly id?: number | undefined;
}

/** A create that was sent, and that no state is known to have. */
export interface Intent {
  readonly until: number;
  readonly others: readonly number[];
  /** Id of the object, once its reply came. */
  readonly id: number | undefined;
  /** Whether the process that sent it is certainly gone. */
  readonly isOver: boolean;
  /** The reply has come. */
  confirm(id: number): Promise<void>;
  /** There is no such object, or the state has it. */
  settle(): Promise<void>;
}

interface LogOfProcess {
  readonly file: IntentLogFile;
  readonly salt: string;
  readonly isOver: boolean;
  readonly entries: Map<number, Line>;
}

interface Line {
  readonly n: number;
  /** The organization. */
  readonly in: string;
  /** The resource with its inputs. */
  readonly for: string;
  /** The resource and what is made of it. */
  readonly what: string;
  readonly kind: string;
  readonly until: number;
  readonly others: readonly number[];
  id?: number | undefined;
}

/**
 * A write-ahead log: what a killed process cannot report any more, which creates it has sent. An intent is recorded before the request, confirmed with the
 * object's id when the reply comes, and settled when Pulumi's state is seen to have the resource. A later create of the same resource
 * finds it, and looks for the object before it sends anything.
 *
 * One file a process. Without a folder that can be written to there is no log, and nothing else changes.
 */
export class IntentLog {
  #folder: string | undefined;
  readonly #logs: LogOfProcess[];
  #own: LogOfProcess | undefined;
  #count = 0;

  /** @param folder nothing is made in it before the first create; undefined: there is no log */
  constructor(folder: string | undefined) {
    const logs = folder === undefined ? [] : readFiles(folder).flatMap(opened);
    this.#folder = folder;
    this.#logs = logs;
  }

  /** The create of the same resource with the same content that no state is known to have. */
  find(settings: Settings, about: About): Intent | undefined {
    for (const log of this.#logs) {
      const { what } = hashes(log.salt, settings, about);
      for (const line of log.entries.values()) {
        if (line.what === what) return this.#intent(log, line);
      }
    }
    return undefined;
  }

  /** Resolves when the entry is on the disk; with undefined when there is no log. */
  async record(settings: Settings, intent: NewIntent): Promise<Intent | undefined> {
    try {
      const log = this.#mine();
      if (log === undefined) return undefined;
      this.#count += 1;
      const { kind, until, others, id } = intent;
      const line: Line = { n: this.#count, ...hashes(log.salt, settings, intent), kind, until, others, id };
      log.entries.set(line.n, line);
      await log.file.append(line, true);
      return this.#intent(log, line);
    } catch {
      // A disk that is full or read-only is no reason to fail.
      this.#folder = undefined;
      return undefined;
    }
  }

  /** The state has the resource, with these inputs: another create of it may still be one that no state has. */
  async knows(settings: Settings, urn: string, inputs: string): Promise<void> {
    await this.#forget((log) => {
      const hashed = hashes(log.salt, settings, { urn, inputs });
      return (line) => line.for === hashed.for;
    });
  }

  /** The state has the object. */
  async knowsObject(settings: Settings, kind: string, id: string): Promise<void> {
    await this.#forget((log) => {
      const hashed = hashes(log.salt, settings, {});
      return (line) => String(line.id) === id && line.kind === kind && line.in === hashed.in;
    });
  }

  async #forget(which: (log: LogOfProcess) => (line: Line) => boolean): Promise<void> {
    const ends: Promise<void>[] = [];
    for (const log of this.#logs) {
      if (log.entries.size === 0) continue;
      const isMeant = which(log);
      for (const line of log.entries.values()) {
        if (isMeant(line)) ends.push(this.#intent(log, line).settle());
      }
    }
    await Promise.all(ends);
  }

  #intent(log: LogOfProcess, line: Line): Intent {
    const { file, entries, isOver } = log;
    return {
      until: line.until,
      others: line.others,
      id: line.id,
      isOver,
      confirm: async (id) => {
        line.id = id;
        await file.append({ n: line.n, id }, false).catch(() => {});
      },
      settle: async () => {
        entries.delete(line.n);
        if (isOver && entries.size === 0) return file.remove();
        await file.append({ n: line.n, ended: true }, false).catch(() => {});
      },
    };
  }

  #mine(): LogOfProcess | undefined {
    if (this.#folder === undefined || this.#own) return this.#own;
    makeFolder(this.#folder);
    const salt = randomBytes(16).toString("hex");
    const file = ownFile(this.#folder, salt.slice(0, 8));
    this.#own = { file, salt, isOver: false, entries: new Map() };
    void file.append({ version: 1, pid: process.pid, host: hostname(), salt }, false).catch(() => {});
    this.#logs.push(this.#own);
    return this.#own;
  }
}

/** Opens the log of this user: in ANOMIFY_STATE_DIR (`off` for none), else in the platform's folder for data of programs. */
export async function openIntentLog(): Promise<IntentLog> {
  return new IntentLog(await stateFolder("creates"));
}

function hashes(
  salt: string,
  { endpoint, token }: Settings,
  { urn, inputs, kind, key }: Partial<NewIntent>,
): Pick<Line, "in" | "for" | "what"> {
  const organization = [endpoint, token ?? null];
  const hash = (...parts: unknown[]) =>
    createHmac("sha256", salt)
      .update(JSON.stringify([organization, ...parts]))
      .digest("base64url");
  return { in: hash(), for: hash(urn, inputs), what: hash(urn, kind, key) };
}

/** The log of another process. One that has nothing left goes. */
function opened({ file, lines }: ReturnType<typeof readFiles>[number]): LogOfProcess[] {
  const [head, ...rest] = lines;
  if (!isHead(head)) return [];
  const log = { file, salt: head.salt, isOver: isOver(head), entries: new Map<number, Line>() };
  for (const line of rest) {
    if (isLine(line)) log.entries.set(line.n, line);
    else if (isNews(line)) {
      const known = log.entries.get(line.n);
      if (line.ended) log.entries.delete(line.n);
      else if (known && line.id !== undefined) known.id = line.id;
    }
  }
  if (log.entries.size > 0) return [log];
  if (log.isOver) file.remove();
  return [];
}

interface Head {
  readonly pid: number;
  readonly host: string;
  readonly salt: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isHead = (value: unknown): value is Head =>
  isObject(value) && value.version === 1 && typeof value.pid === "number" && typeof value.salt === "string";
const isLine = (value: unknown): value is Line =>
  isObject(value) &&
  typeof value.n === "number" &&
  typeof value.what === "string" &&
  Array.isArray(value.others) &&
  typeof value.until === "number";
const isNews = (value: unknown): value is { n: number; id?: number; ended?: boolean } =>
  isObject(value) && typeof value.n === "number" && !("what" in value);

/** Whether a process is certainly gone: one of another machine is never known to be. */
function isOver({ pid, host }: Head): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
