import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";

const root = resolve(import.meta.dirname, "../..");

/**
 * Makes the folders `project`, `tools`, `home` and `state` of a test that starts the Pulumi CLI by itself, or starts what does.
 *
 * @returns the CLI, and the variables with which it keeps to these folders
 * @throws Error when there is no CLI
 */
export function cliEnvironment(folder: string): {
  readonly cli: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(`No Pulumi CLI: ${cli.reason}`);
  for (const name of ["project", "tools", "home", "state"]) mkdirSync(join(folder, name));
  const host = join(folder, "tools/pulumi-language-nodejs");
  if (!cli.hasLanguageHost) symlinkSync(join(root, "scripts/pulumi-language-nodejs.mjs"), host);
  // The plugin of dynamic resources is a script of the SDK.
  const sdk = join(root, "node_modules/@pulumi/pulumi");
  const path = [join(folder, "tools"), dirname(process.execPath), sdk, dirname(cli.path), process.env.PATH ?? ""];
  return {
    cli: cli.path,
    env: {
      PATH: path.join(delimiter),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
}
