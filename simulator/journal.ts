import { sessionCookie } from "./auth.ts";

/** One request. */
export interface JournalEntry {
  method: string;
  /** As sent, still percent-encoded, without the query. */
  path: string;
  /** operationId, or null when there is no such operation. */
  operation: string | null;
  query: Record<string, string>;
  form: Record<string, string>;
  /** Lower-case names; the token reads `[token]`, sessions read `[session]`. */
  headers: Record<string, string>;
  /** HTTP status of the reply; null when there was none (yet). */
  status: number | null;
  /** Whose request it was, as far as token or session shows. */
  tenant: string | null;
  /** Unix seconds of the simulator's clock. */
  at: number;
}

/** Every request in order of arrival. */
export interface Journal {
  entries(): JournalEntry[];
  /** Those with another method than GET. */
  writes(): JournalEntry[];
  clear(): void;
}

/** The journal of one simulator. */
export class RequestJournal implements Journal {
  #entries: JournalEntry[] = [];

  entries(): JournalEntry[] {
    return structuredClone(this.#entries);
  }

  writes(): JournalEntry[] {
    return this.entries().filter(({ method }) => method !== "GET" && method !== "HEAD");
  }

  clear(): void {
    this.#entries = [];
  }

  /** Notes a request and returns its entry, whose status is filled in when the reply goes out. */
  note(entry: JournalEntry): JournalEntry {
    const noted = {
      ...entry,
      query: redactSession(entry.query),
      form: redactSession(entry.form),
      headers: redactHeaders(entry.headers),
    };
    this.#entries.push(noted);
    return noted;
  }
}

function redactSession(params: Record<string, string>): Record<string, string> {
  return Object.hasOwn(params, "session_id") ? { ...params, session_id: "[session]" } : { ...params };
}

function redactHeaders(headers: Record<string, string>): Record<string, string> {
  const redacted = { ...headers };
  if (redacted["x-auth-token"] !== undefined) redacted["x-auth-token"] = "[token]";
  if (redacted["x-session-id"] !== undefined) redacted["x-session-id"] = "[session]";
  const session = sessionCookie(redacted.cookie);
  if (session) redacted.cookie = (redacted.cookie ?? "").replaceAll(session, "[session]");
  return redacted;
}
