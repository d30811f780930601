/** Functions that a component has besides its class, in the form in which they are written. */

/** Refuses arguments that name nothing in the tables. */
export const REFUSE_UNKNOWN = `/** Arguments may come from the config of a stack, which no compiler sees. */
function refuseUnknown(args: object, tables: object, path = ""): void {
  const known = new Map<string, unknown>(Object.entries(tables));
  for (const [name, value] of Object.entries(args)) {
    if (!known.has(name)) {
      const names = [...known.keys()].join(", ");
      throw new pulumi.RunError(\`There is no \${path}\${name} that could be called otherwise. There is: \${names}.\`);
    }
    const inner = known.get(name);
    if (typeof inner === "object" && inner !== null) refuseUnknown(value ?? {}, inner, \`\${path}\${name}.\`);
  }
}`;

/** Leaves out of the arguments of a resource what is null. */
export const REACHABLE = `type Person = string | number;

/** Who is notified; null is what the organization does not have. */
interface Recipients {
  emailUsers?: (Person | null)[];
  smsUsers?: (Person | null)[];
  slackChannel?: string | null;
  slackMentionUsers?: (Person | null)[];
  msTeamsWebhook?: pulumi.Output<string> | undefined;
  summaryReport?: { frequency: string; emailUsers: (Person | null)[] };
}

/** Leaves out what the organization does not have, mentions without a channel, and summaries that nobody reads. */
function reachable({ emailUsers, smsUsers, slackMentionUsers, summaryReport, ...others }: Recipients) {
  const present = (people: (Person | null)[] = []) => people.filter((person) => person !== null);
  const readers = present(summaryReport?.emailUsers);
  return {
    ...others,
    ...(emailUsers && { emailUsers: present(emailUsers) }),
    ...(smsUsers && { smsUsers: present(smsUsers) }),
    ...(slackMentionUsers && others.slackChannel !== null && { slackMentionUsers: present(slackMentionUsers) }),
    ...(summaryReport && readers.length > 0 && { summaryReport: { ...summaryReport, emailUsers: readers } }),
  };
}`;

/** Reads a webhook URL. */
export const SECRET = `/** The secret of a config key, where there is one. */
function secret(key: string | null): pulumi.Output<string> | undefined {
  return key === null ? undefined : config.requireSecret(key);
}`;

/** Arguments that replace entries of a table. */
export const COUNTERPARTS = `/** Entries of a table under other names, some of them missing in the other organization. */
type Counterparts<Table> = { [Name in keyof Table]?: Table[Name] | null };`;
