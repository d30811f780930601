import { createHash } from "node:crypto";
import { resolveTenant, tenantNames } from "../../simulator/tenants/index.ts";
import { samples } from "../host/samples.ts";
import type { Secret } from "./search.ts";

/** How many secrets a simulator may make up in a test: sessions, codes by e-mail, tokens of new organizations. */
const MADE_UP = 3000;
/**
 * Credentials and webhook URLs that tests write themselves.
 *
 * Not among them: second factors (`271828`) and one-letter stand-ins, which occur by chance wherever there are digits and words,
 * and passphrases of stacks, which are no credentials of the service.
 */
const written: Readonly<Record<string, readonly string[]>> = {
  "token of a test": [
    "organization-token",
    "token-of-a-journal",
    "org/token+with=signs&more",
    ..."0ef".split("").map((one) => one.repeat(32)),
  ],
  "session of a test": ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210", "session-of-ana"],
  "password of a test": ["correct horse battery", "root at random"],
  "secret property of a scenario": ["hunter2"],
  "webhook of a kept state": ["https://example.com/hook/of-a-kept-state"],
  "webhook of a get": ["https://example.com/hook/of-a-get"],
  "webhook of a test": [
    "https://acme.webhook.office.com/s3cret",
    "http://example.com/s3cret",
    "https://example.com/hook/of-a-journal",
    "https://example.com/hook/s3cret",
    "https://example.com/hook/0ther",
    "https://hooks.example.com/very-secret",
    "https://example.webhook.office.com/webhookb2/11-22@33/IncomingWebhook/44é?sig=a+b&x=1",
  ],
};

/** All secrets that are known before the tests run. */
export function knownSecrets(): Secret[] {
  const direct = Object.entries(written).flatMap(([name, values]) => values.map((value) => ({ name, value })));
  return [...ofTenants(), ...ofSamples(), ...direct, ...madeUp()].flatMap(withPath);
}

function ofTenants(): Secret[] {
  return tenantNames.map(resolveTenant).flatMap(({ name, token, users, watchers = [] }) => {
    const passwords = users.map((user) => ({ name: `password of ${user.email}`, value: user.password }));
    const webhooks = watchers
      .flatMap(({ alerts }) => alerts ?? [])
      .filter(({ method }) => method === "ms_teams")
      .map(({ ref }) => ({ name: `webhook of ${name}`, value: String(ref) }));
    return [{ name: `token of ${name}`, value: token }, ...passwords, ...webhooks];
  });
}

function ofSamples(): Secret[] {
  return Object.entries(samples).flatMap(([kind, { msTeamsWebhook }]) =>
    msTeamsWebhook === undefined ? [] : [{ name: `webhook of the sample ${kind}`, value: String(msTeamsWebhook) }],
  );
}

/** What the simulator makes up: it counts, so that recordings compare. */
function madeUp(): Secret[] {
  return Array.from({ length: MADE_UP }, (_, index) => ({
    name: `session or code number ${index + 1} of the simulator`,
    value: createHash("sha256")
      .update(`anomify simulator ${index + 1}`)
      .digest("hex")
      .slice(0, 32),
  }));
}

/** What is secret in a webhook URL stands behind its host. */
export function withPath(secret: Secret): Secret[] {
  const path = /^https?:\/\/[^/]+(\/.{5,})$/.exec(secret.value)?.[1];
  return path === undefined ? [secret] : [secret, { name: `${secret.name} (its path)`, value: path }];
}
