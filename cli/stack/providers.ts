import { roleOf } from "../../provider/catalog.ts";
import type { StackState, StateResource } from "../../provider/stack/read-state.ts";

/** What is known of the organization that is connected. */
export interface Connected {
  readonly organizationId: number;
  readonly endpoint: string;
  /** A secret. */
  readonly token?: string;
  /** Name of the provider that the user says is of this organization. */
  readonly provider?: string;
}

/** Resources that are not compared, and why. */
export interface Skipped {
  readonly provider: string;
  readonly resources: readonly StateResource[];
  readonly reason: string;
  /** Whether they may be of the connected organization after all. */
  readonly unsure: boolean;
}

export interface Sorted {
  readonly mine: StateResource[];
  readonly skipped: Skipped[];
  /** Said to the user: what is taken for granted. */
  readonly notes: string[];
}

type Verdict = { readonly is: "mine" | "other" | "unknown"; readonly reason: string };

/** Which resources of a state belong to the connected organization. @throws Error for a provider that the state lacks */
export function sortByProvider(state: StackState, connected: Connected): Sorted {
  const names = [...new Set(state.resources.map(({ provider }) => provider))];
  if (connected.provider !== undefined && !names.includes(connected.provider)) {
    throw new Error(
      `No Anomify resource of the state has the provider "${connected.provider}". They have: ${names.join(", ") || "none"}.`,
    );
  }
  const sorted: Sorted = { mine: [], skipped: [], notes: [] };
  const verdicts = names.map((name) => ({ name, ...judge(name, state, connected) }));
  const onlyOne = names.length === 1;
  for (const { name, is, reason } of verdicts) {
    const resources = state.resources.filter(({ provider }) => provider === name);
    if (is === "mine" || (is === "unknown" && onlyOne)) {
      sorted.mine.push(...resources);
      if (is === "unknown")
        sorted.notes.push(`The state does not say which organization it is of; it is taken to be this one.`);
    } else sorted.skipped.push({ provider: name, resources, reason, unsure: is === "unknown" });
  }
  return sorted;
}

function judge(name: string, state: StackState, connected: Connected): Verdict {
  if (connected.provider !== undefined) {
    return name === connected.provider
      ? { is: "mine", reason: "named by --provider" }
      : { is: "other", reason: "another provider is named by --provider" };
  }
  const settings = state.resources.find(({ provider, kind }) => provider === name && roleOf(kind) === "settings");
  if (settings !== undefined) {
    return settings.id === String(connected.organizationId)
      ? { is: "mine", reason: "its OrgSettings are of this organization" }
      : { is: "other", reason: `its OrgSettings are of organization ${settings.id}` };
  }
  const provider = state.providers.find((candidate) => candidate.name === name);
  if (provider?.endpoint !== undefined && !sameAddress(provider.endpoint, connected.endpoint)) {
    return { is: "other", reason: "it has another endpoint" };
  }
  if (provider?.token !== undefined && provider.token === connected.token) {
    return { is: "mine", reason: "it has the same token" };
  }
  return {
    is: "unknown",
    reason: "it cannot be known whether it is of this organization; if so, say it with --provider",
  };
}

function sameAddress(a: string, b: string): boolean {
  const plain = (url: string) => (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, "");
  return plain(a) === plain(b);
}
