import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import type { ParamSpecs } from "../params.ts";
import { isTrainable, renderAnomaly } from "../render-telemetry.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { StoredAnomaly, StoredPattern } from "../state.ts";
import { nextId } from "../state.ts";

const anomalyId = { anomaly_id: { type: "integer", required: true } } satisfies ParamSpecs;
/** How long it takes until a new pattern is used. */
const learningSeconds = 300;

/** The anomaly of parameter anomaly_id. */
export function findAnomaly({ state, params, now }: Call): StoredAnomaly {
  const anomaly = state.anomalies.find(({ id, timestamp }) => id === params.number("anomaly_id") && timestamp <= now);
  if (!anomaly) throw noSuch("anomaly");
  return anomaly;
}

function lookup(call: Call) {
  const { state, params, origin } = call;
  const moment = params.number("timestamp") ?? 0;
  const metric = state.metrics.find(({ name }) => name === params.text("metric"));
  const anomaly = state.anomalies.find(
    ({ metric_id, timestamp, until_timestamp }) =>
      metric_id === metric?.id && timestamp <= moment && moment <= until_timestamp,
  );
  if (!anomaly) throw noSuch("anomaly");
  return {
    anomaly: renderAnomaly(call, anomaly),
    anomaly_graph_url: `${origin}/image/anomaly?anomaly_id=${anomaly.id}`,
  };
}

function checkTrainable(call: Call): void {
  if (call.problems.has("anomaly_id")) return;
  if (!isTrainable(findAnomaly(call), call.now)) call.problems.add("anomaly_id", "Is too old to be trained on.");
}

function train(call: Call) {
  const { state, params, user, now } = call;
  const anomaly = findAnomaly(call);
  const pattern: StoredPattern = {
    id: nextId(state, "pattern", state.patterns),
    metric_id: anomaly.metric_id,
    anomaly_id: anomaly.id,
    creator_user_id: user?.id ?? null,
    duration: params.number("duration") ?? 86_400,
    created_timestamp: now,
    ready_timestamp: now + learningSeconds,
    enabled: true,
    checks: 0,
    label: params.text("label") ?? null,
  };
  state.patterns.push(pattern);
  if (user) user.onboarding_flags.pattern_trained = true;
  call.note("pattern_trained", `A pattern is being made from anomaly ${anomaly.id}.`);
  return { message: "The pattern is being made.", anomaly: renderAnomaly(call, anomaly) };
}

export const anomalyRoutes: readonly Route[] = [
  route(
    "GET /anomalies",
    "listAnomalies",
    { cacheable: true, params: { metric: { type: "string" }, ...spanParams, ...pageParams }, check: checkSpan },
    (call) => {
      const name = call.params.text("metric");
      const metric = call.state.metrics.find((candidate) => candidate.name === name);
      const chosen = call.state.anomalies.filter(({ metric_id }) => !name || metric_id === metric?.id);
      return {
        anomalies: pageOf(newestFirst(chosen, spanOf(call)), call).map((anomaly) => renderAnomaly(call, anomaly)),
      };
    },
  ),
  route(
    "GET /anomaly/lookup",
    "lookupAnomaly",
    {
      cacheable: true,
      params: { metric: { type: "string", required: true }, timestamp: { type: "unix-seconds", required: true } },
    },
    lookup,
  ),
  route(
    "POST /anomaly/train",
    "trainAnomaly",
    {
      auth: "session",
      params: { ...anomalyId, label: { type: "string" }, duration: { type: "integer" } },
      check: checkTrainable,
    },
    train,
  ),
  route("GET /anomaly/{anomaly_id}", "getAnomaly", { cacheable: true, params: anomalyId }, (call) => ({
    anomaly: renderAnomaly(call, findAnomaly(call)),
  })),
];
