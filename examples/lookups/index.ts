import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";

// The admins are notified, and by text message whoever has a phone: nobody needs to keep a list.
const admins = anomify.getUsersOutput().apply((users) => users.filter(({ admin }) => admin));
const emailUsers = admins.apply((users) => users.map(({ email }) => email));
const smsUsers = admins.apply((users) => users.filter((user) => user.phoneNumber).map(({ email }) => email));

// A channel that is gone ends the preview here, with the names that are near.
const slackChannel = anomify.getChannelOutput({ name: "#ops-alerts" }).name;

const queues = new anomify.Watcher("queues", {
  name: "Queues",
  chips: ["queue", "age"],
  emailUsers,
  smsUsers,
  slackChannel,
});

// What the chips match, before anybody relies on them.
const matched = anomify.getChipsOutput({ chips: ["queue", "age"] });

// Notifies the same channel as a watcher that another team made by hand.
const checkout = anomify.getWatcherOutput({ name: "Checkout latency" });
const errors = new anomify.Watcher("checkout-errors", {
  name: "Checkout errors",
  chips: ["checkout", "errors"],
  emailUsers,
  slackChannel: checkout.slackChannel.apply((channel) => channel ?? "ops-alerts"),
});

const { name: organization } = anomify.getOrganizationOutput();
export const summary = pulumi.interpolate`${organization}: ${matched.metricsCount} queue metrics are watched`;
export const watchers = [queues.watcherId, errors.watcherId];
