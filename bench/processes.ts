import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MILLISECONDS = 200;
/** Of /proc: clock ticks of Linux. */
const MILLISECONDS_PER_TICK = 10;

/** What the processes of an operation used; null where /proc does not say. */
export interface Usage {
  readonly providerPeakBytes: number | null;
  readonly cpuMilliseconds: number | null;
}

/**
 * Watches the processes below this one, and this one, while an operation runs. Peak and processor time are the kernel's own
 * sums, so the last sample before a process ends will do.
 */
export class ProcessWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #ignored: ReadonlySet<number>;
  readonly #before: Map<number, Ticks>;
  readonly #ticks = new Map<number, number>();
  #peak: number | null = null;

  /** @param ignored process ids that do not belong to the operation */
  constructor(ignored: readonly number[]) {
    this.#ignored = new Set(ignored);
    this.#before = processTimes(this.#ignored);
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MILLISECONDS);
  }

  stop(): Usage {
    this.#sample();
    clearInterval(this.#timer);
    let ticks = 0;
    for (const [pid, used] of this.#ticks) ticks += used - (this.#before.get(pid)?.used ?? 0);
    return { providerPeakBytes: this.#peak, cpuMilliseconds: ticks === 0 ? null : ticks * MILLISECONDS_PER_TICK };
  }

  #sample(): void {
    for (const [pid, { used }] of processTimes(this.#ignored)) {
      this.#ticks.set(pid, used);
      if (!isProvider(pid)) continue;
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
      if (kilobytes !== undefined) this.#peak = Math.max(this.#peak ?? 0, Number(kilobytes) * 1024);
    }
  }
}

interface Ticks {
  readonly parent: number;
  readonly used: number;
}

/** This process and all below it, at any depth. */
function processTimes(ignored: ReadonlySet<number>): Map<number, Ticks> {
  const all = new Map<number, Ticks>();
  for (const name of folders()) {
    // The name of the program, in brackets, may hold anything.
    const fields = read(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    if (parent === undefined || user === undefined || system === undefined || Number.isNaN(system)) continue;
    all.set(Number(name), { parent, used: user + system });
  }
  const belongs = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const found = all.get(pid);
    return found !== undefined && !ignored.has(pid) && belongs(found.parent);
  };
  return new Map([...all].filter(([pid]) => belongs(pid)));
}

function isProvider(pid: number): boolean {
  const [program = "", script = ""] = read(`/proc/${pid}/cmdline`).split("\0");
  return /node$/.test(program) && /@pulumi\/pulumi\/cmd\/dynamic-provider|pulumi-resource-anomify/.test(script);
}

function folders(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // Not Linux.
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
