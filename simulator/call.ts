import type { Caller } from "./auth.ts";
import { Refusal } from "./envelope.ts";
import type { Params, Problems } from "./params.ts";
import type { Organization, Service } from "./service.ts";
import type { OrganizationState } from "./state.ts";
import { nextId } from "./state.ts";
import type { WireUser } from "./wire.ts";

/** One request as a route sees it. */
export class Call {
  readonly service: Service;
  readonly caller: Caller;
  readonly params: Params;
  readonly problems: Problems;
  /** Unix seconds, whole. */
  readonly now: number;
  /** Scheme, host and port the request was sent to, for absolute URLs in replies. */
  readonly origin: string;

  constructor(facts: Pick<Call, "service" | "caller" | "params" | "problems" | "now" | "origin">) {
    this.service = facts.service;
    this.caller = facts.caller;
    this.params = facts.params;
    this.problems = facts.problems;
    this.now = facts.now;
    this.origin = facts.origin;
  }

  /** The organization the caller belongs to; a call without one is refused. */
  get organization(): Organization {
    if (!this.caller.organization) throw new Refusal(401, "Please log in.");
    return this.caller.organization;
  }

  get state(): OrganizationState {
    return this.organization.state;
  }

  /** The person who is logged in; null with the organization token. */
  get user(): WireUser | null {
    return this.caller.user;
  }

  /** Puts something into the list of what happened. */
  note(type: string, message: string): void {
    const { events } = this.state;
    events.push({
      id: nextId(this.state, "event", events),
      type,
      message,
      timestamp: this.now,
      user_id: this.user?.id ?? null,
    });
  }

  /** Refuses people who are not admins. The organization token stands for no person and is let through. */
  requireAdmin(): void {
    if (this.user && !this.user.admin) throw new Refusal(403, "Only admin users may do this.");
  }
}
