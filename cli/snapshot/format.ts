import { z } from "zod";
import { kindOf } from "../../provider/catalog.ts";
import { mistaken } from "../../provider/stack/documents.ts";

/** The file that `anomify snapshot` writes, and its form on reading. */

export const SNAPSHOT_FORMAT = "anomify-snapshot";
export const SNAPSHOT_VERSION = 1;

const person = z.union([z.string(), z.number()]);
const people = z.array(person);
const watcher = {
  name: z.string(),
  chips: z.array(z.string()),
  alert: z.boolean(),
  emailUsers: people,
  smsUsers: people,
  slackMentionUsers: people,
  slackChannel: z.string().nullable(),
  msTeamsWebhook: z.string().nullable(),
  expiration: z.string(),
  summaryReport: z.strictObject({ frequency: z.string(), emailUsers: people }).nullable(),
};
const threshold = z
  .strictObject({
    condition: z.string(),
    value: z.number().optional(),
    times: z.int().optional(),
    function: z.string().optional(),
    functionSeconds: z.int().optional(),
    minimumAvg: z.number().optional(),
    minimumAvgSeconds: z.int().optional(),
  })
  .nullable();
const optional = z.string().nullable();

function object<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, inputs: Shape) {
  return z.strictObject({
    kind: z.literal(kind),
    id: z.string().min(1),
    inputs: z.strictObject(inputs),
    withheld: z.array(z.string()).default([]),
  });
}

// Looser than the inputs of a program: what is in an organization was not judged by us.
const objects = z.discriminatedUnion("kind", [
  object(kindOf("watcher"), watcher),
  object(kindOf("threshold-watcher"), { ...watcher, threshold }),
  object(kindOf("exclusion"), { type: z.string(), pattern: z.string(), note: optional }),
  object(kindOf("admin-alert"), {
    alert: z.string(),
    enabled: z.boolean(),
    emailUsers: people,
    smsUsers: people,
    slackChannel: optional,
    waitSeconds: z.number(),
  }),
  object(kindOf("settings"), { name: z.string(), timezone: z.string() }),
  object(kindOf("person"), {
    email: z.string(),
    name: optional,
    phoneNumber: optional,
    slackMemberId: optional,
    emailAlerts: z.boolean().nullable(),
  }),
]);

const schema = z.strictObject({
  format: z.literal(SNAPSHOT_FORMAT),
  version: z.literal(SNAPSHOT_VERSION),
  /** Version of the package that wrote it. */
  tool: z.string(),
  organization: z.strictObject({ id: z.int(), name: z.string() }),
  /** Unix seconds, service clock. */
  takenAt: z.int(),
  /** Whether every list was read from the live data, not from a cache. */
  live: z.boolean(),
  /** Whether the values of secrets are in it. */
  secrets: z.boolean(),
  objects: z.array(objects),
  deletedWatchers: z.array(z.strictObject({ kind: z.string(), id: z.string(), name: z.string() })),
});

export type Snapshot = z.output<typeof schema>;
export type SnapshotObject = Snapshot["objects"][number];

/** How such a file is made. */
export const WRITE_SNAPSHOT = "Write one with: anomify snapshot --out snapshot.json";

/** @throws Error saying what the file is instead, or what in it is damaged; never with a value of it */
export function parseSnapshot(text: string, file: string): Snapshot {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged: it is not JSON, perhaps because only a part was copied. Take another copy.`);
  }
  const head = z.looseObject({ format: z.literal(SNAPSHOT_FORMAT), version: z.int() }).safeParse(json);
  if (!head.success) throw new Error(`${mistaken(json, file, "no snapshot")} ${WRITE_SNAPSHOT}`);
  if (head.data.version > SNAPSHOT_VERSION) {
    throw new Error(
      `${file} is a snapshot of version ${head.data.version}, and this anomify reads up to ${SNAPSHOT_VERSION}. Update pulumi-anomify.`,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `  ${path.join(".") || "(top)"}: ${message}`);
  throw new Error(`${file} is damaged:\n${places.join("\n")}\nTake another copy; a snapshot is not to be edited.`);
}
