import { printable } from "../../domain/text/printable.ts";
import { version } from "../../sdk/index.ts";
import { contract } from "./contract.gen.ts";
import { checks, type Finding } from "./findings.ts";
import { describe } from "./openapi.ts";

/** What a report is made of. */
export interface ReportFacts {
  readonly endpoint: string;
  readonly credential: "token" | "session";
  readonly findings: readonly Finding[];
  readonly exitCode: number;
  /** Replies whose values must not be printed. */
  readonly bodies: readonly unknown[];
  /** Credentials and the like. */
  readonly secrets: readonly string[];
}

/** Keys whose values show whose organization it is. */
const identifying =
  /^(name|email|metric|metrics|metric_name|chip|chips|pattern|note|phone_number|slack_member_id|ref|label|message|url|timezone|.*_url|.*display_name)$/;
const ownHosts = new Set(["api.anomify.ai", "api-stage.anomify.ai"]);
/** Words of a report that a part of a metric name may be, too. */
const ownWords = "data service answers calls reads writes result operation finding session token clock document".split(
  " ",
);
/** Shorter values would take common words apart. */
const shortest = 3;

/** A Markdown report that may be shown to anybody. */
export function markdownReport(facts: ReportFacts): string {
  const { endpoint, credential, findings, exitCode } = facts;
  const host = new URL(endpoint).host;
  const lines = [
    "# anomify doctor",
    "",
    `- pulumi-anomify ${version}, Node.js ${process.versions.node}`,
    `- service: ${ownHosts.has(host) ? host : "<another endpoint>"}`,
    `- credential: ${credential === "token" ? "token of an organization" : "session of a person"}`,
    `- exit code: ${exitCode}`,
    "- left out: tokens, sessions, addresses, names and ids of the organization",
  ];
  for (const check of checks) {
    const rows = findings.filter((finding) => finding.check === check);
    if (rows.length === 0) continue;
    lines.push("", `## ${check}`, "", "| result | operation | at | finding |", "|---|---|---|---|", ...rows.map(row));
  }
  return redact(`${lines.join("\n")}\n`, facts);
}

const row = ({ result, operation = "", at = "", finding }: Finding): string =>
  `| ${[result, operation, at, finding].map((cell) => printable(cell).replace(/[\\|]/g, "\\$&")).join(" | ")} |`;

/** Findings hold no values of the organization; should one have slipped in, a placeholder takes its place. */
function redact(text: string, { bodies, secrets }: ReportFacts): string {
  const vocabulary = words();
  const values = [...secrets, ...identities(bodies)].filter((value) => !vocabulary.has(value.toLowerCase()));
  const placeholders = [...new Set(values)].map((value, index) => [value, `<redacted ${index + 1}>`] as const);
  const longestFirst = placeholders.sort(([a], [b]) => b.length - a.length);
  const named = longestFirst.reduce((inner, [value, placeholder]) => replaceWord(inner, value, placeholder), text);
  return named.replace(/[^\s@|<>]+@[^\s@|<>]+\.[a-z]+/gi, "<e-mail>").replace(/\b[0-9a-f]{32}\b/gi, "<secret>");
}

function replaceWord(text: string, value: string, placeholder: string): string {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w.])${literal}(?![\\w])`, "g"), placeholder);
}

function identities(value: unknown, identifies = false): string[] {
  if (typeof value === "string") return identifies && value.length >= shortest ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => identities(item, identifies));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => identities(inner, identifying.test(key)));
}

/** Words of the contract and of our own sentences, which a metric may be named like. */
function words(): Set<string> {
  const own = describe(contract).flatMap(({ id, path, parameters, fields }) => [
    id,
    ...path.split(/[/{}]/),
    ...parameters.map(({ name }) => name),
    ...[...fields.keys()].flatMap((field) => field.split(/[.[\]]+/)),
  ]);
  return new Set([...own, ...checks, ...ownWords].map((word) => word.toLowerCase()));
}
