import { ApiError, type Org } from "../../sdk/index.ts";
import type { Finding } from "./findings.ts";
import { type Probe, statusOf } from "./probe.ts";

/** Writes the time zone that the organization has, so that nothing changes, and reports whether that is allowed. */
export async function checkWrite(probe: Probe): Promise<Finding> {
  const skipped = (finding: string, next: string): Finding => ({ check: "rights", result: "skipped", finding, next });
  const read = await probe((client) => client.org.info());
  const timezone = (read.data as { org: Org } | undefined)?.org.timezone;
  if (timezone === undefined || timezone === "")
    return skipped("writes: not checked, as the organization could not be read", "See the reads.");
  // An old value would be a change.
  if ((statusOf(read.heard, "oldest_cached_component_age") ?? 0) > 0)
    return skipped("writes: not checked, as the organization was read from a cache", "Try again in an hour.");
  const { error } = await probe((client) => client.org.update({ timezone }));
  if (error === undefined) return { check: "rights", result: "ok", finding: "writes: allowed" };
  if (error instanceof ApiError && (error.code === 401 || error.code === 403)) {
    const next = "Use the token, or the session of an admin, that may write.";
    return { check: "rights", result: "refused", finding: `writes: refused (${error.code})`, next };
  }
  const why = error instanceof ApiError ? ` (${error.code})` : "";
  return skipped(
    `writes: not known, as the service did not understand the call${why}`,
    "See the findings about updateOrg.",
  );
}
