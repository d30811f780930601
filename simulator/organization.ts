import { renderAdminAlerts, renderExclusion, renderOrg, renderUser, renderWatcher } from "./render.ts";
import type { Organization, Service } from "./service.ts";
import type { Credentials, OrganizationState, SentMessage } from "./state.ts";
import { type ThresholdRule, thresholdRules } from "./threshold-rules.ts";
import type { WireAdminAlert, WireChannel, WireExclusion, WireOrg, WireUser, WireWatcher } from "./wire.ts";

/** One organization of the simulator. What the reading methods return are copies. */
export interface SimulatedOrganization {
  /** Name of the tenant. */
  readonly name: string;
  /** Organization token. */
  readonly token: string;
  readonly id: number;
  /** How many test alerts went out. */
  readonly testAlertsFired: number;
  /** Logs somebody in, by default the first admin, and returns the id of the new session. */
  session(email?: string): string;
  /** Ends all sessions of its people, as when they run out. */
  endSessions(): void;
  password(email: string): string;
  /** The code that this person gives after the password. */
  secondFactorCode(email: string): string;
  /** Messages that would have gone out, with the codes in them. */
  outbox(): SentMessage[];
  /** All watchers, softly deleted ones too. */
  watchers(): WireWatcher[];
  exclusions(): WireExclusion[];
  users(): WireUser[];
  channels(): WireChannel[];
  adminAlerts(): WireAdminAlert[];
  settings(): WireOrg;
  /** The rules of its threshold watchers that are in force: one for each metric and condition. */
  thresholdRules(): ThresholdRule[];
  /**
   * Somebody clicked in the dashboard: a change that no client made and no journal shows.
   * Recipients are `{ method, ref }`; the people in replies are filled in from `users`.
   */
  edit(change: (state: OrganizationState) => void): void;
}

/** An organization as tests see it. */
export class OrganizationView implements SimulatedOrganization {
  readonly #service: Service;
  readonly #organization: Organization;

  constructor(service: Service, organization: Organization) {
    this.#service = service;
    this.#organization = organization;
  }

  get name(): string {
    return this.#organization.name;
  }

  get token(): string {
    return this.#organization.token;
  }

  get id(): number {
    return this.#state.org.id;
  }

  get testAlertsFired(): number {
    return this.#state.testAlertsFired;
  }

  session(email?: string): string {
    return this.#service.logIn(this.#organization, this.#user(email), { validated: true }).id;
  }

  endSessions(): void {
    for (const { id, organization } of this.#service.sessions.values()) {
      if (organization === this.#organization) this.#service.sessions.delete(id);
    }
  }

  password(email: string): string {
    return this.#credentials(email).password;
  }

  secondFactorCode(email: string): string {
    const { secondFactorCode } = this.#credentials(email);
    if (secondFactorCode === null) throw new Error(`${email} has no second factor.`);
    return secondFactorCode;
  }

  outbox(): SentMessage[] {
    return structuredClone(this.#state.outbox);
  }

  watchers(): WireWatcher[] {
    return this.#state.watchers.map((watcher) => renderWatcher(this.#state, watcher, this.#now));
  }

  exclusions(): WireExclusion[] {
    return this.#state.exclusions.map((exclusion) => renderExclusion(this.#state, exclusion, this.#now));
  }

  users(): WireUser[] {
    return this.#state.users.map((user) => renderUser(this.#state, user, this.#now));
  }

  channels(): WireChannel[] {
    return structuredClone(this.#state.channels);
  }

  adminAlerts(): WireAdminAlert[] {
    return renderAdminAlerts(this.#state, this.#now);
  }

  settings(): WireOrg {
    return renderOrg(this.#state, this.#now);
  }

  thresholdRules(): ThresholdRule[] {
    return thresholdRules(this.#state, this.#now);
  }

  edit(change: (state: OrganizationState) => void): void {
    change(this.#state);
  }

  get #state(): OrganizationState {
    return this.#organization.state;
  }

  get #now(): number {
    return Math.floor(this.#service.now);
  }

  #user(email?: string): WireUser {
    const { users } = this.#state;
    const user =
      email === undefined ? users.find(({ admin }) => admin) : users.find((candidate) => candidate.email === email);
    if (!user) throw new Error(`${this.name} has no ${email === undefined ? "admin user" : `user ${email}`}.`);
    return user;
  }

  #credentials(email: string): Credentials {
    const credentials = this.#state.credentials.get(this.#user(email).id);
    if (!credentials) throw new Error(`${email} cannot log in.`);
    return credentials;
  }
}
