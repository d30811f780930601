import { createPolicyPack } from "pulumi-anomify/policy";

createPolicyPack("anomify-policy-pack", {
  enforcementLevel: "advisory",
  rules: {
    "nobody-notified": "mandatory",
    "no-broad-chips": "mandatory",
    "prod-watchers-are-real-time": { enforcementLevel: "mandatory", chips: ["prod", "checkout"], people: 2 },
    "minimum-expiration": { enforcementLevel: "mandatory", minimum: "15m" },
    "exclusions-carry-note-and-until": { maximumDays: 90 },
  },
});
