// The types of the client as its users read them: interfaces with docstrings, written from the models and the table of endpoints.
// What TypeScript infers of those needs zod's declarations, which projects with an old moduleResolution cannot read.
import { fileURLToPath } from "node:url";
import { type Node, Project, type Symbol as PropertySymbol, SyntaxKind, type Type, ts } from "ts-morph";

const root = fileURLToPath(new URL("../..", import.meta.url));
const HEADER = "// Generated from sdk/models and sdk/endpoints by `npm run generate`. Do not edit.";

/** The texts of the generated files. */
export interface ClientTypes {
  /** Text of sdk/models.gen.ts. */
  readonly models: string;
  /** Text of sdk/client.gen.ts. */
  readonly client: string;
}

/** Reads the types of the client from its sources. */
export function clientTypes(): ClientTypes {
  const project = new Project({ tsConfigFilePath: `${root}tsconfig.json`, skipAddingFilesFromTsConfig: true });
  const derived = project.addSourceFileAtPath(`${root}sdk/derived-client.ts`);
  const index = project.addSourceFileAtPath(`${root}sdk/models/index.ts`);
  const printer = new Printer();
  const models = Array.from(index.getExportedDeclarations()).flatMap(([name, declarations]) => {
    const value = declarations.find((node) => node.isKind(SyntaxKind.VariableDeclaration));
    const type = declarations.find((node) => node.isKind(SyntaxKind.TypeAliasDeclaration));
    if (value === undefined || type === undefined) throw new Error(`${name} is not a model with a type of its name`);
    const docs = docsOf(value.getVariableStatementOrThrow());
    return [
      { name, docs, type: type.getType(), isReadonly: type.getTypeNodeOrThrow().getText().startsWith("Readonly<") },
    ];
  });
  for (const { name, type } of models) printer.name(type, name);
  const interfaces = models.map(
    ({ name, docs, type, isReadonly }) => `${docs}export interface ${name} ${printer.objectOf(type, "", isReadonly)}\n`,
  );
  return {
    models: [HEADER, "", interfaces.join("\n")].join("\n"),
    client: clientText(derived.getTypeAliasOrThrow("DerivedClient").getType(), printer),
  };
}

function clientText(client: Type, printer: Printer): string {
  printer.used.clear();
  const groups = client.getProperties().map((group) => {
    const [shorthand] = group.getDeclarations();
    const type = typeOf(group);
    const name = `${capital(group.getName())}Methods`;
    const methods = type.getProperties().map((method) => methodText(method, printer));
    return { group: group.getName(), name, docs: groupDocs(type, shorthand), text: methods.join("\n") };
  });
  const { used } = printer;
  const imports = [
    `import type { ${Array.from(used).sort().join(", ")} } from "./models.gen.ts";`,
    'import type { CallOptions } from "./options.ts";',
    'import type { Reply } from "./reply.ts";',
  ];
  return [
    HEADER,
    ...imports,
    "",
    ...groups.flatMap(({ name, docs, text }) => [`${docs}export interface ${name} {`, `${text}}`, ""]),
    "/** One method per operation, in the groups of the API's own index. */",
    "export interface AnomifyClient {",
    ...groups.map(({ group, name, docs }) => `${indented(docs, "  ")}  readonly ${group}: ${name};`),
    "}",
    "",
  ].join("\n");
}

/** The docstring of the table that a group is made of. */
function groupDocs(type: Type, fallback: Node | undefined): string {
  const [method] = type.getProperties();
  const declaration = method?.getDeclarations()[0] ?? fallback;
  const statement = declaration?.getFirstAncestorByKind(SyntaxKind.VariableStatement);
  return statement === undefined ? "" : docsOf(statement);
}

function methodText(method: PropertySymbol, printer: Printer): string {
  const [signature] = typeOf(method).getCallSignatures();
  const [declaration] = method.getDeclarations();
  if (signature === undefined || declaration === undefined) throw new Error(`${method.getName()} is not a method`);
  // The rest parameter of the signature is a tuple of parameters and options, or of options alone.
  const [rest] = signature.getParameters();
  const tuple = rest === undefined ? undefined : typeOf(rest, declaration);
  const elements = tuple?.getTupleElements() ?? [];
  const [params] = elements.length === 2 ? elements : [];
  const args = params === undefined ? "" : paramsText(params, printer);
  const result = printer.print(signature.getReturnType(), "  ");
  return `${indented(docsOf(declaration), "  ")}  readonly ${method.getName()}: (${args}options?: CallOptions) => ${result};\n`;
}

function paramsText(params: Type, printer: Printer): string {
  const object = params.getNonNullableType();
  const isOptional = object.getProperties().every((property) => property.isOptional());
  return `params${isOptional ? "?" : ""}: ${printer.objectOf(object, "  ", true)}, `;
}

/** Writes types as a person would: models by name, what is known of a text before what else it may be. */
class Printer {
  /** Names of the models that were written. */
  readonly used = new Set<string>();
  readonly #names = new Map<Node, string>();

  /** Lets a model be written by its name wherever it stands. */
  name(type: Type, name: string): void {
    const key = keyOf(type);
    if (key === undefined) throw new Error(`${name} has no properties`);
    this.#names.set(key, name);
  }

  objectOf(type: Type, indent: string, isReadonly = false): string {
    const properties = type.getProperties().map((property) => {
      const [declaration] = property.getDeclarations();
      const docs = declaration === undefined ? "" : indented(docsOf(declaration), `${indent}  `);
      const name = /^[A-Za-z_]\w*$/.test(property.getName()) ? property.getName() : JSON.stringify(property.getName());
      const mark = property.isOptional() ? "?" : "";
      return `${docs}${indent}  ${isReadonly ? "readonly " : ""}${name}${mark}: ${this.print(typeOf(property), `${indent}  `)};\n`;
    });
    return properties.length === 0 ? "Record<never, never>" : `{\n${properties.join("")}${indent}}`;
  }

  print(type: Type, indent: string): string {
    if (type.isUnion() && !type.isBoolean()) return this.#union(type, indent);
    const element = type.getArrayElementType();
    if (element !== undefined) {
      const inner = this.print(element, indent);
      return `${type.isReadonlyArray() ? "readonly " : ""}${element.isUnion() ? `(${inner})` : inner}[]`;
    }
    const name = type.getSymbol()?.getName();
    if (name === "Promise" || name === "AsyncGenerator" || name === "Reply") {
      const [inner, ...more] =
        name === "Reply" ? type.getAliasTypeArguments().concat(type.getTypeArguments()) : type.getTypeArguments();
      if (inner === undefined) throw new Error(`${name} of nothing`);
      const others = name === "AsyncGenerator" ? more.map((argument) => `, ${this.print(argument, indent)}`) : [];
      return `${name}<${this.print(inner, indent)}${others.join("")}>`;
    }
    if (name === "Uint8Array" || name === "Date") return name;
    if (type.isIntersection()) return "(string & Record<never, never>)";
    if (!type.isObject()) return type.getText();
    const key = keyOf(type);
    const model = key === undefined ? undefined : this.#names.get(key);
    if (model === undefined) return this.objectOf(type, indent);
    this.used.add(model);
    return model;
  }

  #union(type: Type, indent: string): string {
    const members = type.getUnionTypes();
    const flags = members.filter((member) => member.isBooleanLiteral());
    const others = members.filter((member) => !member.isBooleanLiteral() && !isNothing(member));
    const words = flags.length === 2 ? ["boolean"] : flags.map((member) => member.getText());
    const printed = others.map((member) => this.print(member, indent));
    const open = printed.filter((word) => word.startsWith("(string &"));
    const known = printed.filter((word) => !word.startsWith("(string &"));
    const nothing = ["null", "undefined"].filter((word) => members.some((member) => member.getText() === word));
    return [...words, ...known, ...open, ...nothing].join(" | ");
  }
}

const isNothing = (type: Type): boolean => type.isNull() || type.isUndefined();

/** The literal that an object's properties stand in: what makes two types the same model. */
function keyOf(type: Type): Node | undefined {
  return type.getProperties()[0]?.getDeclarations()[0]?.getParent();
}

function typeOf(property: PropertySymbol, at?: Node): Type {
  const place = at ?? property.getDeclarations()[0];
  if (place === undefined) throw new Error(`${property.getName()} is declared nowhere`);
  return property.getTypeAtLocation(place);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The docstring before a node, as written but for its indentation; with its line end. */
function docsOf(node: Node): string {
  const text = node.getSourceFile().getFullText();
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const found = ranges.map(({ pos, end }) => text.slice(pos, end)).filter((comment) => comment.startsWith("/**"));
  const last = found.at(-1);
  return last === undefined ? "" : `${last.replaceAll(/\n\s*\*/g, "\n *")}\n`;
}

const indented = (docs: string, indent: string): string => docs.replaceAll(/^(?=.)/gm, indent);
