// The layers of docs/internals/architecture.md. Imports run one way:
// domain ◄ sdk ◄ provider/{organization, runtime, resources} ◄ hosts, program ◄ routing, policy, cli.
const rule = (name, comment, from, to, more = {}) => ({ name, comment, severity: "error", from, to, ...more });

module.exports = {
  forbidden: [
    rule("no-cycles-of-files", "Layers have a direction. Type-only imports count.", {}, { circular: true }),
    rule(
      "domain-is-below",
      "What alerting means needs no network, no Pulumi and nothing above it.",
      { path: "^domain" },
      { path: "^(sdk|provider|routing|policy|simulator|testing|cli)|node_modules" },
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
