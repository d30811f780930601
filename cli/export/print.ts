import { type Context, print, type Visitors } from "esrap";
import ts from "esrap/languages/ts";
import type { Expression, Literal, ObjectLiteral, Property, Statement } from "./syntax.ts";

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
  // Where the value that is printed next begins: levels of indentation, and what stands before it on its line.
  const at = { depth: 0, before: 0 };
  const items = (
    context: Context,
    nodes: readonly BaseNode[],
    [open, close]: readonly [string, string],
    broken: boolean,
  ) => {
    context.write(open);
    if (broken) {
      at.depth++;
      context.indent();
    }
    for (const [index, node] of nodes.entries()) {
      if (broken) {
        context.newline();
        at.before = 0;
      } else if (index > 0) context.write(" ");
      context.visit(node);
      if (broken || index < nodes.length - 1) context.write(",");
    }
    if (broken) {
      at.depth--;
      context.dedent();
      context.newline();
    }
    context.write(close);
  };
  const fits = (node: Expression) => at.depth * INDENT.length + at.before + widthOf(node) + 1 <= LINE_WIDTH;
  return {
    ...(ts({ getLeadingComments: commentsOf }) as object),
    Literal: (node: BaseNode, context) => context.write((node as unknown as Literal).raw),
    Property: (node: BaseNode, context) => {
      const { key, value } = node as unknown as Property;
      context.write(`${key.name}: `);
      at.before += key.name.length + 2;
      context.visit(value as unknown as BaseNode);
    },
    ArrayExpression: (node: BaseNode, context) => {
      const elements = (node as unknown as { elements: BaseNode[] }).elements;
      items(context, elements, ["[", "]"], !fits(node as unknown as Expression));
    },
    ObjectExpression: (node: BaseNode, context) => {
      const { properties, broken } = node as unknown as ObjectLiteral;
      const nodes = properties as unknown as BaseNode[];
      if (nodes.length === 0) return context.write("{}");
      const lines = broken || !fits(node as unknown as Expression);
      items(context, nodes, lines ? ["{", "}"] : ["{ ", " }"], lines);
    },
  };
}

function commentsOf(node: BaseNode) {
  const { comments } = node as unknown as Statement;
  return comments?.map((line) => ({ type: "Line" as const, value: ` ${line}` }));
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
      return node.properties.reduce((sum, { key, value }) => sum + key.name.length + 2 + widthOf(value) + 2, 2);
    default:
      return widthOf(node.callee) + 2 + Math.max(0, joined(node.arguments)) + (node.type === "NewExpression" ? 4 : 0);
  }
}
