import type { Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";

/** One operation of one kind, as the engine drives it. */
export interface Operation {
  readonly kind: string;
  readonly name: "create" | "update" | "replace" | "delete";
  /** What is there before; left out for a create. */
  readonly before?: Values;
  /** What is wanted; left out for a delete. */
  readonly wanted?: Values;
}

const watchers = ["Watcher", "ThresholdWatcher"].flatMap((kind): Operation[] => [
  { kind, name: "create", wanted: sample(kind) },
  { kind, name: "update", before: sample(kind), wanted: sample(kind, { alert: false, chips: ["other"] }) },
  { kind, name: "delete", before: sample(kind) },
]);

const revived: Operation = {
  kind: "Watcher",
  name: "create",
  wanted: sample("Watcher", { name: "Old disk watcher", undelete: true }),
};

const exclusions: Operation[] = [
  { kind: "Exclusion", name: "create", wanted: sample("Exclusion") },
  {
    kind: "Exclusion",
    name: "replace",
    before: sample("Exclusion"),
    wanted: sample("Exclusion", { pattern: "staging.web3" }),
  },
  { kind: "Exclusion", name: "delete", before: sample("Exclusion") },
];

const singletons: Operation[] = [
  { kind: "AdminAlert", name: "create", wanted: sample("AdminAlert") },
  {
    kind: "AdminAlert",
    name: "update",
    before: sample("AdminAlert"),
    wanted: sample("AdminAlert", { waitSeconds: 900 }),
  },
  {
    kind: "AdminAlert",
    name: "replace",
    before: sample("AdminAlert", { onDelete: "restore" }),
    wanted: sample("AdminAlert", { alert: "some-metrics-stopped" }),
  },
  { kind: "AdminAlert", name: "delete", before: sample("AdminAlert", { onDelete: "restore" }) },
  { kind: "OrgSettings", name: "create", wanted: sample("OrgSettings") },
  {
    kind: "OrgSettings",
    name: "update",
    before: sample("OrgSettings"),
    wanted: sample("OrgSettings", { timezone: "Europe/Paris" }),
  },
  { kind: "OrgSettings", name: "delete", before: sample("OrgSettings", { onDelete: "restore" }) },
  { kind: "User", name: "create", wanted: sample("User") },
  { kind: "User", name: "update", before: sample("User"), wanted: sample("User", { name: "Benjamin" }) },
  {
    kind: "User",
    name: "replace",
    before: sample("User", { onDelete: "remove" }),
    wanted: sample("User", { email: "ana@acme.example", name: "Ana" }),
  },
  { kind: "User", name: "delete", before: sample("User", { onDelete: "remove" }) },
];

export const operations: readonly Operation[] = [...watchers, revived, ...exclusions, ...singletons];
