// The layers of docs/internals/architecture.md. Imports run one way:
// domain ◄ sdk ◄ provider/organization ◄ provider/runtime ◄ provider/resources ◄ hosts, program ◄ routing, policy, cli.
const rule = (name, comment, from, to, more = {}) => ({ name, comment, severity: "error", from, to, ...more });

module.exports = {
  forbidden: [
    rule("no-cycles-of-files", "Layers have a direction. Type-only imports count.", {}, { circular: true }),
    rule("no-cycles-of-folders", "Nor do folders meet in circles.", {}, { circular: true }, { scope: "folder" }),
    rule(
      "domain-is-below",
      "What alerting means needs no network, no Pulumi and nothing above it.",
      { path: "^domain" },
      { path: "^(sdk|provider|routing|policy|simulator|testing|cli)|node_modules" },
    ),
    rule(
      "ky-in-transport",
      "One file knows the HTTP library.",
      { pathNot: "^(sdk/transport\\.ts|node_modules)" },
      {
        path: "node_modules/ky",
      },
    ),
    rule(
      "sdk-knows-nothing-above",
      "The client knows no Pulumi and nothing above it; of domain it uses the texts.",
      { path: "^sdk" },
      { path: "^(provider|routing|policy|simulator|testing|cli)|^domain/(?!text/)|node_modules/@pulumi" },
    ),
    rule(
      "simulator-is-blind",
      "Simulator and client meet only in the contract.",
      { path: "^simulator" },
      { path: "^(domain|sdk|provider|routing|policy|testing|cli)|node_modules" },
    ),
    rule(
      "organization-below-runtime",
      "One organization as a process sees it knows nothing of definitions and hosts.",
      { path: "^provider/organization" },
      { path: "^provider/(?!organization/)|^(routing|policy|simulator|testing|cli)" },
    ),
    rule(
      "runtime-below-resources",
      "The runtime never asks which kind it has, and knows no host.",
      { path: "^provider/runtime" },
      { path: "^provider/(?!organization/|runtime/)|^(routing|policy|simulator|testing|cli)" },
    ),
    rule(
      "runtime-below-create",
      "A create goes through the runtime, not the other way round.",
      { path: "^provider/runtime/[^/]+\\.ts" },
      { path: "^provider/runtime/create" },
    ),
    rule(
      "resources-below-hosts",
      "Definitions know neither hosts nor programs nor the catalogue.",
      { path: "^provider/resources" },
      { path: "^provider/(?!organization/|runtime/|resources/)|^(routing|policy|simulator|testing|cli)" },
    ),
    rule(
      "provider-below-its-users",
      "Routing, policy and the command are made of the provider's definitions, not the other way round.",
      { path: "^provider" },
      { path: "^(routing|policy|simulator|testing|cli)" },
    ),
    rule(
      "routing-and-policy-are-libraries",
      "Both are used in unit tests and policy packs, where there is no program and no service.",
      { path: "^(routing|policy)" },
      { path: "^(simulator|testing|cli)|node_modules/@pulumi", pathNot: "node_modules/@pulumi/policy" },
    ),
    rule(
      "pulumi-at-the-edge",
      "Definitions and runtime are free of Pulumi's SDK.",
      {
        path: "^(provider/(organization|runtime|resources|lookups|stack|hosts)|provider/(dynamic|catalog|inventory)\\.ts|routing|cli)",
        pathNot: "^provider/hosts/(dynamic/engine-log\\.ts|plugin/)",
      },
      { path: "node_modules/@pulumi" },
    ),
    rule(
      "dynamic-is-light",
      "The provider process must not load what only programs need.",
      { path: "^provider/(dynamic\\.ts|hosts)" },
      { path: "^provider/(index\\.ts|program)" },
    ),
    rule(
      "hosts-know-the-core-alone",
      "What both hosts share stands in the core, and the dynamic host loads no gRPC.",
      { path: "^provider/(dynamic\\.ts|hosts/(core|dynamic))" },
      { path: "^provider/hosts/plugin" },
    ),
    rule(
      "testing-layer",
      "The embedded engine knows the simulator and Pulumi alone; of domain it uses the texts.",
      { path: "^testing" },
      { path: "^(sdk|provider|routing|policy|cli)|^domain/(?!text/)" },
    ),
    rule(
      "examples-are-users",
      "Examples import what users import.",
      { path: "^examples" },
      {
        path: "^(domain|sdk|provider|routing|policy|simulator|testing|cli)/",
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
