import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import type { Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";

/** A resource that a random program may declare, with one property that differs from write to write: its mark. */
export interface Slot {
  readonly name: string;
  readonly kind: string;
  /** Whether leaving it out of the program leaves the object as it is. */
  readonly isReleased: boolean;
  inputs(mark: number): Values;
  /** The mark among the outputs. */
  markOf(outs: Values): number;
  /** Marks of the objects that are there. */
  live(acme: SimulatedOrganization): number[];
  /** Somebody changes it, or, where that can be, deletes it. */
  edit(acme: SimulatedOrganization, mark: number): void;
  readonly remove?: (acme: SimulatedOrganization) => void;
}

const numberIn = (value: unknown) => Number(String(value).replace(/\D+/g, ""));

function watcher(name: string, kind: string): Slot {
  const isIt = (live: { name: string; deleted: boolean }) => live.name === name && !live.deleted;
  return {
    name,
    kind,
    isReleased: false,
    inputs: (mark) => sample(kind, { name, chips: [`chip${mark}`], alert: mark % 2 === 0 }),
    markOf: ({ chips }) => numberIn((chips as string[])[0]),
    live: (acme) =>
      acme
        .watchers()
        .filter(isIt)
        .map(({ chips }) => numberIn(chips[0])),
    edit: (acme, mark) =>
      acme.edit(({ watchers }) => {
        for (const live of watchers.filter(isIt)) live.chips = [`chip${mark}`];
      }),
    remove: (acme) =>
      acme.edit(({ watchers }) => {
        for (const live of watchers.filter(isIt)) live.deleted = true;
      }),
  };
}

function exclusion(pattern: string): Slot {
  return {
    name: pattern,
    kind: "Exclusion",
    isReleased: false,
    inputs: (mark) => sample("Exclusion", { pattern, note: `note ${mark}` }),
    markOf: ({ note }) => numberIn(note),
    live: (acme) =>
      acme
        .exclusions()
        .filter((live) => live.pattern === pattern)
        .map(({ note }) => numberIn(note)),
    edit: (acme, mark) =>
      acme.edit(({ exclusions }) => {
        for (const live of exclusions.filter((one) => one.pattern === pattern)) live.note = `note ${mark}`;
      }),
    remove: (acme) =>
      acme.edit((state) => {
        state.exclusions = state.exclusions.filter((live) => live.pattern !== pattern);
      }),
  };
}

const isMeant = ({ name }: { name: string }) => name === "All metrics stopped";

const adminAlert: Slot = {
  name: "all-metrics-stopped",
  kind: "AdminAlert",
  isReleased: true,
  inputs: (mark) => sample("AdminAlert", { waitSeconds: 300 + mark }),
  markOf: ({ waitSeconds }) => Number(waitSeconds) - 300,
  live: (acme) =>
    acme
      .adminAlerts()
      .filter(isMeant)
      .map(({ wait_seconds }) => Number(wait_seconds) - 300),
  edit: (acme, mark) =>
    acme.edit(({ adminAlerts }) => {
      for (const live of adminAlerts) if (isMeant(live)) live.wait_seconds = 300 + mark;
    }),
};

const orgSettings: Slot = {
  name: "settings",
  kind: "OrgSettings",
  isReleased: true,
  inputs: (mark) => sample("OrgSettings", { name: `Acme ${mark}` }),
  markOf: ({ name }) => numberIn(name),
  live: (acme) => [numberIn(acme.settings().name)],
  edit: (acme, mark) =>
    acme.edit(({ org }) => {
      org.name = `Acme ${mark}`;
    }),
};

const user: Slot = {
  name: "ben@acme.example",
  kind: "User",
  isReleased: true,
  inputs: (mark) => sample("User", { name: `Ben ${mark}` }),
  markOf: ({ name }) => numberIn(name),
  live: (acme) =>
    acme
      .users()
      .filter(({ email }) => email === "ben@acme.example")
      .map(({ name }) => numberIn(name)),
  edit: (acme, mark) =>
    acme.edit(({ users }) => {
      for (const live of users) if (live.email === "ben@acme.example") live.name = `Ben ${mark}`;
    }),
};

export const slots: readonly Slot[] = [
  watcher("Model one", "Watcher"),
  watcher("Model two", "Watcher"),
  watcher("Model three", "ThresholdWatcher"),
  exclusion("staging.model1"),
  exclusion("staging.model2"),
  adminAlert,
  orgSettings,
  user,
];

/** All that no slot stands for, as text. */
export function others(acme: SimulatedOrganization): string[] {
  const names = new Set(slots.map(({ name }) => name));
  const rest = [
    ...acme.watchers().filter(({ name }) => !names.has(name)),
    ...acme.exclusions().filter(({ pattern }) => !names.has(pattern)),
    ...acme.users().filter(({ email }) => !names.has(email)),
    ...acme.adminAlerts().filter((one) => !isMeant(one)),
    ...acme.channels(),
  ];
  // People and the organization are quoted in other objects.
  const quoted = /^(org|user|users|created_user|updated_user)$/;
  return rest.map((one) => JSON.stringify(one, (key, value) => (quoted.test(key) ? undefined : value)));
}
