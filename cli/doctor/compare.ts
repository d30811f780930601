import { type Compared, compareFields, type Hint } from "./fields.ts";
import { differs, type Finding } from "./findings.ts";
import { type Believed, placeOf } from "./names.ts";
import type { ApiOperation, ApiParameter } from "./openapi.ts";
import { pairUp } from "./pairs.ts";

interface Pair {
  readonly believed: Believed;
  readonly live: ApiOperation;
}

/** `/watcher/{}/update`: the names of parameters in a path are the document's own. */
const shapeOf = (path: string): string => path.replace(/\{[^}]*\}/g, "{}");
const target = ({ method, path }: Pick<ApiOperation, "method" | "path">): string => `${method} ${path}`;

/** Compares the service's own document with what is believed. */
export function compareDocument(believed: readonly Believed[], live: readonly ApiOperation[]): Compared {
  const pairs: Pair[] = [];
  const left = new Set(live);
  const take = (one: Believed, fits: (operation: ApiOperation) => boolean): boolean => {
    const found = [...left].filter(fits);
    const [operation] = found;
    if (operation === undefined || found.length > 1) return false;
    left.delete(operation);
    pairs.push({ believed: one, live: operation });
    return true;
  };
  const rest = (fits: (one: Believed, operation: ApiOperation) => boolean, ones: readonly Believed[]) =>
    ones.filter((one) => !take(one, (operation) => fits(one, operation)));
  const sameShape = (one: Believed, { path }: ApiOperation) => shapeOf(one.path) === shapeOf(path);
  const sameMethod = (one: Believed, { method }: ApiOperation) => one.operation.method === method;
  let missing = rest((one, operation) => sameMethod(one, operation) && sameShape(one, operation), believed);
  missing = rest((one, operation) => one.operation.id === operation.id, missing);
  missing = rest(sameShape, missing);
  missing = rest((one, operation) => sameMethod(one, operation) && sameEnd(one.path, operation.path), missing);
  const compared = pairs.map(comparePair);
  return {
    findings: [
      ...missing.map(({ operation }) => removed(operation)),
      ...compared.flatMap(({ findings }) => findings),
      ...[...left].map(added),
    ],
    hints: compared.flatMap(({ hints }) => hints),
  };
}

/** The same parameters, and the last two segments in common. */
function sameEnd(one: string, other: string): boolean {
  const [ours, theirs] = [shapeOf(one).split("/"), shapeOf(other).split("/")];
  const count = (segments: readonly string[]) => segments.filter((segment) => segment === "{}").length;
  const end = (segments: readonly string[]) => segments.slice(-2).join("/");
  return ours.length > 2 && count(ours) === count(theirs) && end(ours) === end(theirs);
}

function removed(operation: ApiOperation): Finding {
  const { id, evidence } = operation;
  const finding = `${target(operation)} is not in the service's document`;
  return differs({ check: "contract", operation: id, evidence, finding, next: "Do without it, and report it." });
}

function added(operation: ApiOperation): Finding {
  const finding = `${target(operation)} is new: the contract does not know it`;
  return { check: "contract", result: "note", finding };
}

function comparePair({ believed, live }: Pair): Compared {
  const { operation } = believed;
  const place = comparePlace({ believed, live });
  const parameters = compareParameters({ believed, live });
  if (live.envelope === undefined) return merge([place, parameters]);
  if (operation.envelope?.length === 2 && live.envelope.join() !== "status,data") {
    const finding = `the envelope of the reply has ${live.envelope.join(", ")}, not status and data`;
    const next = "Report it: an envelope cannot be mapped.";
    const found = differs({ check: "contract", operation: operation.id, evidence: "documented", finding, next });
    return merge([place, parameters, { findings: [found], hints: [] }]);
  }
  const fields = new Map(Array.from(live.fields, ([path, field]) => [path, { ...field, always: field.required }]));
  const places = new Set([...fields.keys()].map(placeOf));
  return merge([place, parameters, compareFields(believed, { check: "contract", fields, places })]);
}

const merge = (parts: readonly Compared[]): Compared => ({
  findings: parts.flatMap(({ findings }) => findings),
  hints: parts.flatMap(({ hints }) => hints),
});

function comparePlace({ believed: { operation, path }, live }: Pair): Compared {
  const { id, method, evidence, methodEvidence } = operation;
  const findings: Finding[] = [];
  const hints: Hint[] = [];
  if (method !== live.method) {
    const finding = `the method is ${live.method}, not ${method}`;
    const next = "Report it: a method cannot be mapped.";
    findings.push(differs({ check: "contract", operation: id, evidence: methodEvidence, finding, next }));
  }
  if (shapeOf(path) !== shapeOf(live.path)) {
    findings.push(
      differs({ check: "contract", operation: id, evidence, finding: `the path is ${live.path}, not ${path}` }),
    );
    const real = withOurNames(operation.path, live.path);
    if (real !== undefined && evidence !== "documented")
      hints.push({ operation: id, part: "path", ours: "", evidence, real: [real], sure: true });
  }
  return { findings, hints };
}

/** The real path with our parameters in it, by their order. */
function withOurNames(ours: string, real: string): string | undefined {
  const names = ours.match(/\{[^}]*\}/g) ?? [];
  if ((real.match(/\{[^}]*\}/g) ?? []).length !== names.length) return undefined;
  let index = 0;
  return real.replace(/\{[^}]*\}/g, () => names[index++] ?? "");
}

function compareParameters({ believed, live }: Pair): Compared {
  const { id, evidence } = believed.operation;
  const outside = (parameter: ApiParameter) => parameter.in !== "path";
  const ours = believed.parameters.filter(outside);
  const theirs = live.parameters.filter(outside);
  const missing = ours.filter(({ real }) => !theirs.some(({ name }) => name === real));
  const unknown = theirs.filter(({ name }) => !ours.some(({ real }) => name === real));
  const about = (at: string) => ({ check: "contract" as const, operation: id, at });
  const findings = missing.map(({ ours: at, real, evidence: mark }) =>
    differs({ ...about(at), evidence: mark, finding: `there is no parameter ${real}` }),
  );
  for (const { name, required } of unknown) {
    if (!required) findings.push({ ...about(name), result: "note", finding: `parameter ${name} is new` });
    else if (missing.length === 0)
      findings.push(differs({ ...about(name), evidence, finding: `parameter ${name} is new, and required` }));
  }
  for (const { ours: at, real, required, evidence: mark } of ours) {
    const other = theirs.find(({ name }) => name === real);
    if (other?.required === true && !required)
      findings.push(
        differs({ ...about(at), evidence: mark, finding: `parameter ${real} is required`, next: "Report it." }),
      );
  }
  const mappable = missing.filter((parameter) => parameter.evidence !== "documented");
  const { sure, open } = pairUp(
    mappable.map((parameter) => ({ ...parameter, name: parameter.ours })),
    unknown,
  );
  const hint = (name: string, real: readonly string[], isSure: boolean): Hint => {
    const mark = mappable.find((parameter) => parameter.ours === name)?.evidence ?? "assumed";
    return { operation: id, part: "params", ours: name, evidence: mark, real, sure: isSure };
  };
  const hints = [
    ...sure.map((pair) => hint(pair.missing, [pair.unknown], true)),
    ...open.map((pair) => hint(pair.missing, pair.candidates, false)),
  ];
  return { findings, hints };
}
