import { type Colors, colorsFor, hasColors } from "../domain/text/colors.ts";
import type { Diagnostic, PropertyDiff, Result, StepEvent } from "./types.ts";
import { isUnknown } from "./values.ts";

export interface RenderOptions {
  /** @default whether the terminal has colors */
  color?: boolean;
}

type Paint = (text: string) => string;

/** The steps worth a line, with the mark and the word the CLI uses. A replacement is shown once. */
const MARKS: Record<string, { mark: string; color: "green" | "yellow" | "red" | "magenta" | "cyan" }> = {
  create: { mark: "+ ", color: "green" },
  update: { mark: "~ ", color: "yellow" },
  delete: { mark: "- ", color: "red" },
  replace: { mark: "+-", color: "magenta" },
  "create-replacement": { mark: "++", color: "green" },
  "delete-replaced": { mark: "--", color: "red" },
  read: { mark: "> ", color: "cyan" },
  "read-replacement": { mark: ">~", color: "cyan" },
  discard: { mark: "< ", color: "cyan" },
  "discard-replaced": { mark: "<<", color: "cyan" },
  import: { mark: "= ", color: "cyan" },
};

const plain: Paint = (text) => text;

function shownAs(step: StepEvent): { mark: string; paint: (colors: Colors) => Paint } {
  const found = MARKS[step.op === "refresh" ? (step.resultOp ?? "same") : step.op];
  return found ? { mark: found.mark, paint: (colors) => colors[found.color] } : { mark: "  ", paint: () => plain };
}

function isShown(step: StepEvent): boolean {
  if (step.status === "failed") return true;
  return step.op !== "same" && !(step.op === "refresh" && step.resultOp === "same");
}

const valueText = (value: unknown): string => {
  if (value === "[secret]" || value === "[unknown]") return value === "[secret]" ? "[secret]" : "[unknown]";
  return JSON.stringify(value) ?? "";
};

function diffLine(diff: PropertyDiff, colors: Colors): string {
  const replace = diff.kind.endsWith("-replace");
  if (diff.kind.startsWith("add"))
    return colors.green(`    ${replace ? "++" : "+ "}${diff.path}: ${valueText(diff.new)}`);
  if (diff.kind.startsWith("delete"))
    return colors.red(`    ${replace ? "--" : "- "}${diff.path}: ${valueText(diff.old)}`);
  const text = `    ${replace ? "+-" : "~ "}${diff.path}: ${valueText(diff.old)} => ${valueText(diff.new)}`;
  return replace ? colors.magenta(text) : colors.yellow(text);
}

function stepLines(step: StepEvent, colors: Colors): string[] {
  const { mark, paint } = shownAs(step);
  const verb = step.status === "failed" ? colors.red(`${step.op} failed`) : step.op;
  const id = [step.new?.id, step.old?.id].find((one) => one !== undefined && !isUnknown(one));
  const lines = [
    paint(colors)(`${mark} ${step.type} ${step.name}`) + colors.dim(`  (${verb})${id ? ` [id=${id}]` : ""}`),
  ];
  if (step.op === "create") {
    for (const [path, value] of Object.entries(step.new?.inputs ?? {}))
      lines.push(colors.green(`      ${path}: ${valueText(value)}`));
  }
  if (step.op !== "create-replacement") for (const diff of step.diff ?? []) lines.push(diffLine(diff, colors));
  if (step.reasons?.length)
    lines.push(
      colors.dim(`      [${step.status === "failed" ? "because" : "replaced for"}: ${step.reasons.join(", ")}]`),
    );
  return lines;
}

function diagnosticLines({ severity, urn, message }: Diagnostic, colors: Colors): string[] {
  const paint = { error: colors.red, warning: colors.yellow, info: plain, debug: colors.dim }[severity];
  const [first = "", ...rest] = message.trimEnd().split("\n");
  const where = urn ? `${urn.slice(urn.lastIndexOf("::") + 2)}: ` : "";
  return [`  ${where}${paint(`${severity}:`)} ${first}`, ...rest.map((line) => `    ${line}`)];
}

const PLANNED: Record<string, string> = {
  create: "to create",
  update: "to update",
  delete: "to delete",
  replace: "to replace",
  import: "to import",
  read: "to read",
};
const DONE: Record<string, string> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  import: "imported",
  read: "read",
};

function summaryLines({ changes, kind }: Result): string[] {
  const words = kind === "preview" ? PLANNED : DONE;
  const { same = 0, ...changed } = changes;
  const lines = Object.entries(changed).map(
    ([op, count]) => `    ${MARKS[op]?.mark ?? "  "} ${count} ${words[op] ?? op}`,
  );
  const total = Object.values(changed).reduce((sum, count) => sum + count, 0);
  const changedText =
    total > 0
      ? [`    ${total} change${total === 1 ? "" : "s"}. ${same} unchanged`]
      : same > 0
        ? [`    ${same} unchanged`]
        : [];
  return [...lines, ...changedText];
}

/** The result as text, in the manner of `pulumi preview --diff` and `pulumi up --diff`. */
export function renderResult(result: Result, options: RenderOptions = {}): string {
  const colors = colorsFor(options.color ?? hasColors());
  const section = (title: string, lines: string[]) => (lines.length > 0 ? [colors.bold(title), ...lines, ""] : []);
  const shown = result.diagnostics.filter(({ severity, ephemeral }) => severity !== "debug" && !ephemeral);
  const outputs = Object.entries(result.outputs).map(([key, value]) => `    ${key}: ${valueText(value)}`);
  const seconds = Math.max(1, Math.round(result.duration / 1000));
  return [
    ...result.steps.filter(isShown).flatMap((step) => stepLines(step, colors)),
    "",
    ...section(
      "Diagnostics:",
      shown.flatMap((diagnostic) => diagnosticLines(diagnostic, colors)),
    ),
    ...section("Outputs:", outputs),
    ...section("Resources:", summaryLines(result)),
    colors.dim(`Duration: ${seconds}s`),
  ].join("\n");
}
