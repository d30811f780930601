import { type Context, print, type Visitors } from "esrap";
import ts from "esrap/languages/ts";
import type { Call, Expression, List, Literal, ObjectLiteral, Property, Statement } from "./syntax.ts";

/** What the printer takes: any object with a type. */
type BaseNode = { readonly type: string };

const LINE_WIDTH = 120;
const INDENT = "  ";

/**
 * Prints a module: two spaces, double quotes, trailing commas, lists on one line where they fit.
 *
 * @param heading lines of comment that belong to the whole file
 */
export function printModule(body: readonly Statement[], heading: readonly string[]): string {
  const program = { type: "Program", sourceType: "module", body };
  const { code } = print(program as unknown as BaseNode, language(), { indent: INDENT });
  return [...heading.map((line) => `// ${line}`), "", code, ""].join("\n");
}

/** The printer's TypeScript, with literals as they are given and with lists as a formatter would lay them out. */
function language(): Visitors {
  const base = ts({ getLeadingComments: commentsOf }) as Record<string, Visit>;
  const layout = new Layout();
  const deeper = (type: string) => (node: BaseNode, context: Context) =>
    layout.inside(() => base[type]?.(node, context));
  const visit = <Node>(print: (node: Node, context: Context) => void) => print as unknown as Visit;
  return {
    ...base,
    BlockStatement: deeper("BlockStatement"),
    ClassBody: deeper("ClassBody"),
    CallExpression: visit<Call>((node, context) => layout.invocation(node, context)),
    NewExpression: visit<Call>((node, context) => layout.invocation(node, context)),
    MethodDefinition: visit<Method>((node, context) => layout.method(node, context)),
    TSInterfaceBody: visit<{ body: BaseNode[] }>(({ body }, context) =>
      layout.items(context, body, ["", ""], true, ";"),
    ),
    Literal: visit<Literal>(({ raw }, context) => context.write(raw)),
    Verbatim: visit<{ text: string }>(({ text }, context) => context.write(text)),
    Property: visit<Property>((node, context) => layout.property(node, context)),
    ArrayExpression: visit<List>((node, context) => layout.list(node, context)),
    ObjectExpression: visit<ObjectLiteral>((node, context) => layout.object(node, context)),
  };
}

type Visit = (node: BaseNode, context: Context) => void;
type Ends = readonly [open: string, close: string];
interface Method {
  readonly value: { readonly params: readonly BaseNode[]; readonly body: BaseNode };
}
const nodes = (expressions: readonly object[]) => expressions as readonly BaseNode[];

/** Prints lists of things, and knows where on its line the next one begins. */
class Layout {
  #depth = 0;
  #before = 0;

  inside(print: () => void): void {
    this.#depth++;
    print();
    this.#depth--;
  }

  items(context: Context, items: readonly BaseNode[], [open, close]: Ends, broken: boolean, separator = ","): void {
    context.write(open);
    if (broken) context.indent();
    this.#depth += broken ? 1 : 0;
    for (const [index, node] of items.entries()) {
      if (broken) context.newline();
      else if (index > 0) context.write(" ");
      if (broken) this.#before = 0;
      context.visit(node);
      if (broken || index < items.length - 1) context.write(separator);
    }
    this.#depth -= broken ? 1 : 0;
    if (broken) context.dedent();
    if (broken) context.newline();
    context.write(close);
  }

  property({ key, value }: Property, context: Context): void {
    if (!isShort(key, value)) context.write(`${key.name}: `);
    this.#before += key.name.length + 2;
    context.visit(value as unknown as BaseNode);
  }

  list(node: List, context: Context): void {
    this.items(context, nodes(node.elements), ["[", "]"], !this.#fits(widthOf(node)));
  }

  object(node: ObjectLiteral, context: Context): void {
    const empty = node.properties.length === 0;
    const broken = !empty && (node.broken || !this.#fits(widthOf(node)));
    this.items(context, nodes(node.properties), broken || empty ? ["{", "}"] : ["{ ", " }"], broken);
  }

  /** A long argument that is not the last one puts each of them on lines of its own. */
  invocation({ type, callee, arguments: args }: Call, context: Context): void {
    context.write(type === "NewExpression" ? "new " : "");
    context.visit(callee as unknown as BaseNode);
    const broken = args.slice(0, -1).some((arg) => arg.type === "ObjectExpression" && arg.broken);
    this.items(context, nodes(args), ["(", ")"], broken);
  }

  /** A constructor: no class of ours has another method. */
  method({ value: { params, body } }: Method, context: Context): void {
    const line = context.new();
    this.items(line, params, ["constructor(", ") {"], false);
    this.#before = 0;
    this.items(context, params, ["constructor(", ") "], !this.#fits(line.measure() - 1));
    context.visit(body);
  }

  #fits(width: number): boolean {
    return this.#depth * INDENT.length + this.#before + width + 1 <= LINE_WIDTH;
  }
}

function commentsOf(node: BaseNode) {
  const { comments, documentation } = node as unknown as Statement;
  if (documentation !== undefined) return [{ type: "Block" as const, value: `*\n * ${documentation}\n ` }];
  return comments?.map((line) => ({ type: "Line" as const, value: ` ${line}` }));
}

/** `{ name }` instead of `{ name: name }` */
const isShort = (key: Property["key"], value: Expression) => value.type === "Identifier" && value.name === key.name;

function widthOfProperty(property: ObjectLiteral["properties"][number]): number {
  if (property.type === "SpreadElement") return "...".length + widthOf(property.argument);
  const { key, value } = property;
  return isShort(key, value) ? key.name.length : key.name.length + 2 + widthOf(value);
}

/** Width of an expression on one line. */
function widthOf(node: Expression): number {
  const joined = (nodes: readonly Expression[]) => nodes.reduce((sum, item) => sum + widthOf(item) + 2, -2);
  switch (node.type) {
    case "Literal":
      return node.raw.length;
    case "Identifier":
      return node.name.length;
    case "MemberExpression":
      return widthOf(node.object) + 1 + node.property.name.length;
    case "ArrayExpression":
      return 2 + Math.max(0, joined(node.elements));
    case "ObjectExpression":
      return node.properties.reduce((sum, property) => sum + widthOfProperty(property) + 2, 2);
    case "TemplateLiteral":
      return node.quasis.reduce((sum, { value }) => sum + value.raw.length, 2 + "name".length + 3);
    case "ThisExpression":
      return "this".length;
    default:
      return widthOf(node.callee) + 2 + Math.max(0, joined(node.arguments)) + (node.type === "NewExpression" ? 4 : 0);
  }
}
