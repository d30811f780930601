import { printable } from "../domain/text/printable.ts";
import { patternOf } from "../domain/text/spellings.ts";

/** Takes secrets out of a text that did not come from this client: a server's message, a page of a proxy, a cause. */
export type Scrub = (text: string) => string;

const mask = "[redacted]";
/** Any absolute URL, also percent-encoded or with JSON's escaped slashes. Webhook URLs are secrets, whoever sent them. */
const anyUrl = /(https?(?::|%3a)(?:\\?\/|%2f){2})([^\s"'<>/\\?#%]+)([^\s"'<>]*)/gi;
/** The shape of the API's sessions, tokens and reset codes. */
const apiToken = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi;
/** A shorter secret would mask half of each sentence, and by its gaps give itself away: the whole text is masked then. */
const shortest = 4;

/**
 * Makes the one function through which every foreign text goes before it enters an error.
 *
 * It masks the given secrets (plain, percent-encoded, form-encoded, JSON- and HTML-escaped, in upper or lower case), the rest of
 * every URL behind its host, and everything that looks like a token of the API.
 */
export function createScrub(secrets: Iterable<string>): Scrub {
  const known = [...new Set(secrets)].filter((secret) => secret !== "").map((secret) => secret.toWellFormed());
  const short = known.filter((secret) => secret.length < shortest);
  let pattern: RegExp | undefined;
  return (text) => {
    if (short.some((secret) => text.toLowerCase().includes(secret.toLowerCase()))) return mask;
    // Made when it is needed first: most calls succeed.
    pattern ??= patternOf(known.filter((secret) => secret.length >= shortest));
    return text.replace(pattern, mask).replace(anyUrl, maskUrl).replace(apiToken, mask);
  };
}

/** Leaves the host, without a user name and a password before it. */
const maskUrl = (_: string, scheme: string, host: string, rest: string): string =>
  scheme + host.slice(host.lastIndexOf("@") + 1) + (rest === "" ? "" : `/${mask}`);

/** One line, scrubbed first and shortened after, so that no half of a secret is left at the cut. */
export function excerpt(text: string, scrub: Scrub, length = 300): string {
  const line = printable(
    scrub(text)
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
  );
  return line.length > length ? `${line.slice(0, length).trimEnd()}…` : line;
}

/**
 * A copy of an error to keep as `cause`: name, message and code only, all scrubbed. The original may hold the request with its
 * headers.
 */
export function safeCause(error: unknown, scrub: Scrub, depth = 3): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const inner = depth > 0 ? safeCause(error.cause ?? firstOf(error), scrub, depth - 1) : undefined;
  const copy = new Error(excerpt(error.message, scrub), inner === undefined ? undefined : { cause: inner });
  const name = excerpt(error.name, scrub, 60);
  Object.defineProperty(copy, "name", { value: name, configurable: true });
  copy.stack = `${name}: ${copy.message}`;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? Object.assign(copy, { code: excerpt(code, scrub, 60) }) : copy;
}

/** A connection to a host with several addresses fails with one error per address, collected in an AggregateError. */
const firstOf = (error: Error): unknown => (error instanceof AggregateError ? error.errors[0] : undefined);
