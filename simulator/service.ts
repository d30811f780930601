import { createHash } from "node:crypto";
import { seedOrganization } from "./seed.ts";
import type { OrganizationState, SentMessage } from "./state.ts";
import type { Tenant } from "./tenant.ts";
import type { WireUser } from "./wire.ts";

/** One organization inside the service. */
export interface Organization {
  readonly name: string;
  readonly token: string;
  readonly state: OrganizationState;
}

/** A session that belongs to somebody. Sessions of nobody are not kept: any id of the right form is one. */
export interface Session {
  readonly id: string;
  readonly organization: Organization;
  readonly userId: number;
  /** False until the second factor was given; counts as nobody till then. */
  validated: boolean;
  /** Names the login attempt when another client gives the second factor. */
  readonly attemptToken: string | null;
}

/** A code that went out by e-mail. */
export interface MailedToken {
  readonly kind: SentMessage["kind"];
  readonly organization: Organization;
  readonly userId: number;
}

/** The whole service: organizations, sessions and the codes that are under way. */
export class Service {
  readonly organizations = new Map<string, Organization>();
  readonly sessions = new Map<string, Session>();
  readonly mailedTokens = new Map<string, MailedToken>();
  readonly #clock: () => number;
  #secrets = 0;

  constructor(tenants: readonly Tenant[], clock: () => number) {
    this.#clock = clock;
    for (const tenant of tenants) this.addOrganization(tenant);
  }

  /** Unix seconds, may be fractional. */
  get now(): number {
    return this.#clock();
  }

  addOrganization(tenant: Tenant): Organization {
    if (this.organizations.has(tenant.name)) throw new Error(`There are two tenants named "${tenant.name}".`);
    const organization = { name: tenant.name, token: tenant.token, state: seedOrganization(tenant, this.now) };
    this.organizations.set(tenant.name, organization);
    return organization;
  }

  byToken(token: string): Organization | undefined {
    return [...this.organizations.values()].find((organization) => organization.token === token);
  }

  /** Who has this address: addresses are unique in the whole service. */
  byEmail(email: string): { organization: Organization; user: WireUser } | undefined {
    for (const organization of this.organizations.values()) {
      const user = organization.state.users.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase());
      if (user) return { organization, user };
    }
    return undefined;
  }

  /** 32 hex characters; the same ones in each run, so that recordings compare. */
  newSecret(): string {
    this.#secrets += 1;
    return createHash("sha256").update(`anomify simulator ${this.#secrets}`).digest("hex").slice(0, 32);
  }

  /** Binds a person to a session; `id` is the session the request came with, if any. */
  logIn(organization: Organization, user: WireUser, options: { id?: string; validated: boolean }): Session {
    const session: Session = {
      id: options.id ?? this.newSecret(),
      organization,
      userId: user.id,
      validated: options.validated,
      attemptToken: options.validated ? null : this.newSecret(),
    };
    this.sessions.set(session.id, session);
    return session;
  }

  /** Sends an e-mail into the outbox of the organization, with a one-time code. */
  mail(organization: Organization, user: WireUser, kind: SentMessage["kind"], text: string): string {
    const token = this.newSecret();
    this.mailedTokens.set(token, { kind, organization, userId: user.id });
    organization.state.outbox.push({ to: user.email, kind, token, text, timestamp: Math.floor(this.now) });
    return token;
  }
}
