import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { drawGraph } from "../graph.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import { matchesPattern } from "../matching.ts";
import { findUser, renderAdminAlerts, renderUser } from "../render.ts";
import { isPending } from "../render-telemetry.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { momentString } from "../time.ts";

const day = 86_400;
const hour = 3600;

function events(call: Call) {
  const { state, now } = call;
  return pageOf(newestFirst(state.events, spanOf(call)), call).map(({ user_id, ...event }) => {
    const user = findUser(state, user_id);
    return {
      ...event,
      timestamp_string: momentString(event.timestamp),
      user: user ? renderUser(state, user, now) : null,
    };
  });
}

function sentAdminAlert({ state, params, now }: Call) {
  const sent = state.sentAdminAlerts.find(({ code }) => code === params.text("alert_code"));
  const admin_alert = renderAdminAlerts(state, now).find(({ id }) => id === sent?.admin_alert_id);
  if (!sent || !admin_alert) throw noSuch("admin alert");
  return { admin_alert, timestamp: sent.timestamp, metrics: [...sent.metrics] };
}

/** Destroys the metrics with all that belongs to them. A name with a comma in it cannot be sent. */
function removeMetrics({ state, params }: Call) {
  const names = new Set(params.list("metrics"));
  const patterns = params.text("patterns") ?? "";
  const chosen = state.metrics
    .map(({ name }) => name)
    .filter((name) => names.has(name) || matchesPattern(name, patterns));
  if (params.boolean("dry_run")) {
    return { message: "The metrics would be removed.", removed_count: chosen.length, metrics: chosen };
  }
  const removed = new Set(chosen);
  state.metrics = state.metrics.filter(({ name }) => !removed.has(name));
  removeTelemetry(state);
  return { message: "The metrics have been removed.", removed_count: chosen.length, metrics: chosen };
}

/** Removes what belongs to metrics that are gone. */
function removeTelemetry(state: Call["state"]): void {
  const kept = new Set(state.metrics.map(({ id }) => id));
  state.anomalies = state.anomalies.filter(({ metric_id }) => kept.has(metric_id));
  state.patterns = state.patterns.filter(({ metric_id }) => kept.has(metric_id));
  const patterns = new Set(state.patterns.map(({ id }) => id));
  state.matches = state.matches.filter(({ pattern_id }) => patterns.has(pattern_id));
}

function summary(call: Call) {
  const { state } = call;
  const span = spanOf(call);
  return {
    metrics_count: state.metrics.length,
    anomalies_count: newestFirst(state.anomalies, span).length,
    matches_count: newestFirst(state.matches, span).length,
    patterns_count: state.patterns.filter((pattern) => !isPending(pattern, call.now)).length,
    watchers_count: state.watchers.filter(({ deleted }) => !deleted).length,
  };
}

/** Anomalies per hour. */
function orgGraph(call: Call) {
  const { from, until } = spanOf(call, 7 * day);
  const step = Math.max(hour, Math.ceil((until - from) / 1000));
  const steps = Math.ceil((until - from) / step);
  const points = Array.from({ length: steps }, (_, index) => {
    const start = from + index * step;
    const value = call.state.anomalies.filter(({ timestamp }) => timestamp >= start && timestamp < start + step).length;
    return { timestamp: start, value };
  });
  return drawGraph({ points, axes: { x: true, y: true } });
}

export const orgDataRoutes: readonly Route[] = [
  route(
    "GET /org/events",
    "listOrgEvents",
    { cacheable: true, params: { ...spanParams, ...pageParams }, check: checkSpan },
    (call) => ({
      events: events(call),
    }),
  ),
  route(
    "GET /org/adminalert/{alert_code}",
    "getAdminAlertByCode",
    { cacheable: true, params: { alert_code: { type: "string", required: true } } },
    sentAdminAlert,
  ),
  route("GET /org/summary", "getOrgSummary", { cacheable: true, params: spanParams, check: checkSpan }, (call) => ({
    summary: summary(call),
  })),
  route("GET /org/graph", "getOrgGraph", { params: spanParams, check: checkSpan }, orgGraph),
  route("GET /org/getquotametrics", "listQuotaMetrics", { cacheable: true, params: pageParams }, (call) => ({
    metrics_quota: call.state.metricsQuota,
    metrics_count: call.state.metrics.length,
    metrics: pageOf(call.state.metrics, call).map(({ name }) => name),
  })),
  route(
    "POST /org/removequotametrics",
    "removeQuotaMetrics",
    {
      params: { metrics: { type: "csv" }, patterns: { type: "csv" }, dry_run: { type: "boolean" } },
      check: ({ params, problems }) => {
        if (!params.has("metrics") && !params.has("patterns")) problems.add("metrics", "This or patterns is needed.");
      },
    },
    removeMetrics,
  ),
  route(
    "GET /org/testmetrics",
    "listTestMetrics",
    { cacheable: true, params: { metrics_limit: { type: "integer" } } },
    ({ state, params }) => ({
      metrics_count: state.testMetrics.length,
      metrics: state.testMetrics.slice(0, params.number("metrics_limit") ?? 20),
      ...(state.droppedTestMetrics.length > 0 && {
        dropped_count: state.droppedTestMetrics.length,
        dropped: state.droppedTestMetrics.slice(0, params.number("metrics_limit") ?? 20),
      }),
    }),
  ),
  // The payment service calls it with a body of its own.
  route("POST /org/stripecallback", "stripeCallback", { auth: "none" }, () => ({ message: "Noted." })),
];
