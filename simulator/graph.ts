import { Canvas } from "./png.ts";
import { RawReply } from "./route.ts";
import type { Band, Point } from "./series.ts";

/** What to draw. */
export interface Graph {
  points: readonly Point[];
  band?: readonly Band[];
  /** Moments with a red line. */
  anomalies?: readonly number[];
  /** Moments with a green line. */
  matches?: readonly number[];
  /** Where an axis is drawn; left out, there is none. */
  axes?: { x?: boolean; y?: boolean };
  width?: number;
  height?: number;
}

const palette = [
  [255, 255, 255],
  [226, 232, 240],
  [30, 64, 175],
  [220, 38, 38],
  [22, 163, 74],
  [71, 85, 105],
] as const;
const [bandColor, lineColor, anomalyColor, matchColor, axisColor] = [1, 2, 3, 4, 5];

/** Width and height that are accepted. */
export const largestSide = 4096;

/** A graph as picture. */
export function drawGraph({
  points,
  band = [],
  anomalies = [],
  matches = [],
  axes = {},
  width = 640,
  height = 240,
}: Graph): RawReply {
  const canvas = new Canvas(width, height);
  const place = scale(canvas, points, band);
  for (const { timestamp, expected_range_lower, expected_range_upper } of band) {
    const [x, top] = place(timestamp, expected_range_upper);
    canvas.line(x, top, x, place(timestamp, expected_range_lower)[1], bandColor);
  }
  const marks = [
    ...anomalies.map((at) => [at, anomalyColor] as const),
    ...matches.map((at) => [at, matchColor] as const),
  ];
  for (const [timestamp, color] of marks) {
    const [x] = place(timestamp, 0);
    canvas.line(x, 0, x, height - 1, color);
  }
  for (const [index, point] of points.entries()) {
    const [x, y] = place(point.timestamp, point.value);
    const before = points[index - 1] ?? point;
    canvas.line(...place(before.timestamp, before.value), x, y, lineColor);
  }
  if (axes.x) canvas.line(0, height - 1, width - 1, height - 1, axisColor);
  if (axes.y) canvas.line(width - 1, 0, width - 1, height - 1, axisColor);
  return new RawReply("image/png", canvas.encode(palette));
}

/** From moment and value to a place in the picture, so that everything fits. */
function scale({ width, height }: Canvas, points: readonly Point[], band: readonly Band[]) {
  const times = [...points, ...band].map(({ timestamp }) => timestamp);
  const values = [...points.map(({ value }) => value), ...band.map(({ expected_range_upper }) => expected_range_upper)];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const highest = Math.max(1, ...values) * 1.05;
  return (timestamp: number, value: number): [number, number] => [
    ((timestamp - first) / Math.max(1, last - first)) * (width - 1),
    (1 - value / highest) * (height - 1),
  ];
}
