// Pulumi's package schema: what makes a library for each language of it, and what the Pulumi Registry shows.
import { catalog } from "../../../provider/catalog.ts";
import { functionNames, listKey } from "../../../provider/hosts/plugin/functions.ts";
import { version } from "../../../sdk/version.ts";
import { Declarations } from "./declared.ts";
import { resourceSpec } from "./resources.ts";
import { NamedTypes, PACKAGE, tokenOf } from "./types.ts";

/**
 * Where the executables of a release are, such as `github://api.github.com/<owner>/<repository>`. Pulumi downloads from there
 * what it does not find, so nothing is named before there is such a place.
 */
const PLUGIN_DOWNLOAD_URL: string | undefined = undefined;

/** Import path of the Go library. */
const GO_MODULE = "github.com/anomify/pulumi-anomify/sdk/go/anomify";

/** The text of provider/hosts/plugin/schema.gen.json. */
export function packageSchema(): string {
  const named = new NamedTypes();
  const declarations = new Declarations();
  const settings = declarations.settings();
  const resources = catalog.map((definition) => [tokenOf(definition.kind), resourceSpec(definition, named)] as const);
  const functions = functionNames.map(
    (name) => [tokenOf(name), declarations.lookup(name, listKey(name), named)] as const,
  );
  const schema = {
    name: PACKAGE,
    displayName: "Anomify",
    version,
    description: "Anomify configuration as code: watchers, exclusions, admin alerts, organization settings and users.",
    keywords: ["pulumi", PACKAGE, "kind/native", "category/monitoring"],
    license: "Apache-2.0",
    publisher: "pulumi-anomify",
    attribution: "This Pulumi package is made from the definitions of the npm package `pulumi-anomify`.",
    ...(PLUGIN_DOWNLOAD_URL === undefined ? {} : { pluginDownloadURL: PLUGIN_DOWNLOAD_URL }),
    config: { variables: settings },
    provider: {
      description: "One Anomify organization, for programs that manage several.",
      inputProperties: settings,
    },
    types: named.all(),
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
    language: {
      // Another name than that of the npm package, so that a program can have both.
      nodejs: { packageName: "@pulumi-anomify/native", respectSchemaVersion: true },
      python: {
        packageName: "pulumi_anomify",
        respectSchemaVersion: true,
        pyproject: { enabled: true },
        inputTypes: "classes-and-dicts",
      },
      go: { importBasePath: GO_MODULE, respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { rootNamespace: "Pulumi", respectSchemaVersion: true, packageReferences: { Pulumi: "3.*" } },
      java: { basePackage: "com.pulumi", buildFiles: "gradle" },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
