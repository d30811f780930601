import type { Organization, Service, Session } from "./service.ts";
import type { WireUser } from "./wire.ts";

/** Where a request may carry who it comes from. */
export interface Credentials {
  header(name: string): string | undefined;
  /** Parameters of the query and the form. */
  parameter(name: string): string | undefined;
}

/** Who a request comes from. */
export interface Caller {
  /** Session tied to the request: the one that was sent, or a new one of nobody. */
  sessionId: string;
  /** False when the session was made on the spot. */
  sessionSent: boolean;
  /** The record behind the session, logged in or waiting for its second factor. */
  session: Session | null;
  organization: Organization | null;
  /** Null when only the organization token counts. */
  user: WireUser | null;
}

const sessionForm = /^[0-9a-f]{32}$/;

/** The session is looked at first and wins; one that is not logged in leaves the word to the token. */
export function identify(service: Service, credentials: Credentials): Caller {
  const sent = sentSession(credentials);
  const sessionId = sent ?? service.newSecret();
  const session = sent === undefined ? null : (service.sessions.get(sent) ?? null);
  const user = session?.validated
    ? session.organization.state.users.find(({ id }) => id === session.userId)
    : undefined;
  if (session && user) return { sessionId, sessionSent: true, session, organization: session.organization, user };
  const token = credentials.header("x-auth-token");
  const organization = token === undefined ? null : (service.byToken(token) ?? null);
  return { sessionId, sessionSent: sent !== undefined, session, organization, user: null };
}

function sentSession(credentials: Credentials): string | undefined {
  const candidates = [
    credentials.header("x-session-id"),
    credentials.parameter("session_id"),
    sessionCookie(credentials.header("cookie")),
  ];
  return candidates.find((candidate) => candidate !== undefined && sessionForm.test(candidate));
}

/** The cookie a browser would send back. */
export function sessionCookie(header: string | undefined): string | undefined {
  return header?.match(/(?:^|;\s*)session_id=([^;]*)/)?.[1];
}
