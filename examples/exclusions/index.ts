import * as anomify from "pulumi-anomify";

// One exclusion per pattern: a changed one is added before the old one goes.
const noisy = ["staging.loadtest.web2", "staging.canary.web1"];
const exclusions = noisy.map(
  (pattern) =>
    new anomify.Exclusion(pattern.replaceAll(".", "-"), { type: "skip_analysis", pattern, note: "Not production" }),
);

export const ids = exclusions.map((exclusion) => exclusion.id);
