import { status as codes, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import type {
  CheckResponse,
  CreateResponse,
  DiffResponse,
  GetSchemaResponse,
  ProviderHandshakeResponse,
  ReadResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { functionNames } from "../../provider/hosts/plugin/functions.ts";
import { empty, engineService, provider, providerService } from "../../provider/hosts/plugin/proto.ts";
import { UNKNOWN } from "../../provider/runtime/unknowns.ts";
import { CallError, type Values } from "../host/harness.ts";
import { kinds, sample } from "../host/samples.ts";
import { ask, open, secret, startPluginProcess, toStruct } from "./harness.ts";
import { startPluginWorld } from "./world.ts";

const { version } = manifest;
const TOKEN = "0123456789abcdef0123456789abcdef";

describe("before any resource", () => {
  it("handshake accepts secrets, and neither resources nor outputs", async () => {
    const { client } = await startPluginProcess();
    const request = new provider.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1");
    const reply = await ask<ProviderHandshakeResponse>((done) => client.handshake(request, done));
    expect(reply.toObject()).toMatchObject({ acceptSecrets: true, acceptResources: false, acceptOutputs: false });
  });

  it("says its version and its schema", async () => {
    const { client } = await startPluginProcess();
    const info = await ask<PluginInfo>((done) => client.getPluginInfo(new empty.Empty(), done));
    expect(info.getVersion()).toBe(version);
    const schema = await ask<GetSchemaResponse>((done) => client.getSchema(new provider.GetSchemaRequest(), done));
    expect(JSON.parse(schema.getSchema())).toMatchObject({ name: "anomify" });
  });

  it("takes settings as texts, as values and as JSON, and marks the credential as a secret", async () => {
    const plugin = await startPluginProcess();
    const config = {
      token: TOKEN,
      endpoint: "https://api.example.com",
      timeoutSeconds: "33",
      retries: 2,
      strict: true,
      wire: "{}",
      version: "1.2.3",
    };
    const { inputs, failures } = await plugin.checkConfig(config);
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...config, token: secret(TOKEN) });
    expect((await plugin.checkConfig({ ...config, wire: {}, strict: "false" })).failures).toEqual([]);
    expect((await plugin.checkConfig({ ...config, token: secret(TOKEN) })).inputs.token).toEqual(secret(TOKEN));
  });

  it("takes the settings of a TypeScript program, which have their whole names, and shows changes under these", async () => {
    const plugin = await startPluginProcess();
    const config = { "anomify:token": TOKEN, "anomify:endpoint": "https://a.example", "anomify:retries": "2" };
    const check = new provider.CheckRequest().setUrn("urn:pulumi:dev::test::pulumi:providers:anomify::eu");
    check.setNews(toStruct(config));
    const checked = await ask<CheckResponse>((done) => plugin.client.checkConfig(check, done));
    expect(checked.getFailuresList()).toEqual([]);
    expect(checked.getInputs()?.toJavaScript()).toEqual({ ...config, "anomify:token": secret(TOKEN) });
    const request = new provider.DiffRequest();
    request.setOldInputs(toStruct(config));
    request.setNews(toStruct({ ...config, "anomify:retries": "3" }));
    const reply = await ask<DiffResponse>((done) => plugin.client.diffConfig(request, done));
    expect(reply.toObject()).toMatchObject({ changes: 2, replacesList: [], diffsList: ["anomify:retries"] });
  });

  it("a missing token is one failure, which names every way to set it", async () => {
    const plugin = await startPluginProcess();
    const { failures } = await plugin.checkConfig({});
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("The Anomify token is missing") }]);
    for (const way of ["pulumi config set --secret anomify:token", "the argument token", "ANOMIFY_TOKEN"]) {
      expect(failures[0]?.reason).toContain(way);
    }
  });

  it("a wrong setting is named with its ways, and one that is not known yet is judged later", async () => {
    const plugin = await startPluginProcess();
    const { failures } = await plugin.checkConfig({ token: TOKEN, retries: "many" });
    expect(failures[0]?.reason).toMatch(/anomify:retries must be a whole number.*argument retries.*ANOMIFY_RETRIES/);
    expect((await plugin.checkConfig({ token: UNKNOWN, retries: "many" })).failures).toEqual([]);
  });

  it("the environment is the last place for a setting", async () => {
    const plugin = await startPluginProcess({ env: { ANOMIFY_TOKEN: TOKEN } });
    expect((await plugin.checkConfig({})).failures).toEqual([]);
  });

  it("no change of a setting replaces the provider, which would replace everything", async () => {
    const { client } = await startPluginProcess();
    const request = new provider.DiffRequest();
    request.setOldInputs(toStruct({ token: secret(TOKEN), endpoint: "https://a.example" }));
    request.setNews(toStruct({ token: secret("f".repeat(32)), endpoint: "https://b.example" }));
    const reply = await ask<DiffResponse>((done) => client.diffConfig(request, done));
    expect(reply.toObject()).toMatchObject({ changes: 2, replacesList: [], diffsList: ["endpoint", "token"] });
  });
});

describe("other engines", () => {
  it("an older one that sends the first fields alone, and a newer one that sends fields nobody knows yet, get the same answers", async () => {
    // Field 1000, a text.
    const ofTheFuture = Buffer.from([0xc2, 0x3e, 3, 0x6e, 0x65, 0x77]);
    const answers: unknown[][] = [];
    for (const more of [Buffer.alloc(0), ofTheFuture]) {
      const { plugin, simulator, acme } = await startPluginWorld({ shares: false });
      const methods = providerService.ResourceProviderService as unknown as Record<
        string,
        { path: string; responseDeserialize(bytes: Buffer): { toObject(): object } }
      >;
      const call = (name: string, request: { serializeBinary(): Uint8Array }) => {
        const { path, responseDeserialize } = methods[name] as (typeof methods)[string];
        const bytes = Buffer.concat([request.serializeBinary(), more]);
        return ask<ReturnType<typeof responseDeserialize>>((done) =>
          plugin.client.makeUnaryRequest(
            path,
            (all: Buffer) => all,
            responseDeserialize,
            bytes,
            (error, reply) => done(error, reply as never),
          ),
        );
      };
      const urn = "urn:pulumi:dev::test::anomify:index:Exclusion::it";
      const config = toStruct({ token: acme.token, endpoint: simulator.url });
      const given = toStruct({ type: "skip_analysis", pattern: "staging.web2" });
      const handshake = await call("handshake", new provider.ProviderHandshakeRequest());
      const settings = await call("checkConfig", new provider.CheckRequest().setUrn(urn).setNews(config));
      const configured = await call("configure", new provider.ConfigureRequest().setArgs(config));
      const checked = (await call("check", new provider.CheckRequest().setUrn(urn).setNews(given))) as CheckResponse;
      const inputs = checked.getInputs();
      const create = new provider.CreateRequest().setUrn(urn).setProperties(inputs);
      const created = (await call("create", create)) as unknown as CreateResponse;
      const [id, outs] = [created.getId(), created.getProperties()];
      const diff = await call("diff", new provider.DiffRequest().setId(id).setUrn(urn).setOlds(outs).setNews(inputs));
      const read = (await call(
        "read",
        new provider.ReadRequest().setId(id).setUrn(urn).setProperties(outs),
      )) as unknown as ReadResponse;
      expect(acme.exclusions().some((live) => String(live.id) === id)).toBe(true);
      await call("delete", new provider.DeleteRequest().setId(id).setUrn(urn).setProperties(outs));
      expect(acme.exclusions().some((live) => String(live.id) === id)).toBe(false);
      const user = await call(
        "invoke",
        new provider.InvokeRequest().setTok("anomify:index:getUser").setArgs(toStruct({ email: "ana@acme.example" })),
      );
      const { lastWrite: _created, ...made } = outs?.toJavaScript() ?? {};
      const { lastWrite: _read, ...found } = read.getProperties()?.toJavaScript() ?? {};
      expect((settings as CheckResponse).getFailuresList()).toEqual([]);
      answers.push(
        [handshake, configured, checked, diff, user].map((reply) => reply.toObject()),
        [id, made, found],
      );
    }
    expect(answers.slice(2)).toEqual(answers.slice(0, 2));
  });

  it("one that names no type is understood by the URN, inside components too", async () => {
    const { plugin } = await startPluginWorld();
    const urn = "urn:pulumi:dev::test::shop:Alerts$anomify:index:Exclusion::load-tests";
    const news = toStruct({ type: "skip_analysis", pattern: "staging.web2" });
    const request = new provider.CheckRequest().setUrn(urn).setNews(news);
    const reply = await ask<CheckResponse>((done) => plugin.client.check(request, done));
    expect(reply.getFailuresList()).toEqual([]);
    expect(reply.getInputs()?.toJavaScript()).toMatchObject({ pattern: "staging.web2" });
  });

  it("one that sends settings as variables is understood", async () => {
    const { plugin, config } = await startPluginWorld();
    const request = new provider.ConfigureRequest();
    for (const [key, value] of Object.entries(config)) {
      request.getVariablesMap().set(key.replace("anomify:", "anomify:config:"), String(value));
    }
    await ask((done) => plugin.client.configure(request, done));
    expect((await plugin.resource("Watcher").check(sample("Watcher"))).failures).toEqual([]);
  });

  it("fields of a later protocol are passed over", async () => {
    const { plugin } = await startPluginWorld();
    const unknownField = Buffer.from([0xfa, 0x7f, 0x03, 0x61, 0x62, 0x63]);
    const known = new provider.GetSchemaRequest().setVersion(0).serializeBinary();
    const request = provider.GetSchemaRequest.deserializeBinary(Buffer.concat([known, unknownField]));
    const schema = await ask<GetSchemaResponse>((done) => plugin.client.getSchema(request, done));
    expect(schema.getSchema()).toContain("anomify");
  });
});

describe("what there is not", () => {
  it.each([
    ["call", new provider.CallRequest().setTok("anomify:index:Watcher/mute"), /have no methods/],
    ["construct", new provider.ConstructRequest().setType("anomify:index:Team"), /no component resources/],
    ["parameterize", new provider.ParameterizeRequest(), /./],
  ] as const)("%s is refused in words", async (method, request, message) => {
    const { client } = await startPluginProcess();
    const error = await new Promise<ServiceError | null>((resolve) => {
      (client[method] as (asked: typeof request, done: (reason: ServiceError | null) => void) => void)(
        request,
        resolve,
      );
    });
    expect(error?.code).toBe(codes.UNIMPLEMENTED);
    expect(error?.details).toMatch(message);
  });

  it("an unknown type is named with the version and the nearest type", async () => {
    const { plugin } = await startPluginWorld();
    await expect(plugin.resource("Wacher").check({})).rejects.toThrow(
      `version ${version} of the anomify plugin has no resource type anomify:index:Wacher. Did you mean "Watcher"?`,
    );
  });

  it("an unknown function is named with the nearest one", async () => {
    const { plugin } = await startPluginWorld();
    await expect(plugin.invoke("anomify:index:getUsr", {})).rejects.toThrow('Did you mean "getUser"');
  });
});

describe("functions", () => {
  const args: Record<string, Values> = {
    getUser: { email: "ana@acme.example" },
    getChannel: { name: "#ops-alerts" },
    getChips: { chips: ["cpu"] },
    getMetrics: { search: "cpu", limit: 2 },
  };

  it("each answers with an object; a list stands under its name", async () => {
    const { plugin, acme } = await startPluginWorld();
    args.getWatcher = { name: acme.watchers().find((live) => !live.deleted)?.name };
    for (const name of functionNames) {
      const result = await plugin.invoke(`anomify:index:${name}`, args[name] ?? {});
      expect(Object.keys(result).length, name).toBeGreaterThan(0);
    }
    const { users } = await plugin.invoke("anomify:index:getUsers", {});
    expect(users).toContainEqual(expect.objectContaining({ email: "ana@acme.example" }));
  });

  it("people are texts, also by id", async () => {
    const { plugin, acme } = await startPluginWorld();
    const [live] = acme.watchers().filter(({ deleted }) => !deleted);
    acme.edit((state) => {
      for (const watcher of state.watchers) {
        if (watcher.id === live?.id) watcher.alerts = [{ method: "email", ref: "999" }];
      }
    });
    const found = await plugin.invoke("anomify:index:getWatcher", { name: live?.name });
    expect(found.emailUsers).toEqual(["999"]);
  });

  it("what is asked about a secret is answered with secrets, and of what is not known yet with nothing", async () => {
    const { plugin } = await startPluginWorld();
    const known = await plugin.invoke("anomify:index:getUser", { email: secret("ana@acme.example") });
    expect(known.id).toEqual(secret(101));
    expect(await plugin.invoke("anomify:index:getUser", { email: UNKNOWN })).toEqual({});
  });

  it("a mistake fails in words", async () => {
    const { plugin } = await startPluginWorld();
    await expect(plugin.invoke("anomify:index:getUser", { email: "anna@acme.example" })).rejects.toThrow(
      /^getUser: .*Did you mean "ana@acme.example"/,
    );
  });
});

describe("the detailed diff", () => {
  it("has the elements that come and go, and nothing of those that stay", async () => {
    const { plugin } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check(sample("Watcher"));
    const { id, outs } = await watcher.create(inputs);
    const table: Array<[changes: Values, paths: Readonly<Record<string, string>>]> = [
      [{ chips: ["cpu", "data", "prod"] }, { "chips[1]": "add" }],
      [{ chips: ["prod"] }, { "chips[0]": "delete" }],
      [{ chips: ["data", "prod"] }, { "chips[0]": "update" }],
      [{ emailUsers: ["chidi@acme.example", "ben@acme.example"] }, { "emailUsers[0]": "update" }],
      [
        { emailUsers: ["ben@acme.example", "chidi@acme.example"] },
        { "emailUsers[0]": "delete", "emailUsers[1]": "add" },
      ],
      [
        { slackChannel: undefined, slackMentionUsers: [] },
        { slackChannel: "delete", "slackMentionUsers[0]": "delete" },
      ],
      [
        { summaryReport: { frequency: "daily-07:30", emailUsers: ["ben@acme.example"] } },
        { "summaryReport.frequency": "update" },
      ],
      [{ summaryReport: undefined }, { summaryReport: "delete" }],
      [{ name: "Other" }, { name: "update" }],
      [{ name: UNKNOWN }, { name: "update" }],
      [{ undelete: true, fireTestAlertOnCreate: true }, {}],
    ];
    for (const [changes, paths] of table) {
      const wanted = await watcher.check(sample("Watcher", changes), inputs);
      expect(wanted.failures).toEqual([]);
      const found = await watcher.diff(id, outs, wanted.inputs);
      const { effect: _effect, ...own } = found.paths;
      expect(own, JSON.stringify(changes)).toEqual(paths);
      expect(found).toMatchObject({ changes: Object.keys(paths).length > 0, replaces: [], deleteBeforeReplace: false });
      expect(found.stables).toEqual(["watcherId", "organization"]);
    }
  });

  it("has what a change does to the organization's metrics beside the change", async () => {
    const { plugin } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check(sample("Watcher"));
    const { id, outs } = await watcher.create(inputs);
    const wanted = await watcher.check(sample("Watcher", { chips: ["cpu"] }), inputs);
    expect((await watcher.diff(id, outs, wanted.inputs)).paths).toEqual({ "chips[1]": "delete", effect: "update" });
  });

  it("marks what cannot change in place", async () => {
    const { plugin } = await startPluginWorld();
    const exclusion = plugin.resource("Exclusion");
    const { inputs } = await exclusion.check({ type: "skip_analysis", pattern: "staging.web2" });
    const { id, outs } = await exclusion.create(inputs);
    const found = await exclusion.diff(id, outs, { ...inputs, pattern: "staging.web1" });
    expect(found).toMatchObject({ changes: true, replaces: ["pattern"], paths: { pattern: "update!" } });
  });
});

describe("previews", () => {
  it.each(kinds)("of a new %s: the inputs are known, what Anomify decides is not", async (name) => {
    const { plugin, simulator } = await startPluginWorld();
    const resource = plugin.resource(name);
    const { inputs } = await resource.check(sample(name));
    const before = simulator.journal.writes().length;
    const { id, outs } = await resource.create(inputs, { preview: true });
    expect(id).toBe("");
    expect(outs).toMatchObject(inputs);
    const decided = Object.entries(outs).filter(([key]) => !(key in inputs));
    expect(decided.length).toBeGreaterThan(1);
    for (const [key, value] of decided) expect(value, key).toBe(UNKNOWN);
    expect(simulator.journal.writes().length).toBe(before);
  });

  it.each(kinds)("of a changed %s: ids stay known", async (name) => {
    const { plugin, simulator } = await startPluginWorld();
    const resource = plugin.resource(name);
    const { inputs } = await resource.check(sample(name));
    const { id, outs } = await resource.create(inputs);
    const before = simulator.journal.writes().length;
    const preview = await resource.update(id, outs, inputs, { preview: true });
    expect(preview).toEqual({ ...outs, lastWrite: UNKNOWN });
    expect(simulator.journal.writes().length).toBe(before);
  });
});

describe("secrets", () => {
  const webhook = "https://example.com/hook/s3cret";

  it("a secret by definition is marked in every answer, whether or not it came as one", async () => {
    for (const given of [webhook, secret(webhook)]) {
      const { plugin } = await startPluginWorld();
      const watcher = plugin.resource("Watcher");
      const { inputs } = await watcher.check(sample("Watcher", { msTeamsWebhook: given }));
      const { id, outs } = await watcher.create(inputs);
      const read = await watcher.read(id, outs, inputs);
      const imported = await watcher.read(id, {});
      const updated = await watcher.update(id, outs, inputs);
      for (const values of [inputs, outs, updated, read.outs, read.inputs, imported.outs, imported.inputs]) {
        expect(values.msTeamsWebhook).toEqual(secret(webhook));
      }
    }
  });

  it("a secret that somebody set outside is marked where the program has none", async () => {
    const { plugin, acme, nextRun } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check({ name: "Plain", chips: ["cpu"] });
    const { id, outs } = await watcher.create(inputs);
    expect(outs).not.toHaveProperty("msTeamsWebhook");
    acme.edit((state) => {
      const live = state.watchers.find((one) => String(one.id) === id);
      live?.alerts.push({ method: "ms_teams", ref: webhook });
    });
    const read = await (await nextRun()).resource("Watcher").read(id, outs, inputs);
    expect([read.outs.msTeamsWebhook, read.inputs.msTeamsWebhook]).toEqual([secret(webhook), secret(webhook)]);
  });

  it("what the program marks stays marked, with what is said of it", async () => {
    const { plugin } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const marked = sample("Watcher", { name: secret("Hidden"), chips: [secret("cpu"), "prod"] });
    const { inputs } = await watcher.check(marked);
    const { id, outs } = await watcher.create(inputs);
    const read = await watcher.read(id, outs, inputs);
    for (const values of [inputs, outs, read.outs, read.inputs]) {
      expect(values).toMatchObject({ name: secret("Hidden"), chips: secret(["cpu", "prod"]) });
      expect(open(values.effect)).not.toEqual(values.effect);
    }
    expect((await watcher.diff(id, outs, inputs)).changes).toBe(false);
  });

  it("a failing secret is named in the text alone: the engine prints the value of a property", async () => {
    const { plugin } = await startPluginWorld();
    const { failures } = await plugin.resource("Watcher").check({ name: "CPU", chips: [secret("a,b")] });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("chips[0]") }]);
  });
});

describe("people", () => {
  it("ids are texts in every answer, and numbers and texts of digits mean the same", async () => {
    const { plugin, acme } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const people = {
      emailUsers: [101, "102"],
      summaryReport: { frequency: "weekly-monday", emailUsers: ["103"] },
    };
    const texts = { emailUsers: ["101", "102"], summaryReport: { frequency: "weekly-monday", emailUsers: ["103"] } };
    const { inputs, failures } = await watcher.check({ name: "Ids", chips: ["cpu"], ...people });
    expect(failures).toEqual([]);
    const { id, outs } = await watcher.create(inputs);
    const read = await watcher.read(id, outs, inputs);
    for (const values of [inputs, outs, read.outs, read.inputs]) expect(values).toMatchObject(texts);
    expect(acme.watchers().find((live) => String(live.id) === id)?.alerts).toContainEqual(
      expect.objectContaining({ method: "email", ref: "101" }),
    );
    expect((await watcher.diff(id, outs, inputs)).changes).toBe(false);
    expect((await watcher.check(inputs, inputs)).inputs).toEqual(inputs);
  });

  it("chips of digits stay texts", async () => {
    const { plugin, acme } = await startPluginWorld();
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check({ name: "Digits", chips: ["500", "cpu"] });
    const { id, outs } = await watcher.create(inputs);
    expect(outs.chips).toEqual(["500", "cpu"]);
    expect(acme.watchers().find((live) => String(live.id) === id)?.chips).toEqual(["500", "cpu"]);
    expect((await watcher.diff(id, outs, inputs)).changes).toBe(false);
  });

  it("what a singleton had before is put back, people by id too", async () => {
    const { plugin, acme } = await startPluginWorld();
    const alert = plugin.resource("AdminAlert");
    const before = acme.adminAlerts();
    const { inputs } = await alert.check(sample("AdminAlert", { onDelete: "restore", emailUsers: [101] }));
    const { id, outs } = await alert.create(inputs);
    await alert.delete(id, outs);
    expect(acme.adminAlerts()).toEqual(before);
  });
});

describe("import and get", () => {
  it.each(kinds)("a %s that exists is read with its inputs, and an up of these changes nothing", async (name) => {
    const { plugin, nextRun } = await startPluginWorld();
    const made = await plugin.kind(name).make(sample(name));
    const resource = (await nextRun()).resource(name, "imported");
    const read = await resource.read(made.id, {});
    expect(read.id).toBe(made.id);
    const checked = await resource.check(open(read.inputs) as Values, read.inputs);
    expect(checked.failures).toEqual([]);
    expect((await resource.diff(read.id, read.outs, checked.inputs)).changes).toBe(false);
    for (const key of ["adopt", "undelete", "fireTestAlertOnCreate"]) expect(read.inputs).not.toHaveProperty(key);
  });

  it.each(kinds)("a %s that does not exist fails with what to check", async (name) => {
    const { plugin } = await startPluginWorld();
    await expect(plugin.resource(name).read("987654", {})).rejects.toThrow(/987654.*Check (the id|anomify:token)/s);
  });
});

it.each(kinds)("a %s that a dynamic provider made is taken over without a change", async (name) => {
  const { plugin, simulator, nextRun } = await startPluginWorld();
  const { id, inputs, outs } = await plugin.kind(name).make(sample(name));
  const writes = simulator.journal.writes().length;
  const dynamic = { __provider: "exports.handler=()=>1", adopt: null };
  const resource = (await nextRun()).resource(name);
  const wanted = await resource.check(inputs, { ...inputs, ...dynamic });
  expect(wanted).toEqual({ inputs: expect.anything(), failures: [] });
  expect((await resource.diff(id, { ...outs, ...dynamic }, wanted.inputs)).changes).toBe(false);
  const read = await resource.read(id, { ...outs, ...dynamic }, { ...inputs, ...dynamic });
  expect(open(read.outs)).toEqual(outs);
  expect(read.inputs).not.toHaveProperty("__provider");
  expect(simulator.journal.writes().length).toBe(writes);
});

describe("messages", () => {
  it("stand on the row of their resource", async () => {
    const { plugin, warnings } = await startPluginWorld();
    const watcher = plugin.resource("Watcher", "cpu");
    await watcher.check(sample("Watcher", { msTeamsWebhook: "https://acme.webhook.office.com/s3cret" }));
    await warnings.next(/retired/);
    for (const { urn } of warnings.messages) expect(urn).toBe(watcher.urn);
  });
});

describe("time limits and ends", () => {
  const never = () => new Promise<null>(() => {});

  it("customTimeouts is the limit of its operation, and a create that may have worked is recorded", async () => {
    const { plugin, simulator } = await startPluginWorld({ shares: false });
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check(sample("Watcher"));
    simulator.faults.add({ on: "createWatcher", do: { kind: "hold", until: never } });
    const error = await watcher.create(inputs, { timeout: 1 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallError);
    const { message, saved } = error as CallError;
    expect(message).toMatch(/took longer than 1 seconds.*customTimeouts/s);
    expect(saved).toMatchObject({
      id: expect.stringContaining("pending:"),
      properties: {
        name: "CPU idle",
        pending: { others: [] },
        msTeamsWebhook: secret(sample("Watcher").msTeamsWebhook),
      },
    });
  });

  it("cancel ends a create in flight, and is silent when nothing is", async () => {
    const { plugin, simulator, warnings } = await startPluginWorld({ shares: false });
    const watcher = plugin.resource("Watcher");
    const { inputs } = await watcher.check(sample("Watcher"));
    let reached = () => {};
    const isSent = new Promise<void>((resolve) => {
      reached = resolve;
    });
    simulator.faults.add({
      on: "createWatcher",
      do: {
        kind: "hold",
        until: () => {
          reached();
          return never();
        },
      },
    });
    const create = watcher.create(inputs).catch((reason: unknown) => reason);
    await isSent;
    const shown = warnings.messages.length;
    await plugin.cancel();
    expect(((await create) as CallError).saved?.id).toMatch(/^pending:/);
    await plugin.cancel();
    expect(warnings.messages.length).toBe(shown);
  });

  it("ends with its engine, also one that is killed", async () => {
    const engine = new Server();
    engine.addService(engineService.EngineService, {});
    const port = await new Promise<number>((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const plugin = await startPluginProcess({ engine: `127.0.0.1:${port}`, config: { token: TOKEN } });
    engine.forceShutdown();
    expect(await plugin.ended).toBe(1);
  });

  it("started by hand, it waits for an engine", async () => {
    const plugin = await startPluginProcess({ engine: "127.0.0.1:1", config: { token: TOKEN } });
    expect(plugin.child.exitCode).toBe(null);
    expect(plugin.stderr()).toBe("");
  });
});
