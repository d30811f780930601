import { definitionOf } from "../compare/kinds.ts";
import * as helpers from "./helpers.ts";
import type { ImportedComponent } from "./import-file.ts";
import type { JudgedObject } from "./judge.ts";
import type { PlannedFile, PlannedResource } from "./model.ts";
import { camelCase } from "./names.ts";
import { type About, argumentsOf, config, groupsOf, moduleFile } from "./program.ts";
import { projectName } from "./project.ts";
import * as syntax from "./syntax.ts";
import { newTables, replacementsFor, type Table, type Tables } from "./tables.ts";
import type { Replacement } from "./values.ts";

/** A component: the resources of one organization as a class, which takes as arguments what is different in another one. */
export interface Component extends ImportedComponent {
  readonly className: string;
}

/** Settings and people belong to their organization alone. */
export const isPortable = (kind: string): boolean => definitionOf(kind).export.portable;

export function componentOf(organization: About): Component {
  const name = projectName(organization).replace(/^anomify-/, "");
  const own = camelCase(organization.name);
  const base = /^[a-z][A-Za-z0-9]*$/.test(own) ? own : `organization${organization.id}`;
  const className = `${base.slice(0, 1).toUpperCase()}${base.slice(1)}Alerts`;
  return { type: `${projectName(organization)}:index:${className}`, name, className };
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
  const otherwise = syntax.commentLines(
    "Stacks of other organizations say in their config what is called otherwise there.",
  );
  return [
    moduleFile("index", indexOf(component), [...syntax.commentLines(`${about}.`), ...otherwise]),
    moduleFile("component", moduleOf(component, resources), [...heading, ...notes]),
  ];
}

/** The compiler knows from the class what the config has. */
function indexOf({ className, name }: Component): syntax.Statement[] {
  const mapping = syntax.call(syntax.member("config", "getObject"), syntax.literal("mapping"));
  return [
    syntax.imported("@pulumi/pulumi", "pulumi"),
    syntax.importedName(className, "./component"),
    config(),
    syntax.standing(syntax.construct(syntax.identifier(className), syntax.literal(name), mapping)),
  ];
}

function moduleOf(component: Component, resources: readonly PlannedResource[]): syntax.Statement[] {
  const all = newTables();
  const declarations = resources.map((resource) => declaration(component, resource, replacementsFor(all, resource)));
  const notified = declarations.some((declared) => declared.notified);
  const tables = Object.values(all).filter(({ entries }) => entries.size > 0);
  return [
    syntax.imported("@pulumi/pulumi", "pulumi"),
    ...(resources.length > 0 ? [syntax.imported("pulumi-anomify", "anomify")] : []),
    ...(all.webhooks.entries.size > 0 ? [config()] : []),
    ...tables.map(constantOf),
    ...(tables.some(({ none }) => none !== undefined) ? [syntax.verbatim(helpers.COUNTERPARTS)] : []),
    argumentTypes(component, tables),
    classOf(component, [
      superCall(component),
      ...(tables.length > 0 ? [checkOf(tables)] : []),
      ...tables.map(({ name, merged }) =>
        syntax.constant(merged, syntax.merged(syntax.identifier(name), syntax.member("args", name)), false),
      ),
      ...declarations.map(({ statement }) => statement),
      syntax.standing(syntax.call(member({ type: "ThisExpression" }, "registerOutputs"), syntax.object({}))),
    ]),
    ...helpersFor(all, notified),
  ];
}

function constantOf({ name, documentation, entries }: Table): syntax.Statement {
  const properties = Object.fromEntries([...entries.values()].map(({ key, value }) => [key, value]));
  return syntax.constant(name, syntax.object(properties, true), false, [documentation]);
}

/** `refuseUnknown(args, { people, chips });` */
function checkOf(tables: readonly Table[]): syntax.Statement {
  const known = syntax.object(Object.fromEntries(tables.map(({ name }) => [name, syntax.identifier(name)])));
  return syntax.standing(syntax.call(syntax.identifier("refuseUnknown"), syntax.identifier("args"), known));
}

function helpersFor({ webhooks, ...others }: Tables, notified: boolean): syntax.Statement[] {
  const tables = [webhooks, ...Object.values(others)].some(({ entries }) => entries.size > 0);
  const texts = [
    ...(tables ? [helpers.REFUSE_UNKNOWN] : []),
    ...(webhooks.entries.size > 0 ? [helpers.SECRET] : []),
    ...(notified ? [helpers.REACHABLE] : []),
  ];
  return texts.length > 0 ? [syntax.verbatim(texts.join("\n\n"))] : [];
}

/** A resource of the component, and whether it notifies anybody. */
function declaration(component: Component, resource: PlannedResource, replaced: Replacement) {
  const comments = resource.findings.flatMap(({ text }) => syntax.commentLines(text));
  const name = syntax.template("name", resource.name.slice(component.name.length));
  const options = syntax.object({ parent: { type: "ThisExpression" } });
  const { args, notified } = reachable(argumentsOf(resource, replaced));
  const made = syntax.construct(syntax.member("anomify", resource.kind), name, args, options);
  return { statement: syntax.standing(made, comments), notified };
}

const RECIPIENTS = ["emailUsers", "smsUsers", "slackChannel", "slackMentionUsers", "msTeamsWebhook", "summaryReport"];

/** `...reachable({ … })` instead of the arguments that say who is notified. */
function reachable(args: syntax.ObjectLiteral): { args: syntax.ObjectLiteral; notified: boolean } {
  const isNotified = (property: syntax.ObjectLiteral["properties"][number]) =>
    property.type === "Property" && RECIPIENTS.includes(property.key.name);
  const first = args.properties.findIndex(isNotified);
  if (first < 0) return { args, notified: false };
  const notified = { ...args, properties: args.properties.filter(isNotified) };
  const spread = syntax.spread(syntax.call(syntax.identifier("reachable"), notified));
  const others = args.properties.filter((property) => !isNotified(property));
  return { args: { ...args, properties: others.toSpliced(first, 0, spread) }, notified: true };
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
  const body = tables.map(({ name, documentation, none }) => ({
    type: "TSPropertySignature",
    key: syntax.identifier(name),
    computed: false,
    optional: true,
    documentation: none === undefined ? documentation : `${documentation} Null: ${none}.`,
    ...typed({
      ...typeNamed(none === undefined ? "Partial" : "Counterparts"),
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
    type: "ClassDeclaration",
    id: syntax.identifier(className),
    superClass: syntax.member("pulumi", "ComponentResource"),
    body: { type: "ClassBody", body: [made] },
  });
}

function exported(declaration: object, documentation?: string): syntax.Statement {
  const statement = { type: "ExportNamedDeclaration", declaration, specifiers: [], source: null };
  return documentation === undefined ? statement : { ...statement, documentation };
}
