import type { GetExclusionTypeResult, GetOrganizationResult } from "./results.ts";
import type { Source } from "./source.ts";

export async function getExclusionTypes({ org }: Source): Promise<GetExclusionTypeResult[]> {
  return (await org.lists.exclusionTypes()).items.map(({ type, name, description }) => ({
    type,
    // What Anomify does not say: the key stands for itself.
    name: name ?? type,
    description: description ?? "",
  }));
}

export async function getOrganization({ org }: Source): Promise<GetOrganizationResult> {
  const info = (await org.lists.info()).items[0];
  if (info === undefined) throw new Error("Anomify did not say which organization this is. Check the credential");
  const { id, name, timezone, connected_services: services } = info;
  return { id, name, timezone, slackConnected: services?.slack ?? null, msTeamsConnected: services?.ms_teams ?? null };
}
