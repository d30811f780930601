/** Where a CLI of our own is kept. */
export function cachedCliPath(): string;

export type PulumiCli =
  | { path: string; hasLanguageHost: boolean; isInstalled: boolean }
  | { path: null; reason: string };

/** Finds the language host of Pulumi YAML, or builds it when asked to. */
export function yamlLanguageHost(options?: { build?: boolean }): { path: string } | { path: null; reason: string };

/** Finds the Pulumi CLI to use, or builds it when asked to. */
export function pulumiCli(options?: { build?: boolean }): PulumiCli;
