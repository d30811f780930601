// A dynamic provider as Pulumi's documentation teaches it: a class next to the program, which Pulumi turns into text. Each call
// asks the service for what it needs; diff compares what it was given, and asks nothing.
const pulumi = require("@pulumi/pulumi");
const { watchers } = require("../watchers.js");

const KEYS = ["name", "chips", "emailUsers", "slackChannel", "expiration"];

class WatcherProvider {
  async configure(request) {
    this.endpoint = request.config.require("anomify:endpoint");
    this.token = request.config.require("anomify:token");
  }

  async request(method, path, form) {
    const response = await fetch(this.endpoint + path, {
      method,
      headers: { "X-Auth-Token": this.token },
      body: form === undefined ? undefined : new URLSearchParams(form),
    });
    const { data } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${data.message}`);
    return data;
  }

  async people() {
    return (await this.request("GET", "/org/users")).users;
  }

  async form(inputs) {
    const people = await this.people();
    const ids = inputs.emailUsers.map((email) => people.find((person) => person.email === email).id);
    return {
      name: inputs.name,
      chips: inputs.chips.join(","),
      alert: "true",
      email_users: ids.join(","),
      slack_channel: inputs.slackChannel,
      expiration_time: String(Number.parseInt(inputs.expiration, 10)),
      expiration_time_unit: "hour",
    };
  }

  /** A person who is not there is told in the preview. */
  async check(_olds, news) {
    const known = new Set((await this.people()).map(({ email }) => email));
    const unknown = news.emailUsers.filter((email) => !known.has(email));
    return {
      inputs: news,
      failures: unknown.map((email) => ({ property: "emailUsers", reason: `nobody is ${email}` })),
    };
  }

  async diff(_id, olds, news) {
    return { changes: KEYS.some((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key])) };
  }

  async create(inputs) {
    const { watcher } = await this.request("POST", "/watcher/create", await this.form(inputs));
    return { id: String(watcher.id), outs: { ...inputs, watcherId: watcher.id } };
  }

  async read(id, props) {
    const { watchers } = await this.request("GET", "/watchers/list");
    const found = watchers.find((watcher) => String(watcher.id) === id);
    if (found === undefined) return {};
    const people = await this.people();
    const refs = (method) => found.alerts.filter((alert) => alert.method === method).map(({ ref }) => ref);
    const live = {
      name: found.name,
      chips: props.chips.every((chip) => found.chips.includes(chip)) ? props.chips : found.chips,
      emailUsers: refs("email").map((ref) => people.find((person) => String(person.id) === ref).email),
      slackChannel: refs("slack")[0],
      expiration: `${found.expiration_seconds / 3600}h`,
    };
    return { id, props: { ...props, ...live } };
  }

  async update(id, _olds, news) {
    await this.request("POST", `/watcher/${id}/update`, await this.form(news));
    return { outs: { ...news, watcherId: Number(id) } };
  }

  async delete(id) {
    await this.request("POST", `/watcher/${id}/delete`);
  }
}

const provider = new WatcherProvider();

class Watcher extends pulumi.dynamic.Resource {
  constructor(name, args, opts) {
    super(provider, name, { watcherId: undefined, ...args }, opts);
  }
}

for (const args of watchers(require("../workload.json"))) new Watcher(args.name, args);
