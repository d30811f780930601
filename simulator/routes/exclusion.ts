import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { matchesPattern } from "../matching.ts";
import type { ParamSpecs } from "../params.ts";
import { renderExclusion } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { StoredExclusion } from "../state.ts";
import { nextId } from "../state.ts";

const typeAndPattern = {
  type: { type: "string", required: true },
  pattern: { type: "string", required: true },
} satisfies ParamSpecs;

/** The set of types is open: only what /exclusion/types lists is accepted. */
function checkType({ params, state, problems }: Call): void {
  const type = params.text("type");
  if (type !== undefined && !state.exclusionTypes.some((known) => known.type === type)) {
    problems.add("type", `No such exclusion type: ${type}.`);
  }
}

function add(call: Call) {
  const { state, params, user, now } = call;
  const exclusion: StoredExclusion = {
    id: nextId(state, "exclusion", state.exclusions, 31),
    type: params.text("type") ?? "",
    pattern: params.text("pattern") ?? "",
    note: params.text("note") ?? null,
    created_timestamp: now,
    created_user_id: user?.id ?? null,
  };
  state.exclusions.push(exclusion);
  call.note("exclusion_added", `Exclusion "${exclusion.pattern}" has been added.`);
  return { exclusion: renderExclusion(state, exclusion, now) };
}

/** Not soft: the exclusion is gone, and deleting it again answers 404. */
function remove(call: Call) {
  const { state, params } = call;
  const index = state.exclusions.findIndex(({ id }) => id === params.number("exclusion_id"));
  const exclusion = state.exclusions[index];
  if (!exclusion) throw noSuch("exclusion");
  state.exclusions.splice(index, 1);
  // Its id must not come back, even when the exclusion came in from outside and had the highest one.
  state.lastIds.set("exclusion", Math.max(exclusion.id, state.lastIds.get("exclusion") ?? 0));
  call.note("exclusion_deleted", `Exclusion "${exclusion.pattern}" has been deleted.`);
  return { message: "The exclusion has been deleted." };
}

export const exclusionRoutes: readonly Route[] = [
  route(
    "POST /exclusion/add",
    "addExclusion",
    { params: { ...typeAndPattern, note: { type: "string" } }, check: checkType },
    add,
  ),
  route(
    "POST /exclusion/delete",
    "deleteExclusion",
    { params: { exclusion_id: { type: "integer", required: true } } },
    remove,
  ),
  route("GET /exclusion/list", "listExclusions", { cacheable: true }, ({ state, now }) => ({
    exclusions: state.exclusions.map((exclusion) => renderExclusion(state, exclusion, now)),
  })),
  route(
    "GET /exclusion/test",
    "testExclusion",
    { cacheable: true, params: { ...typeAndPattern, metrics_limit: { type: "integer" } }, check: checkType },
    ({ state, params }) => {
      const names = state.metrics
        .map(({ name }) => name)
        .filter((name) => matchesPattern(name, params.text("pattern") ?? ""));
      return { metrics_count: names.length, metrics: names.slice(0, params.number("metrics_limit") ?? 20) };
    },
  ),
  route("GET /exclusion/types", "listExclusionTypes", { cacheable: true }, ({ state }) => ({
    types: structuredClone(state.exclusionTypes),
  })),
];
