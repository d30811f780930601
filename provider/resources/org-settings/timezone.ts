import { didYouMean } from "../../../domain/text/did-you-mean.ts";
import { AnomifyError } from "../../../sdk/index.ts";
import type { Organization } from "../../organization/organization.ts";
import type { Failure } from "../../runtime/messages.ts";
import { messageOf } from "../../runtime/messages.ts";
import { asListed } from "../listed.ts";
import type { OrgSettingsInputs } from "./fields.ts";

/** The time zone in the spelling of the service's list. */
export async function listedTimezone(
  org: Organization,
  { timezone }: Partial<OrgSettingsInputs>,
): Promise<Partial<OrgSettingsInputs>> {
  const names = await listOf(org);
  return typeof timezone === "string" && names !== undefined ? { timezone: asListed(timezone, names) } : {};
}

/** A time zone that the service does not list; where it lists none, one that this machine does not know. */
export async function checkTimezone(org: Organization, { timezone }: Partial<OrgSettingsInputs>): Promise<Failure[]> {
  if (typeof timezone !== "string") return [];
  const names = await listOf(org);
  if (names === undefined) return isKnownHere(timezone) ? [] : [mistake(timezone, Intl.supportedValuesOf("timeZone"))];
  if (names.includes(timezone)) return [];
  // What the organization has is taken, also under a name that is not listed any more.
  const [live] = (await org.lists.info()).items;
  return live?.timezone === timezone ? [] : [mistake(timezone, names)];
}

const mistake = (timezone: string, names: readonly string[]): Failure => ({
  property: "timezone",
  reason: `"${timezone}" is not a time zone that Anomify lists, such as "Europe/London".${didYouMean(timezone, names)}`,
});

/** What the service lists; undefined where it cannot be asked, which is reported once. */
async function listOf(org: Organization): Promise<readonly string[] | undefined> {
  try {
    return (await org.lists.timezones()).items;
  } catch (error) {
    if (!(error instanceof AnomifyError)) throw error;
    org.reporter.warn(
      `Anomify could not be asked for its time zones, so they are checked by the names that this machine knows. ${messageOf(error)}`,
    );
    return undefined;
  }
}

function isKnownHere(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
