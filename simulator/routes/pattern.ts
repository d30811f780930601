import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { drawGraph } from "../graph.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import type { ParamSpecs } from "../params.ts";
import { isPending, metricOf, patternOf, renderMatch, renderPattern } from "../render-telemetry.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { pointsOf } from "../series.ts";
import type { StoredMatch, StoredPattern } from "../state.ts";

const patternId = { pattern_id: { type: "integer", required: true } } satisfies ParamSpecs;
const matchId = { match_id: { type: "integer", required: true } } satisfies ParamSpecs;

function findPattern({ state, params }: Call): StoredPattern {
  const pattern = state.patterns.find(({ id }) => id === params.number("pattern_id"));
  if (!pattern) throw noSuch("pattern");
  return pattern;
}

function findMatch({ state, params }: Call): StoredMatch {
  const match = state.matches.find(({ id }) => id === params.number("match_id"));
  if (!match) throw noSuch("match");
  return match;
}

/** The data a pattern was learnt from: the time before its anomaly. */
function learntPoints(call: Call, pattern: StoredPattern) {
  const { state } = call;
  const end = state.anomalies.find(({ id }) => id === pattern.anomaly_id)?.timestamp ?? pattern.created_timestamp;
  return pointsOf(metricOf(call, pattern.metric_id), end - pattern.duration, end, state.anomalies);
}

function disable(call: Call) {
  const pattern = findPattern(call);
  if (pattern.enabled) call.note("pattern_disabled", `Pattern ${pattern.id} has been disabled.`);
  pattern.enabled = false;
  return { pattern: renderPattern(call, pattern) };
}

function matchGraph(call: Call) {
  const match = findMatch(call);
  const pattern = patternOf(call, match.pattern_id);
  const metric = metricOf(call, pattern.metric_id);
  const points = pointsOf(metric, match.timestamp - pattern.duration, match.timestamp, call.state.anomalies);
  return drawGraph({ points, matches: [match.timestamp] });
}

export const patternRoutes: readonly Route[] = [
  route("GET /pattern/{pattern_id}", "getPattern", { cacheable: true, params: patternId }, (call) => ({
    pattern: renderPattern(call, findPattern(call)),
  })),
  route("POST /pattern/{pattern_id}/disable", "disablePattern", { params: patternId }, disable),
  route(
    "GET /pattern/{pattern_id}/matches",
    "listPatternMatches",
    { cacheable: true, params: { ...patternId, ...spanParams, ...pageParams }, check: checkSpan },
    (call) => {
      const { id } = findPattern(call);
      const matches = newestFirst(
        call.state.matches.filter(({ pattern_id }) => pattern_id === id),
        spanOf(call),
      );
      return { matches: pageOf(matches, call).map((match) => renderMatch(call, match)) };
    },
  ),
  route(
    "GET /pattern/{pattern_id}/timeseries",
    "getPatternTimeseries",
    { cacheable: true, params: patternId },
    (call) => ({
      timeseries: learntPoints(call, findPattern(call)),
    }),
  ),
  route("GET /patterns/pending", "listPendingPatterns", { cacheable: true }, (call) => ({
    patterns: call.state.patterns
      .filter((pattern) => isPending(pattern, call.now))
      .map((pattern) => renderPattern(call, pattern)),
  })),
  route("GET /match/{match_id}", "getMatch", { cacheable: true, params: matchId }, (call) => ({
    match: renderMatch(call, findMatch(call)),
  })),
  route("GET /match/{match_id}/graph", "getMatchGraph", { params: matchId }, matchGraph),
  route("GET /match/{match_id}/motif/graph", "getMatchMotifGraph", { params: matchId }, (call) =>
    drawGraph({ points: learntPoints(call, patternOf(call, findMatch(call).pattern_id)) }),
  ),
];
