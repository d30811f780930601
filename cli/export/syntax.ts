/** Syntax trees of the programs that are written, in the form of ESTree: the few nodes that they need. */

export interface Literal {
  readonly type: "Literal";
  readonly value: string | number | boolean;
  /** As it is printed. */
  readonly raw: string;
}
export interface Identifier {
  readonly type: "Identifier";
  readonly name: string;
}
export interface Member {
  readonly type: "MemberExpression";
  readonly object: Expression;
  readonly property: Identifier;
  readonly computed: false;
  readonly optional: false;
}
export interface Call {
  readonly type: "CallExpression" | "NewExpression";
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}
export interface List {
  readonly type: "ArrayExpression";
  readonly elements: readonly Expression[];
}
export interface Property {
  readonly type: "Property";
  readonly kind: "init";
  readonly key: Identifier;
  readonly value: Expression;
}
export interface ObjectLiteral {
  readonly type: "ObjectExpression";
  readonly properties: ReadonlyArray<Property | Spread>;
  /** Whether each property has a line of its own, however short it is. */
  readonly broken: boolean;
}
/** `...argument` */
export interface Spread {
  readonly type: "SpreadElement";
  readonly argument: Expression;
}
/** `${name}-rest` between backticks. */
export interface Template {
  readonly type: "TemplateLiteral";
  readonly expressions: readonly Identifier[];
  readonly quasis: ReadonlyArray<{ readonly type: "TemplateElement"; readonly value: { readonly raw: string } }>;
}
export interface This {
  readonly type: "ThisExpression";
}
export type Expression = Literal | Identifier | Member | Call | List | ObjectLiteral | Template | This;

export interface Statement {
  readonly type: string;
  /** Lines of comment above it. */
  readonly comments?: readonly string[];
  /** Text of a documentation comment above it. */
  readonly documentation?: string;
  readonly [key: string]: unknown;
}

export const identifier = (name: string): Identifier => ({ type: "Identifier", name });

export function literal(value: string | number | boolean): Literal {
  return { type: "Literal", value, raw: typeof value === "string" ? quoted(value) : JSON.stringify(value) };
}

export const list = (elements: readonly Expression[]): List => ({ type: "ArrayExpression", elements });

export function object(properties: Readonly<Record<string, Expression>>, broken = false): ObjectLiteral {
  const entries = Object.entries(properties).map(
    ([key, value]): Property => ({ type: "Property", kind: "init", key: identifier(key), value }),
  );
  return { type: "ObjectExpression", properties: entries, broken };
}

export const spread = (argument: Expression): Spread => ({ type: "SpreadElement", argument });

/** `{ ...first, ...second }` */
export function merged(...parts: readonly Expression[]): ObjectLiteral {
  const properties = parts.map(spread);
  return { type: "ObjectExpression", properties, broken: false };
}

/** The value of a variable, then text that has nothing to be escaped. */
export function template(variable: string, rest: string): Template {
  const quasis = ["", rest].map((raw) => ({ type: "TemplateElement" as const, value: { raw } }));
  return { type: "TemplateLiteral", expressions: [identifier(variable)], quasis };
}

export function member(owner: string, name: string): Member {
  const [object, property] = [identifier(owner), identifier(name)];
  return { type: "MemberExpression", object, property, computed: false, optional: false };
}

export const call = (callee: Expression, ...args: Expression[]): Call => ({
  type: "CallExpression",
  callee,
  arguments: args,
});

export const construct = (callee: Expression, ...args: Expression[]): Call => ({
  ...call(callee, ...args),
  type: "NewExpression",
});

/** `const name = value;` or `export const name = value;` */
export function constant(
  name: string,
  value: Expression,
  exported: boolean,
  comments: readonly string[] = [],
): Statement {
  const declarations = [{ type: "VariableDeclarator", id: identifier(name), init: value }];
  const declaration = { type: "VariableDeclaration", kind: "const", declarations };
  if (!exported) return { ...declaration, comments };
  return { type: "ExportNamedDeclaration", declaration, specifiers: [], source: null, comments };
}

/** An expression of its own, such as a call. */
export const standing = (expression: Expression, comments: readonly string[] = []): Statement => ({
  type: "ExpressionStatement",
  expression,
  comments,
});

/** Statements that are always the same, as the formatter would print them. */
export const verbatim = (text: string): Statement => ({ type: "Verbatim", text });

/** `import { name } from "from";` */
export function importedName(name: string, from: string): Statement {
  const specifiers = [{ type: "ImportSpecifier", imported: identifier(name), local: identifier(name) }];
  return { type: "ImportDeclaration", specifiers, source: literal(from) };
}

/** `import * as name from "from";`, or without a name `import "from";` */
export function imported(from: string, name?: string): Statement {
  const specifiers = name === undefined ? [] : [{ type: "ImportNamespaceSpecifier", local: identifier(name) }];
  return { type: "ImportDeclaration", specifiers, source: literal(from) };
}

/** `export {};`: what makes a file without declarations a module. */
export const nothingExported: Statement = {
  type: "ExportNamedDeclaration",
  declaration: null,
  specifiers: [],
  source: null,
};

/** Characters that are not seen, that turn the direction of the text, or that not every tool takes. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000\p{Variation_Selector}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return SHORT[character] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** Text in double quotes, in single ones where that saves escapes; everything that one would not see is escaped. */
export function quoted(text: string): string {
  const count = (quote: string) => text.split(quote).length;
  const quote = count('"') > count("'") ? "'" : '"';
  const inner = text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    // The joiner of an emoji is part of what one sees.
    .replace(UNSEEN, (character, at: number, all: string) => (isJoiner(all, at) ? character : escaped(character)));
  return `${quote}${inner}${quote}`;
}

const EMOJI = /\p{Extended_Pictographic}/u;
function isJoiner(text: string, at: number): boolean {
  const character = text[at];
  if (character === "\ufe0f") return EMOJI.test(text.slice(Math.max(0, at - 2), at));
  return character === "\u200d" && EMOJI.test(text.slice(at + 1, at + 3));
}

const LINE = 100;

/** Text of somebody else's as lines of a comment: nothing in it can end the comment or steer a terminal. */
export function commentLines(text: string): string[] {
  const safe = text.replace(UNSEEN, (character) => escaped(character)).trim();
  const lines = [""];
  for (const word of safe.split(/ +/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 1 > LINE) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
