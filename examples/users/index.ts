import * as anomify from "pulumi-anomify";

// Both are members already: the API has no way to add a person.
const ben = new anomify.User("ben", {
  email: "ben@acme.example",
  phoneNumber: "+441632960102",
  emailAlerts: true,
});

// Ben gets text messages, which needs the number that is set above.
const payments = new anomify.Watcher(
  "payments",
  { name: "Payments", chips: ["payments"], smsUsers: [ben.userId] },
  { dependsOn: [ben] },
);

export const benId = ben.userId;
export const watcher = payments.watcherId;
