// The arrows of docs/architecture.md. What is not allowed here is a wrong turn in the house, not a matter of style.
const only = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    only(
      "no-cycles",
      "Floors have a direction.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    only(
      "ky-in-transport",
      "One file knows the HTTP library.",
      { pathNot: "^(sdk/transport\\.ts|node_modules)" },
      { path: "node_modules/ky" },
    ),
    only(
      "sdk-knows-nothing-above",
      "The client knows no Pulumi and nothing above it.",
      { path: "^sdk" },
      { path: "^(provider|routing|policy|simulator|testing|cli)|node_modules/@pulumi" },
    ),
    only(
      "simulator-is-blind",
      "Simulator and client meet only in the contract.",
      { path: "^simulator" },
      { path: "^(sdk|provider|routing|policy|testing|cli)|node_modules" },
    ),
    only(
      "runtime-below-resources",
      "The runtime never asks which kind it has.",
      { path: "^provider/runtime" },
      { path: "^provider/(resources|[^/]+\\.ts)|^(policy|simulator|testing|cli)" },
    ),
    only(
      "matching-is-pure",
      "What a name matches is told without anything else.",
      { path: "^routing/matching\\.ts" },
      { path: "." },
    ),
    only(
      "provider-knows-matching-alone",
      "Routing is made of the provider's definitions, not the other way round.",
      { path: "^provider" },
      { path: "^(policy|routing)", pathNot: "^routing/(matching|metric-index|lists|model|obstacles|replay)\\.ts" },
    ),
    only(
      "routing-and-policy-are-libraries",
      "Both are used in unit tests and policy packs, where there is no program and no service.",
      { path: "^(routing|policy)" },
      { path: "^(simulator|testing|cli)|node_modules/@pulumi", pathNot: "node_modules/@pulumi/policy" },
    ),
    only(
      "pulumi-at-the-edge",
      "Definitions and runtime are free of Pulumi's SDK.",
      {
        path: "^(provider/(runtime|resources|lookups|health)|provider/(dynamic|catalog)\\.ts|routing|cli)",
        pathNot: "^provider/runtime/engine-log\\.ts",
      },
      { path: "node_modules/@pulumi" },
    ),
    only(
      "dynamic-is-light",
      "The provider process must not load what only programs need.",
      { path: "^provider/dynamic\\.ts" },
      { path: "^provider/(index|resource-class|claims|provider)\\.ts" },
    ),
    only(
      "testing-floor",
      "The embedded engine knows the simulator and Pulumi alone.",
      { path: "^testing" },
      { path: "^(sdk|provider|routing|policy|cli)" },
    ),
    only(
      "examples-are-users",
      "Examples import what users import.",
      { path: "^examples" },
      {
        path: "^(sdk|provider|routing|policy|simulator|testing|cli)/",
        pathNot: "^(sdk|provider|routing|policy|simulator|testing)/index\\.ts",
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
