import type { ReportLoad } from "./model.ts";
import { count, date, number } from "./text.ts";

const DAY = 86_400;
const HEIGHT = 96;
const STEP = 20;

/** Alerts for each day as columns. */
export function DaysChart({ load: { days, span } }: { readonly load: ReportLoad }) {
  const most = Math.max(...days);
  if (most === 0) return null;
  const startOf = (place: number) => span.until - (days.length - place) * DAY;
  const busiest = days.indexOf(most);
  const average = days.reduce((sum, one) => sum + one, 0) / days.length;
  const label = `Alerts per day: ${average.toFixed(1)} on average, at most ${number(most)}, on ${date(startOf(busiest))}.`;
  return (
    <figure class="days">
      <figcaption>{label}</figcaption>
      <div class="plot">
        <p class="scale" aria-hidden="true">
          <span>{number(most)}</span>
          <span>0</span>
        </p>
        <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {days.map((alerts, place) => (
            <Column key={startOf(place)} alerts={alerts} most={most} place={place} day={date(startOf(place))} />
          ))}
        </svg>
      </div>
      <p class="axis" aria-hidden="true">
        <span>{date(startOf(0))}</span>
        <span>{date(span.until - 1)}</span>
      </p>
    </figure>
  );
}

interface ColumnProps {
  readonly alerts: number;
  readonly most: number;
  readonly place: number;
  readonly day: string;
}

function Column({ alerts, most, place, day }: ColumnProps) {
  const height = Math.max(1, Math.round((alerts / most) * (HEIGHT - 2)));
  return (
    <rect class={alerts > 0 ? "a" : "none"} x={place * STEP + 2} y={HEIGHT - height} width={STEP - 4} height={height}>
      <title>{`${day}: ${count(alerts, "alert")}`}</title>
    </rect>
  );
}
