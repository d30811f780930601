import { definitionOf } from "../compare/kinds.ts";
import type { JudgedObject } from "./judge.ts";
import { inReadingOrder, styleOf } from "./kinds.ts";
import type { PlannedFile, PlannedResource } from "./model.ts";
import { printModule } from "./print.ts";
import * as syntax from "./syntax.ts";
import { propertiesOf, type Replacement, withoutDefaults } from "./values.ts";

export interface About {
  readonly id: number;
  readonly name: string;
}

/** The program's files: index.ts alone, or index.ts and one file per kind. */
export function programFiles(
  organization: About,
  resources: readonly PlannedResource[],
  left: readonly JudgedObject[],
  singleFile: boolean,
): PlannedFile[] {
  const groups = groupsOf(resources, left);
  const heading = syntax.commentLines(
    `Anomify organization ${JSON.stringify(organization.name)} (id ${organization.id}).`,
  );
  if (singleFile)
    return [moduleFile("index", moduleOf(groups, false), [...heading, ...groups.flatMap(({ left }) => left)])];
  const own = groups.map((group) =>
    moduleFile(group.file, moduleOf([group], true), [`${group.heading}.`, ...group.left]),
  );
  return [moduleFile("index", indexOf(groups), heading), ...own];
}

/** The resources of one kind, and what is said of those that the program cannot have. */
interface Group {
  readonly file: string;
  readonly heading: string;
  readonly resources: readonly PlannedResource[];
  readonly left: readonly string[];
}

export function groupsOf(resources: readonly PlannedResource[], left: readonly JudgedObject[]): Group[] {
  return inReadingOrder([...resources, ...left].map(({ kind }) => kind)).map((kind) => ({
    ...styleOf(definitionOf(kind)),
    resources: resources.filter((resource) => resource.kind === kind),
    left: left
      .filter((object) => object.kind === kind)
      .flatMap(({ label, id, findings }) =>
        findings.flatMap(({ text }) => syntax.commentLines(`${label} (id ${id}): ${text}`)),
      ),
  }));
}

export function moduleFile(
  name: string,
  statements: readonly syntax.Statement[],
  heading: readonly string[],
): PlannedFile {
  const body = statements.length > 0 ? statements : [syntax.nothingExported];
  return { path: `${name}.ts`, text: printModule(body, heading), mode: 0o644 };
}

/** Resources must not be exported from here: Pulumi would show all of their text as outputs of the stack. */
function indexOf(groups: readonly Group[]): syntax.Statement[] {
  return groups.filter(({ resources }) => resources.length > 0).map((group) => syntax.imported(`./${group.file}`));
}

/** `const config = new pulumi.Config();` */
export const config = () => syntax.constant("config", syntax.construct(syntax.member("pulumi", "Config")), false);

function moduleOf(groups: readonly Group[], alone: boolean): syntax.Statement[] {
  const all = groups.flatMap(({ resources }) => resources);
  if (all.length === 0) return [];
  const secrets = all.some(({ secretKeys }) => Object.keys(secretKeys).length > 0);
  return [
    ...(secrets ? [syntax.imported("@pulumi/pulumi", "pulumi")] : []),
    syntax.imported("pulumi-anomify", "anomify"),
    ...(secrets ? [config()] : []),
    ...groups.flatMap(({ heading, resources }) =>
      resources.map((one, index) => declaration(one, alone, index === 0 && !alone ? [`${heading}.`] : [])),
    ),
  ];
}

/** The constant of a resource. @param options third argument of its constructor */
export function declaration(
  resource: PlannedResource,
  exported: boolean,
  titled: readonly string[],
  options?: syntax.Expression,
): syntax.Statement {
  const said = resource.findings.flatMap(({ text }) => syntax.commentLines(text));
  const args = [syntax.literal(resource.name), argsOf(resource), ...(options === undefined ? [] : [options])];
  const made = syntax.construct(syntax.member("anomify", resource.kind), ...args);
  return syntax.constant(resource.variable, made, exported, [...titled, ...said]);
}

function argsOf(resource: PlannedResource): syntax.Expression {
  return argumentsOf(resource, (key, value) => {
    const secret = resource.secretKeys[key];
    if (secret !== undefined) return fromConfig(secret);
    return key === "slackChannel" ? syntax.literal(`#${String(value)}`) : undefined;
  });
}

/** `config.requireSecret("key")` */
export function fromConfig(key: string): syntax.Expression {
  return syntax.call(syntax.member("config", "requireSecret"), syntax.literal(key));
}

/** The arguments of a resource: without defaults, and with other expressions where something stands for a value. */
export function argumentsOf({ definition, stated }: PlannedResource, replaced: Replacement): syntax.ObjectLiteral {
  return propertiesOf(withoutDefaults(definition.inputs, stated), replaced);
}
