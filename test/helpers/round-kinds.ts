import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import type { PropertyMap } from "pulumi-anomify/testing";
import { sample } from "../host/samples.ts";

type Edit = Parameters<SimulatedOrganization["edit"]>[0];

/** One kind in the round: one object, what somebody does to it by hand, and what is to be seen of that. */
export interface KindInRound {
  readonly kind: string;
  readonly inputs: PropertyMap;
  /** The live object in the service's own words; undefined when there is none. */
  readonly live: (organization: SimulatedOrganization) => unknown;
  /** What of it the program determines, as it is after an up. */
  readonly wanted: object;
  /** Somebody changes the object. */
  readonly edit: Edit;
  /** The property that a refresh then shows, with the value it has got. */
  readonly drift: PropertyMap;
  /** How the next up puts it right. */
  readonly repair: "update" | "replace";
  /** Somebody deletes the object. */
  readonly lose?: Edit;
  /** What makes it possible to have it again, for a kind that no call can make. */
  readonly bringBack?: Edit;
  /** What the next up says until then. */
  readonly refusal?: RegExp;
}

// Nobody that the other samples notify: those would be refused too once the person is gone.
const SAM = 104;
const person = {
  email: "sam@acme.example",
  name: "Sam",
  phoneNumber: "+441632960104",
  slackMemberId: "U0ACME0004",
};
const watcherNamed = (name: unknown) => (organization: SimulatedOrganization) =>
  organization.watchers().find((live) => live.name === name && !live.deleted);

function watcherKind(kind: string, edit: (live: { expiration_seconds: number; chips: string[] }) => void) {
  const { name } = sample(kind);
  const touch =
    (change: (live: Parameters<typeof edit>[0] & { deleted: boolean }) => void): Edit =>
    (state) => {
      for (const live of state.watchers) if (live.name === name && !live.deleted) change(live);
    };
  const lose = touch((live) => {
    live.deleted = true;
  });
  return { kind, inputs: sample(kind), live: watcherNamed(name), edit: touch(edit), repair: "update" as const, lose };
}

/** All kinds, for one round: what somebody deleted is remembered from step to step. */
export const roundKinds = (): readonly KindInRound[] => [
  {
    ...watcherKind("Watcher", (live) => {
      live.expiration_seconds = 7200;
    }),
    wanted: { type: "anomaly", chips: ["cpu", "prod"], alert: true, expiration_seconds: 5400 },
    drift: { expiration: "2h" },
  },
  {
    ...watcherKind("ThresholdWatcher", (live) => {
      live.chips = ["depth"];
    }),
    wanted: { type: "threshold", chips: ["depth", "queue"], expiration_seconds: 86_400 },
    drift: { chips: ["depth"] },
  },
  {
    kind: "Exclusion",
    inputs: sample("Exclusion"),
    live: (organization) => organization.exclusions().find(({ pattern }) => pattern === "staging.web2"),
    wanted: { type: "skip_analysis", pattern: "staging.web2", note: "Noisy on purpose" },
    edit: (state) => {
      for (const live of state.exclusions) if (live.pattern === "staging.web2") live.note = "Somebody else's reason";
    },
    drift: { note: "Somebody else's reason" },
    // The API has no call that changes an exclusion.
    repair: "replace",
    lose: (state) => {
      state.exclusions = state.exclusions.filter(({ pattern }) => pattern !== "staging.web2");
    },
  },
  {
    // Each organization has exactly two, and no call that adds or deletes one: it cannot get lost.
    kind: "AdminAlert",
    inputs: sample("AdminAlert", { onDelete: "restore" }),
    live: (organization) => organization.adminAlerts().find(({ id }) => id === 1),
    wanted: { enabled: true, wait_seconds: 600 },
    edit: (state) => {
      for (const live of state.adminAlerts) live.wait_seconds = 900;
    },
    drift: { waitSeconds: 900 },
    repair: "update",
  },
  {
    // The organization itself: it cannot get lost either.
    kind: "OrgSettings",
    inputs: sample("OrgSettings", { onDelete: "restore" }),
    live: (organization) => organization.settings(),
    wanted: { name: "Acme", timezone: "Europe/Berlin" },
    edit: (state) => {
      state.org.timezone = "Asia/Tokyo";
    },
    drift: { timezone: "Asia/Tokyo" },
    repair: "update",
  },
  {
    kind: "User",
    inputs: sample("User", person),
    live: (organization) => organization.users().find(({ id }) => id === SAM),
    wanted: { name: "Sam", phone_number: "+441632960104", notifications: { email_alerts: false } },
    edit: (state) => {
      for (const live of state.users) if (live.id === SAM) live.phone_number = "+441632960199";
    },
    drift: { phoneNumber: "+441632960199" },
    repair: "update",
    ...leavingAndComing(),
  },
];

/** The person leaves the organization; invited again they are the same person. */
function leavingAndComing(): Pick<KindInRound, "lose" | "bringBack" | "refusal"> {
  const gone: Parameters<Edit>[0]["users"] = [];
  return {
    lose: (state) => {
      gone.splice(0, gone.length, ...state.users.filter(({ id }) => id === SAM));
      state.users = state.users.filter(({ id }) => id !== SAM);
    },
    bringBack: (state) => {
      state.users.push(...gone);
    },
    refusal: /sam@acme\.example is not in this Anomify organization.*Invite them in Anomify first/s,
  };
}
