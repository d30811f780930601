/** The watchers that all peers declare: one person and one channel each. `changed`: one of them differs. */
exports.watchers = ({ count, changed }) =>
  Array.from({ length: count }, (_, index) => ({
    name: `CPU of host ${index}`,
    chips: ["cpu", `host${index}`],
    emailUsers: ["ana@acme.example"],
    slackChannel: "ops-alerts",
    expiration: changed && index === 0 ? "2h" : "1h",
  }));
