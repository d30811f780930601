import type { EngineName, Measured, Operation, Peer, Results, Row } from "./types.ts";

/** Rows that are comparable: the same engine, setting and size. */
export interface Group {
  readonly engine: EngineName;
  readonly setting: string;
  readonly size: number;
  readonly rows: readonly Row[];
}

/** In the order of the results. */
export function groups({ rows }: Results): Group[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.engine, row.setting, row.size]);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ engine: first.engine, setting: first.setting, size: first.size, rows: same }];
  });
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

export const rowsOf = ({ rows }: Group, peer: Peer): Row[] => rows.filter((row) => row.peer === peer);

export function measuredOf(group: Group, peer: Peer, operation: Operation): Measured[] {
  return rowsOf(group, peer).flatMap(({ operations }) => operations[operation] ?? []);
}

export const medianTime = (group: Group, peer: Peer, operation: Operation) =>
  median(measuredOf(group, peer, operation).map(({ milliseconds }) => milliseconds));

/** Median of the ratios of ours, in one of its hosts, to a peer, each within one run: what else the machine does hits both. */
export function pairedRatio(
  group: Group,
  peer: Peer,
  value: (row: Row) => number | null | undefined,
  host: "ours" | "native" = "ours",
) {
  const ratios = rowsOf(group, host).flatMap((own) => {
    const [above, below] = [own, rowsOf(group, peer).find(({ run }) => run === own.run)].map(
      (row) => row && value(row),
    );
    return above && below ? [above / below] : [];
  });
  return median(ratios);
}

export const timeOf =
  (operation: Operation) =>
  ({ operations }: Row): number | undefined =>
    operations[operation]?.milliseconds;

export const cpuOf =
  (operation: Operation) =>
  ({ operations }: Row): number | null | undefined =>
    operations[operation]?.cpuMilliseconds;

/** The largest of a run's operations. */
export function peakOf({ operations }: Row): number | null {
  const peaks = Object.values(operations).flatMap(({ providerPeakBytes }) => providerPeakBytes ?? []);
  return peaks.length === 0 ? null : Math.max(...peaks);
}
