import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { renderWatcher } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { nextId } from "../state.ts";
import { momentString } from "../time.ts";
import type { WireThreshold, WireWatcher } from "../wire.ts";
import { createNeeds, createParams, thresholdParams, updateParams, watcherId } from "./watcher-params.ts";
import { alertsAfter, checkThreshold, checkWatcher, expirationSeconds } from "./watcher-rules.ts";

function findWatcher(call: Call): WireWatcher {
  const watcher = call.state.watchers.find(({ id }) => id === call.params.number("watcher_id"));
  if (!watcher) throw noSuch("watcher");
  return watcher;
}

function findLiveWatcher(call: Call): WireWatcher {
  const watcher = findWatcher(call);
  if (watcher.deleted) throw noSuch("watcher");
  return watcher;
}

function create(call: Call, type: WireWatcher["type"]) {
  const { params, state, now } = call;
  const watcher: WireWatcher = {
    id: nextId(state, "watcher", state.watchers, 501),
    type,
    name: params.text("name") ?? "",
    chips: params.chips("chips") ?? [],
    alert: params.boolean("alert") ?? false,
    alerts: alertsAfter(call, []),
    expiration_seconds: expirationSeconds(call) ?? 3600,
    summary_report_frequency: params.text("summary_report_frequency") ?? null,
    threshold: type === "threshold" ? thresholdAfter(call) : null,
    deleted: false,
    created_timestamp: now,
    created_string: momentString(now),
    updated_timestamp: now,
  };
  state.watchers.push(watcher);
  call.note("watcher_created", `Watcher "${watcher.name}" has been created.`);
  if (call.user) call.user.onboarding_flags.alert_created = true;
  if (params.boolean("fire_test_alert")) fireTestAlert(call);
  return { watcher: renderWatcher(state, watcher, now) };
}

function fireTestAlert({ state, user }: Call): void {
  state.testAlertsFired += 1;
  if (user) user.onboarding_flags.test_alert_sent = true;
}

/** A value that came with drop_off_cliff is kept and has no effect. */
function thresholdAfter({ params }: Call, before?: WireThreshold | null): WireThreshold {
  /** What was sent, or what was there; an empty one is cleared. */
  const after = <Value>(name: string, sent: Value | undefined, kept: Value | undefined): Value | undefined =>
    params.has(name) ? sent : kept;
  const number = (name: string, kept: number | null | undefined): number | undefined =>
    after(name, params.number(name), kept ?? undefined);
  const average = after("threshold_function", params.text("threshold_function") || undefined, before?.function);
  const averageSeconds = number("threshold_function_seconds", before?.function_seconds);
  const minimum = number("threshold_minimum_avg", before?.minimum_avg);
  const minimumSeconds = number("threshold_minimum_avg_seconds", before?.minimum_avg_seconds);
  return {
    condition: params.text("threshold_condition") ?? before?.condition ?? "greater_than",
    value: number("threshold_value", before?.value) ?? null,
    times: number("threshold_times", before?.times) ?? 1,
    ...(average !== undefined && { function: average }),
    ...(averageSeconds !== undefined && { function_seconds: averageSeconds }),
    ...(minimum !== undefined && { minimum_avg: minimum }),
    ...(minimumSeconds !== undefined && { minimum_avg_seconds: minimumSeconds }),
  };
}

function update(call: Call) {
  const { params, state, now } = call;
  const watcher = findLiveWatcher(call);
  const reports = params.text("summary_report_frequency");
  Object.assign(watcher, {
    name: params.text("name") ?? watcher.name,
    chips: params.chips("chips") ?? watcher.chips,
    alert: params.boolean("alert") ?? watcher.alert,
    alerts: alertsAfter(call, watcher.alerts),
    expiration_seconds: expirationSeconds(call) ?? watcher.expiration_seconds,
    summary_report_frequency: reports === undefined ? watcher.summary_report_frequency : reports || null,
    threshold: watcher.type === "threshold" ? thresholdAfter(call, watcher.threshold) : null,
    updated_timestamp: now,
  } satisfies Partial<WireWatcher>);
  call.note("watcher_updated", `Watcher "${watcher.name}" has been changed.`);
  return { watcher: renderWatcher(state, watcher, now) };
}

/** Deleting again, or bringing back one that is there, changes nothing and answers the same. */
function setDeleted(call: Call, deleted: boolean): WireWatcher {
  const watcher = findWatcher(call);
  if (watcher.deleted !== deleted) {
    Object.assign(watcher, { deleted, updated_timestamp: call.now });
    const verb = deleted ? "deleted" : "undeleted";
    call.note(`watcher_${verb}`, `Watcher "${watcher.name}" has been ${verb}.`);
  }
  return renderWatcher(call.state, watcher, call.now);
}

export const watcherRoutes: readonly Route[] = [
  route(
    "POST /watcher/create",
    "createWatcher",
    { params: createParams, needs: createNeeds, check: (call) => checkWatcher(call) },
    (call) => create(call, "anomaly"),
  ),
  route(
    "POST /watcher/threshold",
    "createThresholdWatcher",
    { params: thresholdParams, needs: createNeeds, check: checkThreshold },
    (call) => create(call, "threshold"),
  ),
  route(
    "POST /watcher/{watcher_id}/update",
    "updateWatcher",
    { params: { ...watcherId, ...updateParams }, check: (call) => checkWatcher(call, findLiveWatcher(call)) },
    update,
  ),
  route("POST /watcher/{watcher_id}/delete", "deleteWatcher", { params: watcherId }, (call) => ({
    message: "The watcher has been deleted.",
    watcher: setDeleted(call, true),
  })),
  route("POST /watcher/{watcher_id}/undelete", "undeleteWatcher", { params: watcherId }, (call) => ({
    watcher: setDeleted(call, false),
  })),
];
