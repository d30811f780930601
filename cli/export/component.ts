import type { ImportedComponent } from "./import-file.ts";
import type { JudgedObject } from "./judge.ts";
import { camelCase, UniqueNames, variable } from "./names.ts";
import type { PlannedFile, PlannedResource } from "./plan.ts";
import { type About, argumentsOf, config, groupsOf, moduleFile } from "./program.ts";
import { projectName } from "./project.ts";
import * as syntax from "./syntax.ts";
import type { Replacement } from "./values.ts";

/** A component: the resources of one organization as a class, which takes as arguments what is different in another one. */
export interface Component extends ImportedComponent {
  readonly className: string;
}

/** Settings and people belong to their organization alone. */
export const isPortable = (kind: string): boolean => kind !== "OrgSettings" && kind !== "User";

export function componentOf(organization: About): Component {
  const name = projectName(organization).replace(/^anomify-/, "");
  const own = camelCase(organization.name);
  const base = /^[a-z][A-Za-z0-9]*$/.test(own) ? own : `organization${organization.id}`;
  const className = `${base.slice(0, 1).toUpperCase()}${base.slice(1)}Alerts`;
  return { type: `${projectName(organization)}:index:${className}`, name, className };
}

/** What may differ, as a table in the module: each entry has a name, by which the class looks it up. */
interface Table {
  /** Name of the table, and of the argument that replaces entries of it. */
  readonly name: string;
  /** Name of the table after that, in the constructor. */
  readonly merged: string;
  readonly documentation: string;
  readonly entries: Map<unknown, { readonly key: string; readonly value: syntax.Expression }>;
  readonly names: UniqueNames;
}

function newTables() {
  const table = (name: string, merged: string, documentation: string): Table => ({
    ...{ name, merged, documentation, entries: new Map(), names: new UniqueNames() },
  });
  return {
    people: table("people", "person", "E-mail addresses of the people who are told."),
    channels: table("channels", "channel", "Slack channels."),
    chips: table("chips", "chip", "Parts of metric names."),
    thresholds: table("thresholds", "threshold", "Limits of the threshold watchers."),
    webhooks: table("webhooks", "webhook", "Keys of the config that hold webhook URLs."),
  };
}
type Tables = ReturnType<typeof newTables>;

/** `person.ana`: the entry of a table, made when it is needed for the first time. */
function entry(table: Table, value: unknown, title: string, written: string | number): syntax.Expression {
  const known = table.entries.get(value);
  const position = String(table.entries.size + 1);
  const key = known?.key ?? table.names.take(variable(title, kindOf(table), position), position, "");
  if (known === undefined) table.entries.set(value, { key, value: syntax.literal(written) });
  return syntax.member(table.merged, key);
}

const kindOf = ({ merged }: Table) => merged.slice(0, 1).toUpperCase() + merged.slice(1);

/** What stands in the arguments of a resource instead of what differs between organizations. */
function replacementsFor(tables: Tables, { kind, variable: own, secretKeys }: PlannedResource): Replacement {
  const lists = ["emailUsers", "smsUsers", "slackMentionUsers"];
  return (key, value) => {
    const secret = secretKeys[key];
    if (secret !== undefined) {
      const found = entry(tables.webhooks, secret, own, secret);
      return syntax.call(syntax.member("config", "requireSecret"), found);
    }
    if (kind === "ThresholdWatcher" && key === "value") return entry(tables.thresholds, own, own, Number(value));
    if (typeof value !== "string") return undefined;
    if (lists.includes(key)) return entry(tables.people, value, value.replace(/@.*$/, ""), value);
    if (key === "chips") return entry(tables.chips, value, value, value);
    return key === "slackChannel" ? entry(tables.channels, value, value, `#${value}`) : undefined;
  };
}

/** component.ts with the class, and index.ts that makes the organization of it again. */
export function componentFiles(
  organization: About,
  component: Component,
  resources: readonly PlannedResource[],
  left: readonly JudgedObject[],
): PlannedFile[] {
  const about = `Anomify organization ${JSON.stringify(organization.name)} (id ${organization.id})`;
  const notes = groupsOf([], left).flatMap((group) => group.left);
  const heading = syntax.commentLines(
    `Alerts as ${about} has them. Other organizations pass what they call otherwise.`,
  );
  const made = syntax.construct(syntax.identifier(component.className), syntax.literal(component.name));
  const index = [syntax.importedName(component.className, "./component"), syntax.standing(made)];
  return [
    moduleFile("index", index, syntax.commentLines(`${about}.`)),
    moduleFile("component", moduleOf(component, resources), [...heading, ...notes]),
  ];
}

function moduleOf(component: Component, resources: readonly PlannedResource[]): syntax.Statement[] {
  const all = newTables();
  const declarations = resources.map((resource) => declaration(component, resource, replacementsFor(all, resource)));
  const tables = Object.values(all).filter(({ entries }) => entries.size > 0);
  return [
    syntax.imported("@pulumi/pulumi", "pulumi"),
    ...(resources.length > 0 ? [syntax.imported("pulumi-anomify", "anomify")] : []),
    ...(all.webhooks.entries.size > 0 ? [config()] : []),
    ...tables.map(constantOf),
    argumentTypes(component, tables),
    classOf(component, [
      superCall(component),
      ...tables.map(({ name, merged }) =>
        syntax.constant(merged, syntax.merged(syntax.identifier(name), syntax.member("args", name)), false),
      ),
      ...declarations,
      syntax.standing(syntax.call(member({ type: "ThisExpression" }, "registerOutputs"), syntax.object({}))),
    ]),
  ];
}

function constantOf({ name, documentation, entries }: Table): syntax.Statement {
  const properties = Object.fromEntries([...entries.values()].map(({ key, value }) => [key, value]));
  return syntax.constant(name, syntax.object(properties, true), false, [documentation]);
}

function declaration(component: Component, resource: PlannedResource, replaced: Replacement): syntax.Statement {
  const comments = resource.findings.flatMap(({ text }) => syntax.commentLines(text));
  const name = syntax.template("name", resource.name.slice(component.name.length));
  const options = syntax.object({ parent: { type: "ThisExpression" } });
  const args = argumentsOf(resource, replaced);
  return syntax.standing(syntax.construct(syntax.member("anomify", resource.kind), name, args, options), comments);
}

const member = (object: syntax.Expression, name: string): syntax.Member => ({ ...syntax.member("", name), object });

/** `super("type", name, {}, opts);` */
function superCall({ type }: Component): syntax.Statement {
  const args = [syntax.literal(type), syntax.identifier("name"), syntax.object({}), syntax.identifier("opts")];
  return {
    type: "ExpressionStatement",
    expression: { type: "CallExpression", callee: { type: "Super" }, arguments: args },
  };
}

const reference = (...path: string[]): object =>
  path
    .slice(1)
    .reduce<object>(
      (left, name) => ({ type: "TSQualifiedName", left, right: syntax.identifier(name) }),
      syntax.identifier(path[0] ?? ""),
    );
const typed = (annotation: object) => ({ typeAnnotation: { type: "TSTypeAnnotation", typeAnnotation: annotation } });
const typeNamed = (...path: string[]) => ({ type: "TSTypeReference", typeName: reference(...path) });

function argumentTypes({ className }: Component, tables: readonly Table[]): syntax.Statement {
  const body = tables.map(({ name, documentation }) => ({
    ...{ type: "TSPropertySignature", key: syntax.identifier(name), computed: false, optional: true, documentation },
    ...typed({
      ...typeNamed("Partial"),
      typeArguments: {
        type: "TSTypeParameterInstantiation",
        params: [{ type: "TSTypeQuery", exprName: syntax.identifier(name) }],
      },
    }),
  }));
  const declared = { type: "TSInterfaceDeclaration", id: syntax.identifier(`${className}Args`), extends: [] };
  return exported(
    { ...declared, body: { type: "TSInterfaceBody", body } },
    "What differs; what is left out stays as it is.",
  );
}

function classOf({ className }: Component, body: readonly syntax.Statement[]): syntax.Statement {
  const params = [
    { ...syntax.identifier("name"), ...typed({ type: "TSStringKeyword" }) },
    {
      type: "AssignmentPattern",
      left: { ...syntax.identifier("args"), ...typed(typeNamed(`${className}Args`)) },
      right: syntax.object({}),
    },
    { ...syntax.identifier("opts"), optional: true, ...typed(typeNamed("pulumi", "ComponentResourceOptions")) },
  ];
  const method = { type: "MethodDefinition", kind: "constructor", key: syntax.identifier("constructor") };
  const made = { ...method, value: { type: "FunctionExpression", params, body: { type: "BlockStatement", body } } };
  return exported({
    ...{
      type: "ClassDeclaration",
      id: syntax.identifier(className),
      superClass: syntax.member("pulumi", "ComponentResource"),
    },
    body: { type: "ClassBody", body: [made] },
  });
}

function exported(declaration: object, documentation?: string): syntax.Statement {
  const statement = { type: "ExportNamedDeclaration", declaration, specifiers: [], source: null };
  return documentation === undefined ? statement : { ...statement, documentation };
}
