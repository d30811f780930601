/**
 * Prints the value of one secret on stdout, for a pipe.
 *
 * @param owner what has the secrets, such as `program`
 * @throws Error naming the keys that there are
 */
export async function printSecret<Secret extends { readonly key: string }>(
  owner: string,
  secrets: readonly Secret[],
  key: string,
  read: (secret: Secret) => string | Promise<string>,
): Promise<void> {
  const secret = secrets.find((candidate) => candidate.key === key);
  if (secret === undefined) {
    const candidates = secrets.map((candidate) => candidate.key).join(", ") || "none";
    throw new Error(`The ${owner} has no secret "${key}". It has: ${candidates}.`);
  }
  process.stdout.write(`${await read(secret)}\n`);
}
