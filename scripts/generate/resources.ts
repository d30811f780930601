// What follows from the definitions of the resources: the types of the classes, and one reference page per resource.
import { type InterfaceDeclarationStructure, Project, StructureKind } from "ts-morph";
import type { z } from "zod";
import { catalog } from "../../provider/catalog.ts";
import { nativeToken } from "../../provider/program/native-token.ts";
import type { Definition, PropertyDoc } from "../../provider/runtime/definition.ts";
import { completedTypeOf, defaultOf, typeOf } from "./property-types.ts";

interface Property {
  readonly name: string;
  readonly doc: PropertyDoc;
  readonly optional: boolean;
  /** How a program writes the value. */
  readonly type: string;
  /** The same, with the values that an editor can offer. */
  readonly inputType: string;
  /** How an output has it. */
  readonly outputType: string;
  /** As a program writes it; undefined where there is none. */
  readonly fallback: string | undefined;
}

function properties(shape: Readonly<Record<string, unknown>>): Property[] {
  return Object.entries(shape).map(([name, schema]) => {
    const property = schema as z.ZodType;
    const doc = property.meta() as PropertyDoc | undefined;
    if (doc === undefined) throw new Error(`the property ${name} is not documented`);
    const type = doc.writtenAs ?? typeOf(property);
    return {
      name,
      doc,
      optional: property.safeParse(undefined).success,
      type,
      inputType: doc.writtenAs ?? completedTypeOf(property),
      outputType: doc.outputAs ?? type,
      fallback: defaultOf(property),
    };
  });
}

function isNullable({ fallback, optional }: Property): boolean {
  return optional && fallback === undefined;
}

function docText({ doc, fallback }: Property): string {
  const evidence = doc.evidence === undefined ? "" : `\n\nWire name: ${doc.evidence}.`;
  const deprecated = doc.deprecation === undefined ? "" : `\n@deprecated ${doc.deprecation}`;
  return `${doc.description}${evidence}${fallback === undefined ? "" : `\n@default ${fallback}`}${deprecated}`;
}

function argsOf(definition: Definition): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: `${definition.kind}Args`,
    docs: [`Inputs of ${definition.kind}.`],
    properties: properties(definition.inputs.shape).map((property) => ({
      name: property.name,
      hasQuestionToken: property.optional,
      type: `DeepInput<${property.inputType}${property.optional ? " | null | undefined" : ""}>`,
      docs: [docText(property)],
    })),
  };
}

function outputsOf(definition: Definition): InterfaceDeclarationStructure {
  const all = [...properties(definition.inputs.shape), ...properties(definition.computed.shape)];
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: `${definition.kind}Outputs`,
    docs: [`Outputs of ${definition.kind}, in normal form; undefined where nothing is set or managed.`],
    properties: all.map((property) => ({
      name: property.name,
      isReadonly: true,
      type: `pulumi.Output<${property.outputType}${isNullable(property) ? " | undefined" : ""}>`,
      docs: [docText(property)],
    })),
  };
}

/** The text of provider/types.gen.ts. */
export function types(): string {
  const file = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: "  " as never },
  }).createSourceFile("types.gen.ts");
  file.addStatements("// Generated from provider/resources by `npm run generate`. Do not edit.");
  file.addImportDeclaration({ isTypeOnly: true, namespaceImport: "pulumi", moduleSpecifier: "@pulumi/pulumi" });
  file.addImportDeclaration({
    isTypeOnly: true,
    namedImports: ["DeepInput"],
    moduleSpecifier: "./program/base-class.ts",
  });
  file.addInterfaces(catalog.flatMap((definition) => [argsOf(definition), outputsOf(definition)]));
  return file.getFullText();
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function diffBehavior(definition: Definition, name: string): string {
  if (definition.createOnly?.includes(name)) return "acts on create alone";
  if (definition.replaceOn?.includes(name)) return "replaces";
  return "in place";
}

/** The text of the reference page of one kind. */
export function page(definition: Definition): string {
  const inputs = properties(definition.inputs.shape).map((property) => {
    const { name, doc, optional, type, fallback: value } = property;
    const secret = definition.secret?.includes(name) ? " **Secret.**" : "";
    const fallback = value === undefined ? (optional ? "–" : "required") : `\`${value}\``;
    return `| \`${name}\` | \`${cell(type)}\` | ${fallback} | ${diffBehavior(definition, name)} | ${doc.evidence ?? "–"} | ${cell(doc.description)}${secret} |`;
  });
  const computed = properties(definition.computed.shape).map(
    ({ name, doc, type }) => `| \`${name}\` | \`${cell(type)}\` | ${cell(doc.description)} |`,
  );
  return [
    `<!-- Generated from provider/resources by \`npm run generate\`. Do not edit. -->`,
    `# ${definition.kind}`,
    "",
    definition.description,
    "",
    "## Behavior",
    "",
    ...definition.behavior.map((line) => `- ${line}`),
    "",
    "## Inputs",
    "",
    "Evidence says how sure we are of the wire name behind an input: seen in the vendor's documentation, known from the public engine under the service, inferred from the documentation, or assumed.",
    "",
    "| input | type | default | a change is made | evidence | meaning |",
    "|---|---|---|---|---|---|",
    ...inputs,
    "",
    "## Outputs",
    "",
    "All inputs in normal form (undefined where nothing is set or managed; null in the state), `id`, and:",
    "",
    "| output | type | meaning |",
    "|---|---|---|",
    ...computed,
    "",
    ...importSection(definition),
    "## What rests on assumption",
    "",
    ...definition.assumed.map((line) => `- ${line}`),
    "",
  ].join("\n");
}

/** How an object that exists becomes a resource, with either host. */
function importSection({ kind, alwaysExists, inputs }: Definition): string[] {
  const token = nativeToken(kind);
  const isAdopted = "adopt" in inputs.shape;
  return [
    "## Import",
    "",
    "[`npx anomify export` and `anomify adopt`](../adopt.md) bring in a whole organization: a program, and an import file with all ids. One object:",
    "",
    ...(isAdopted
      ? [
          "With dynamic resources (`pulumi-anomify`), declare it with `adopt`. The first `pulumi up` takes it over, and changes what the program says otherwise:",
          "",
          "```ts",
          `new anomify.${kind}("name", { adopt: "501", /* what it is to be */ });`,
          "```",
        ]
      : [
          `With dynamic resources (\`pulumi-anomify\`), declare it: ${kind} always takes over what exists. The first \`pulumi up\` changes what the program says otherwise.`,
        ]),
    "",
    "With the [native plugin](../which-host.md), `pulumi import`, or the option `import` with the id:",
    "",
    "```sh",
    `pulumi import ${token} name 501`,
    "```",
    "",
    "`pulumi import` by type and the option `import` cannot work with dynamic resources; [troubleshooting](../troubleshooting.md#importing) says why.",
    "",
    alwaysExists === true
      ? "Once it is a resource, the input `onDelete` decides what its deletion does; by default it is left as it is."
      : "Once it is a resource, a later `pulumi destroy` deletes it, and so does taking it out of the program. The option `protect: true` refuses that, and `retainOnDelete: true` leaves it in Anomify.",
    "",
  ];
}
