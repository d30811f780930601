import { cpuOf, type Group, groups, measuredOf, median, pairedRatio, peakOf, rowsOf, timeOf } from "./statistics.ts";
import type { Operation, Results, Starts } from "./types.ts";

/** What was meant to be reached, next to what was. */
export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Most that an operation may take, in times of the provider that does nothing. */
const TIMES_OF_FLOOR: Partial<Record<Operation, number>> = { up: 1.25, preview: 1.2, refresh: 1.3, destroy: 1.25 };
/** The same for the native plugin, which the floor is not: it is in the dynamic host. */
const NATIVE_TIMES_OF_FLOOR: Partial<Record<Operation, number>> = { up: 1, preview: 0.75, refresh: 1.1, destroy: 1 };
const NATIVE_STATE_OF_FLOOR = 0.75;
/** Sizes to which the targets apply. */
const LARGE = [1000, 5000];
/** With checkpoints, most of the time of an `up` is the writing of the state, whose size has a target of its own. */
const SETTINGS = ["default", "skip-checkpoints"];
/** Bytes of a state beyond the floor's without its values, and the own values: names of secrets, the longer text. */
const STATE_OVERHEAD = 200;

/** Those of the targets for which there are results. */
export function verdicts(results: Results): Verdict[] {
  const large = groups(results).filter(({ engine, size }) => engine === "cli" && LARGE.includes(size));
  return [
    ...large.filter(({ setting }) => SETTINGS.includes(setting)).flatMap(ofGroup),
    ...(results.starts === null ? [] : ofStarts(results.starts)),
  ];
}

function ofGroup(group: Group): Verdict[] {
  const at = `${group.size} watchers${group.setting === "default" ? "" : `, ${group.setting}`}`;
  return [
    ...(["preview", "refresh"] as const).flatMap((operation) => constantRequests(group, operation, at)),
    ...Object.entries(TIMES_OF_FLOOR).flatMap(([operation, limit]) => {
      const ratio = pairedRatio(group, "floor", timeOf(operation as Operation));
      if (ratio === undefined) return [];
      const verdict = times(`${operation}, ${at}`, limit, ratio, "the floor");
      const cpu = pairedRatio(group, "floor", cpuOf(operation as Operation));
      return [{ ...verdict, measured: `${verdict.measured} (processor time ${(cpu ?? 0).toFixed(2)} ×)` }];
    }),
    ...Object.entries(NATIVE_TIMES_OF_FLOOR).flatMap(([operation, limit]) => {
      const ratio = pairedRatio(group, "floor", timeOf(operation as Operation), "native");
      return ratio === undefined ? [] : [times(`native, ${operation}, ${at}`, limit, ratio, "the floor")];
    }),
    ...ofNativeState(group, at),
    ...ofState(group, at),
    ...ofMemory(group, at),
  ];
}

function constantRequests(group: Group, operation: Operation, at: string): Verdict[] {
  const counts = measuredOf(group, "ours", operation).map(({ requests }) => Object.values(requests));
  if (counts.length === 0) return [];
  const most = Math.max(...counts.flat());
  const total = Math.max(...counts.map((each) => each.reduce((sum, count) => sum + count, 0)));
  const measured = `${total} in all, ${most} of the same`;
  return [
    { what: `requests of a ${operation}, ${at}`, target: "1 of each list and look-up", measured, met: most <= 1 },
  ];
}

function times(what: string, limit: number, ratio: number, of: string): Verdict {
  return { what, target: `≤ ${limit} × ${of}`, measured: `${ratio.toFixed(2)} ×`, met: ratio <= limit };
}

function ofNativeState(group: Group, at: string): Verdict[] {
  const ratio = pairedRatio(group, "floor", ({ stateBytes }) => stateBytes, "native");
  return ratio === undefined
    ? []
    : [times(`native, state of a watcher, ${at}`, NATIVE_STATE_OF_FLOOR, ratio, "the floor")];
}

function ofState(group: Group, at: string): Verdict[] {
  const bytes = (peer: "ours" | "floor" | "naive") => median(rowsOf(group, peer).map(({ stateBytes }) => stateBytes));
  const [ours, floor, naive] = [bytes("ours"), bytes("floor"), bytes("naive")];
  const own = (peer: "ours" | "floor") => median(rowsOf(group, peer).map(({ ownBytes }) => ownBytes)) ?? 0;
  const found: Verdict[] = [];
  if (ours !== undefined && floor !== undefined) {
    const limit = floor - own("floor") + own("ours") + STATE_OVERHEAD;
    const target = `≤ ${limit} bytes: floor with our values, ${STATE_OVERHEAD}`;
    found.push({ what: `state of a watcher, ${at}`, target, measured: `${ours} bytes`, met: ours <= limit });
  }
  if (ours !== undefined && naive !== undefined)
    found.push(times(`state of a watcher, ${at}`, 0.45, ours / naive, "naive"));
  return found;
}

function ofMemory(group: Group, at: string): Verdict[] {
  const ratio = group.size < 5000 ? undefined : pairedRatio(group, "floor", peakOf);
  return ratio === undefined ? [] : [times(`memory of the provider process, ${at}`, 2, ratio, "the floor")];
}

function ofStarts({ provider, command }: Starts): Verdict[] {
  const beyond = (median(provider.ours) ?? 0) - (median(provider.floor) ?? 0);
  const help = median(command.help) ?? 0;
  return [
    {
      what: "provider process ready",
      target: "≤ 300 ms beyond the floor's",
      measured: `${Math.round(beyond)} ms beyond`,
      met: beyond <= 300,
    },
    { what: "`anomify --help`", target: "≤ 150 ms", measured: `${Math.round(help)} ms`, met: help <= 150 },
  ];
}
