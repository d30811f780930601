/** An output that is meant to hold secrets. */
export interface Allowance {
  /** Of the output, as `transcript` was reported. */
  readonly source: RegExp;
  /** By their names. */
  readonly secrets: RegExp;
  readonly reason: string;
}

export const allowances: readonly Allowance[] = [
  {
    source: /^stdout of anomify (export|adopt) .*--print-secret /,
    secrets: /^webhook /,
    reason: "prints one webhook URL, for a pipe; that is what the option is for",
  },
  {
    source: /^owner-only file ([^ ]+\/)?import\.json after anomify (export|adopt)\b/,
    secrets: /^webhook /,
    reason: "what Pulumi takes the objects over from; it has to hold the webhook URLs, until the user deletes it",
  },
  {
    source: /^owner-only file .+ after anomify snapshot .*--with-secrets\b/,
    secrets: /^webhook /,
    reason: "the user asks for a snapshot with its webhook URLs",
  },
  {
    source: /^owner-only file profiles\.json after anomify /,
    secrets: /^(session|token) /,
    reason: "the stored login: the credential is what it stores",
  },
  {
    source: /^stdout of (bash -c )?(npx (--no-install )?)?anomify simulate\b/,
    secrets: /^token of (acme|globex|empty|demo)$/,
    reason: "prints the token that a program needs for the simulated organization, and that is good for no other",
  },
  {
    source: /^(stdout|output) of pulumi stack (export|output) .*--show-secrets/,
    secrets: /./,
    reason: "the test asks for the clear values",
  },
  {
    source: /^(event log of pulumi|result of) (up|preview)\b/,
    secrets: /^webhook of a get\b/,
    reason: "Pulumi's SDK puts what a get finds into its own debug messages, before anything is marked as a secret",
  },
];
