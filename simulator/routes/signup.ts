import type { Call } from "../call.ts";
import { Refusal } from "../envelope.ts";
import { checkNewPassword } from "../passwords.ts";
import { renderUser } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { Organization, Service } from "../service.ts";
import type { MetricFamily } from "../tenant.ts";
import { checkTimezone } from "../timezones.ts";

const testData: readonly MetricFamily[] = [
  { template: "test.{host}.{value}", values: { host: ["one", "two"], value: ["latency", "requests"] } },
];

const demoOrganizations = ({ organizations }: Service): Organization[] =>
  [...organizations.values()].filter(({ state }) => state.users.some(({ demo }) => demo));

function enterDemo({ service, params, caller, now }: Call) {
  const wanted = params.number("demo_org_id");
  const organization = demoOrganizations(service).find(({ state }) => wanted === undefined || state.org.id === wanted);
  const user = organization?.state.users.find(({ demo }) => demo);
  if (!organization || !user) {
    throw new Refusal(400, "Some parameters were refused.", { demo_org_id: "No such demo organization." });
  }
  const session = service.logIn(organization, user, {
    ...(caller.sessionSent && { id: caller.sessionId }),
    validated: true,
  });
  return { session: { id: session.id, user: renderUser(organization.state, user, now) } };
}

function checkSignup(call: Call): void {
  checkTimezone(call);
  if (call.service.byEmail(call.params.text("email") ?? ""))
    call.problems.add("email", "Belongs to an account already.");
}

function signUp(call: Call) {
  const { service, params, now } = call;
  const organizations = [...service.organizations.values()];
  const users = organizations.flatMap(({ state }) => state.users);
  const user = {
    id: Math.max(...users.map(({ id }) => id)) + 1,
    name: params.text("user_name") ?? "",
    email: params.text("email") ?? "",
    // Nobody knows it: there is no logging in before the address is confirmed.
    password: service.newSecret(),
    admin: true,
  };
  const name = params.text("org_name") ?? "";
  const organization = service.addOrganization({
    name: freeName(service, name),
    token: service.newSecret(),
    org: {
      id: Math.max(...organizations.map(({ state }) => state.org.id)) + 1,
      name,
      timezone: params.text("timezone") ?? "UTC",
      slack: false,
      ms_teams: false,
    },
    users: [user],
    channels: [],
    watchers: [],
    exclusions: [],
    admin_alerts: [],
    metrics: params.boolean("test_data") ? [...testData] : [],
    metrics_quota: 100,
  });
  const [created] = organization.state.users;
  if (!created) throw new Error("An organization starts with its first user.");
  service.mail(organization, created, "signup-verification", "Confirm your address with this code.");
  return { user: renderUser(organization.state, created, now) };
}

/** Organizations may share a name, tenants may not. */
function freeName({ organizations }: Service, name: string): string {
  let free = name;
  for (let count = 2; organizations.has(free); count += 1) free = `${name} ${count}`;
  return free;
}

function verify({ service, params, caller, now }: Call) {
  const token = params.text("verification_token") ?? "";
  const mailed = service.mailedTokens.get(token);
  const user = mailed?.organization.state.users.find(({ id }) => id === mailed.userId);
  const credentials = mailed?.organization.state.credentials.get(mailed.userId);
  if (mailed?.kind !== "signup-verification" || !user || !credentials || user.email !== params.text("email")) {
    throw new Refusal(400, "Some parameters were refused.", { verification_token: "Is not valid (any more)." });
  }
  service.mailedTokens.delete(token);
  credentials.password = params.text("password_1") ?? credentials.password;
  const session = service.logIn(mailed.organization, user, {
    ...(caller.sessionSent && { id: caller.sessionId }),
    validated: true,
  });
  return { session: { id: session.id, user: renderUser(mailed.organization.state, user, now) } };
}

export const signupRoutes: readonly Route[] = [
  route("GET /signup/demo-orgs", "listDemoOrgs", { auth: "none" }, ({ service }) => ({
    demo_orgs: demoOrganizations(service).map(({ state: { org } }) => ({ id: org.id, name: org.name })),
  })),
  route(
    "POST /signup/demo",
    "signupDemo",
    { auth: "none", params: { email: { type: "email", required: true }, demo_org_id: { type: "integer" } } },
    enterDemo,
  ),
  route(
    "POST /signup/selfserve",
    "signup",
    {
      auth: "none",
      params: {
        email: { type: "email", required: true },
        user_name: { type: "string", required: true },
        org_name: { type: "string", required: true },
        timezone: { type: "string", required: true },
        test_data: { type: "boolean" },
      },
      check: checkSignup,
    },
    signUp,
  ),
  route(
    "POST /signup/verify",
    "verifySignup",
    {
      auth: "none",
      params: {
        email: { type: "email", required: true },
        verification_token: { type: "string", pattern: /^[0-9a-f]{32}$/, required: true },
        password_1: { type: "string", required: true },
        password_2: { type: "string", required: true },
      },
      check: (call) => checkNewPassword(call, "password_1", "password_2"),
    },
    verify,
  ),
];
