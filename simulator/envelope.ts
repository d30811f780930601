import type { OrganizationState } from "./state.ts";
import { noFlags } from "./state.ts";
import { momentString } from "./time.ts";
import type { WireStatus, WireUser } from "./wire.ts";

/** A request that is refused: becomes the error envelope. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(status: number, message: string, errors?: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** 404 for an object that is not there (any more). */
export const noSuch = (what: string): Refusal => new Refusal(404, `No such ${what}.`);

/** Messages of failures that have no better one. */
export const defaultMessages: Readonly<Record<number, string>> = {
  400: "Some parameters were refused.",
  401: "Please log in.",
  403: "Only admin users may do this.",
  404: "No such path.",
  405: "This path does not accept that method.",
  429: "Please slow down.",
  500: "Something went wrong.",
  502: "Bad gateway.",
  503: "The service is not available at the moment.",
};

/** What the first half of a reply is made from. */
export interface StatusFacts {
  code: number;
  now: number;
  duration: number;
  sessionId: string;
  host: string;
  state: OrganizationState | null;
  user: WireUser | null;
  cachedAge?: number;
}

/** `status`, the first half of every reply, with all documented fields. */
export function statusOf(facts: StatusFacts): WireStatus {
  const created = Math.floor(facts.now);
  return {
    created_timestamp: created,
    created_string: momentString(created),
    duration: Math.round(facts.duration * 1000) / 1000,
    language: "en-gb",
    timezone: { timezone_type: 3, timezone: "UTC" },
    code: facts.code,
    oldest_cached_component_age: facts.cachedAge ?? 0,
    session_id: facts.sessionId,
    org_onboarding_status_id: facts.state?.org.onboarding_status_id ?? 0,
    api_host: facts.host,
    user_onboarding_flags: structuredClone(facts.user?.onboarding_flags ?? noFlags()),
  };
}

/** `data` of a failure. */
export function failureData(refusal: Pick<Refusal, "message" | "errors">): Record<string, unknown> {
  return { message: refusal.message, ...(refusal.errors && { errors: { ...refusal.errors } }) };
}
