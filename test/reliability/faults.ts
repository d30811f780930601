import type { FaultAction } from "pulumi-anomify/simulator";

/** What goes wrong with a request, by the name that the table in docs/reliability.md gives it. */
export const faults: Readonly<Record<string, FaultAction>> = {
  "connection dropped before": { kind: "drop", when: "before" },
  "connection dropped after": { kind: "drop", when: "after" },
  "reply truncated": { kind: "truncate" },
  "500 after": { kind: "status-after", status: 500 },
  502: { kind: "status", status: 502 },
  429: { kind: "rate-limit", retryAfter: 0 },
  "error page": { kind: "html", status: 503 },
  "page with 200": { kind: "html", status: 200 },
};

/** Faults that leave it open whether the request took effect, and after which nothing gets through any more. */
export const outages: Readonly<Record<string, FaultAction>> = {
  "outage before": { kind: "drop", when: "before" },
  "outage after": { kind: "drop", when: "after" },
};
