import { describe, expect, it } from "vitest";
import { ConfigError, readSettings } from "../../provider/organization/config.ts";

const TOKEN = "0".repeat(32);
const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings((key) => config[key], environment);

describe("settings", () => {
  it("need nothing but a token", () => {
    expect(read({ "anomify:token": TOKEN })).toEqual({
      endpoint: "https://api.anomify.ai",
      token: TOKEN,
      timeoutSeconds: 120,
      retries: 4,
      strict: false,
    });
  });

  it("come from the environment too, and the stack's config wins, key by key", () => {
    const environment = {
      ANOMIFY_TOKEN: TOKEN,
      ANOMIFY_ENDPOINT: "https://env.example",
      ANOMIFY_TIMEOUT_SECONDS: "7",
      ANOMIFY_RETRIES: "1",
      ANOMIFY_STRICT: "true",
    };
    const settings = { endpoint: "https://env.example", token: TOKEN, timeoutSeconds: 7, retries: 1, strict: true };
    expect(read({}, environment)).toEqual(settings);
    const config = { "anomify:endpoint": "https://stack.example", "anomify:retries": "0", "anomify:strict": "false" };
    expect(read(config, environment)).toEqual({
      ...settings,
      endpoint: "https://stack.example",
      retries: 0,
      strict: false,
    });
  });

  it("may limit the rate of requests, by default not", () => {
    const config = { "anomify:token": TOKEN, "anomify:requestsPerSecond": "5" };
    expect(read(config, { ANOMIFY_REQUESTS_PER_SECOND: "9" }).requestsPerSecond).toBe(5);
    expect(read({ "anomify:token": TOKEN }, { ANOMIFY_REQUESTS_PER_SECOND: "9" }).requestsPerSecond).toBe(9);
    expect(read({ "anomify:token": TOKEN })).not.toHaveProperty("requestsPerSecond");
    expect(() => read({ ...config, "anomify:requestsPerSecond": "0" })).toThrow(/requestsPerSecond must be/);
  });

  it("permit http on another machine only where the stack or the environment says so by name", () => {
    const config = { "anomify:token": TOKEN, "anomify:endpoint": "http://anomify.internal" };
    expect(() => read(config)).toThrow(
      "anomify:endpoint must be https, or credentials would travel in clear; anomify:allowInsecureEndpoint true (ANOMIFY_ALLOW_INSECURE_ENDPOINT) permits http.",
    );
    expect(read({ ...config, "anomify:allowInsecureEndpoint": "true" }).allowInsecureEndpoint).toBe(true);
    expect(read(config, { ANOMIFY_ALLOW_INSECURE_ENDPOINT: "true" }).allowInsecureEndpoint).toBe(true);
    const denied = { ...config, "anomify:allowInsecureEndpoint": "false" };
    expect(() => read(denied, { ANOMIFY_ALLOW_INSECURE_ENDPOINT: "true" })).toThrow("must be https");
  });

  it("take an empty text for unset", () => {
    expect(read({ "anomify:token": "  ", "anomify:endpoint": "" }, { ANOMIFY_TOKEN: ` ${TOKEN}\n` })).toMatchObject({
      token: TOKEN,
      endpoint: "https://api.anomify.ai",
    });
  });

  it("let a credential of the stack beat one of the environment, of whatever sort", () => {
    const settings = read({ "anomify:token": TOKEN }, { ANOMIFY_SESSION_ID: "left over" });
    expect(settings).toMatchObject({ token: TOKEN });
    expect(settings.sessionId).toBeUndefined();
    expect(read({ "anomify:sessionId": "mine" }, { ANOMIFY_TOKEN: TOKEN }).token).toBeUndefined();
  });
});

describe("real names", () => {
  const wire = { updateOrg: { params: { name: "title" } } };

  it("are JSON in the stack's config or the environment", () => {
    const text = JSON.stringify(wire);
    expect(read({ "anomify:token": TOKEN, "anomify:wire": text }).wire).toEqual(wire);
    expect(read({ "anomify:token": TOKEN }, { ANOMIFY_WIRE: text }).wire).toEqual(wire);
  });

  it.each([
    [`{"token": ${TOKEN}`, "anomify:wire is not valid: It must be JSON. Set it as docs/wire-overrides.md"],
    ["[]", "anomify:wire is not valid: It must be an object of operations."],
    ['{"updateOrg":{"params":{"nam":"title"}}}', 'updateOrg.params: "nam" is not a parameter. Did you mean "name"?'],
  ])("that are %s are refused", (text, message) => {
    const attempt = () => read({ "anomify:token": TOKEN, "anomify:wire": text });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(TOKEN);
  });
});

describe("mistakes in settings", () => {
  it.each([
    ["no credential", {}, {}, "pulumi config set --secret anomify:token"],
    [
      "both in the stack",
      { "anomify:token": TOKEN, "anomify:sessionId": "x" },
      {},
      "Both an Anomify token and a session",
    ],
    ["both in the environment", {}, { ANOMIFY_TOKEN: TOKEN, ANOMIFY_SESSION_ID: "x" }, "are set in the environment"],
    ["no URL", { "anomify:token": TOKEN, "anomify:endpoint": "api" }, {}, "anomify:endpoint must be an absolute URL"],
    [
      "a password in the URL",
      { "anomify:token": TOKEN, "anomify:endpoint": "https://ana:pw@api.anomify.ai" },
      {},
      "anomify:endpoint must not contain a user name or password",
    ],
    [
      "no permission",
      { "anomify:token": TOKEN, "anomify:allowInsecureEndpoint": "yes" },
      {},
      "anomify:allowInsecureEndpoint must be true or false",
    ],
    ["no time", { "anomify:token": TOKEN, "anomify:timeoutSeconds": "0" }, {}, "anomify:timeoutSeconds"],
    ["a fraction", { "anomify:token": TOKEN, "anomify:retries": "1.5" }, {}, "anomify:retries must be a whole number"],
    ["no flag", { "anomify:token": TOKEN }, { ANOMIFY_STRICT: "yes" }, "anomify:strict must be true or false"],
  ] as Array<[string, Record<string, string>, Record<string, string>, string]>)(
    "%s",
    (_what, config, environment, message) => {
      expect(() => read(config, environment)).toThrow(ConfigError);
      expect(() => read(config, environment)).toThrow(message);
    },
  );

  it("are reported all at once, each with what mends it, and without a value", () => {
    const config = { "anomify:endpoint": "s3cret", "anomify:timeoutSeconds": "s3cret", "anomify:strict": "s3cret" };
    let message = "";
    try {
      read(config);
    } catch (error) {
      message = String(error);
    }
    for (const key of ["token", "endpoint", "timeoutSeconds", "strict"]) expect(message).toContain(`anomify:${key}`);
    expect(message.match(/pulumi config set/g)).toHaveLength(4);
    expect(message).not.toContain("s3cret");
  });
});
