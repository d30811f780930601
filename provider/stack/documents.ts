const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What a JSON document is in words, such as `a snapshot that anomify snapshot wrote`, for an error that says what somebody has
 * handed over by mistake; undefined for one of which nothing is known. Judged by its outermost keys alone.
 */
export function documentName(json: unknown): string | undefined {
  if (!isRecord(json)) return undefined;
  const { format } = json;
  if (format === "anomify-snapshot") return "a snapshot that anomify snapshot wrote";
  const command = typeof format === "string" ? /^anomify-([a-z]+)$/.exec(format)?.[1] : undefined;
  if (command !== undefined) return `what anomify ${command} --json prints`;
  if (isRecord(json.deployment)) return "the state of a stack, as pulumi stack export writes it";
  if (Array.isArray(json.steps)) return "a preview, as pulumi preview --json writes it";
  if (isRecord(json.checkpoint)) return "a file of Pulumi's own backend";
  if (Array.isArray(json.resources)) return "a file for pulumi import";
  if (isRecord(json.profiles)) return "the file with stored logins";
  return undefined;
}

/** The sentence about a document that is something else than is wanted. @param not such as `not the state of a stack` */
export function mistaken(json: unknown, source: string, not: string): string {
  const name = documentName(json);
  return name === undefined ? `${source} is ${not}.` : `${source} is ${not}, but ${name}.`;
}
