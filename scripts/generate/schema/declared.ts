// What is declared in TypeScript, look-ups and settings of the provider, in the words of Pulumi's package schema.
import { fileURLToPath } from "node:url";
import {
  type FunctionDeclaration,
  type InterfaceDeclaration,
  type JSDoc,
  Project,
  type Symbol as PropertySymbol,
  type Type,
} from "ts-morph";
import { variableOf } from "../../../provider/organization/setting-words.ts";
import {
  ANY,
  listOf,
  type NamedTypes,
  type ObjectSpec,
  type PropertySpec,
  type TypeSpec,
  tokenOf,
  typeName,
  unionOf,
} from "./types.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface FunctionSpec {
  readonly description: string;
  readonly inputs?: ObjectSpec;
  readonly outputs: ObjectSpec;
}

/** The sources that declare them. */
export class Declarations {
  readonly #project = new Project({ tsConfigFilePath: `${root}tsconfig.json`, skipAddingFilesFromTsConfig: true });

  /**
   * The settings of the provider. No default is stated: a language would send it, and so overrule the environment.
   */
  settings(): Record<string, PropertySpec> {
    const file = this.#project.addSourceFileAtPath(`${root}provider/program/provider.ts`);
    const declared = file.getInterfaceOrThrow("ProviderArgs").getProperties();
    return Object.fromEntries(
      declared.map((property) => {
        const name = property.getName();
        const [doc] = property.getJsDocs();
        const text = property.getTypeNodeOrThrow().getText();
        const description = descriptionOf(doc);
        return [
          name,
          {
            ...settingType(text),
            description: `${description} Left out: the environment variable \`${variableOf(name)}\`${defaultOf(doc, ", else ")}.`,
            ...(SECRET.test(description) ? { secret: true as const } : {}),
          },
        ];
      }),
    );
  }

  /**
   * One look-up.
   *
   * @param listKey where its answer has a list: a function answers with an object
   */
  lookup(name: string, listKey: string, named: NamedTypes): FunctionSpec {
    const declared = this.#functions().getFunctionOrThrow(name);
    const answer = answerOf(declared);
    const item = `${typeName(listKey.replace(/s$/, ""))}Item`;
    const outputs = answer.isArray()
      ? wrapped(listKey, listOf(typeOf(answer.getArrayElementTypeOrThrow(), item, named)))
      : objectOf(answer, item, named);
    const args = this.#interface(`${typeName(name)}Args`);
    return {
      description: descriptionOf(declared.getJsDocs()[0]),
      ...(args === undefined ? {} : { inputs: objectOf(args.getType(), `${typeName(name)}Argument`, named) }),
      outputs,
    };
  }

  #functions() {
    return this.#project.addSourceFileAtPath(`${root}provider/program/functions.ts`);
  }

  #interface(name: string): InterfaceDeclaration | undefined {
    return this.#project.addSourceFileAtPath(`${root}provider/lookups/results.ts`).getInterface(name);
  }
}

const SECRET = /\ba secret\b/;

const wrapped = (key: string, list: TypeSpec): ObjectSpec => ({
  type: "object",
  properties: { [key]: list },
  required: [key],
});

/** `Promise<GetUserResult>` → `GetUserResult`. */
function answerOf(declared: FunctionDeclaration): Type {
  const [answer] = declared.getReturnType().getTypeArguments();
  if (answer === undefined) throw new Error(`${declared.getName()} answers with no promise`);
  return answer;
}

/** Settings are what the config of a stack can have. Each number counts something. */
function settingType(text: string): TypeSpec {
  const inner = /^pulumi\.Input<(.*)>$/.exec(text)?.[1];
  if (inner === "string" || inner === "boolean") return { type: inner };
  if (inner === "number") return { type: "integer" };
  return { type: "object", additionalProperties: ANY };
}

function objectOf(type: Type, name: string, named: NamedTypes): ObjectSpec {
  const properties = type.getProperties().map((property) => {
    const declared = property.getTypeAtLocation(property.getDeclarations()[0] as never);
    return {
      key: property.getName(),
      isRequired: !property.isOptional() && !declared.isNullable(),
      spec: {
        ...typeOf(declared.getNonNullableType(), name + typeName(property.getName()), named),
        ...documentation(property),
      },
    };
  });
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(({ key, spec }) => [key, spec])),
    required: properties.flatMap(({ key, isRequired }) => (isRequired ? [key] : [])),
  };
}

/** A number is an id or a count, but for those of the rule of a threshold watcher, whose type the resource has. */
function typeOf(type: Type, name: string, named: NamedTypes): TypeSpec {
  if (type.getSymbol()?.getName() === "ThresholdRule") {
    return { $ref: `#/types/${tokenOf("ThresholdWatcherThreshold")}` };
  }
  if (type.isString() || type.isStringLiteral()) return { type: "string" };
  if (type.isBoolean() || type.isBooleanLiteral()) return { type: "boolean" };
  if (type.isNumber()) return { type: "integer" };
  if (type.isArray()) return listOf(typeOf(type.getArrayElementTypeOrThrow(), name, named));
  if (type.isUnion()) return unionOf(type.getUnionTypes().map((member) => typeOf(member, name, named)));
  if (type.isObject()) return named.add(name, objectOf(type, name, named));
  throw new Error(`${name} has a form that has no Pulumi type yet: ${type.getText()}`);
}

function documentation(property: PropertySymbol): Pick<PropertySpec, "description"> {
  const [declared] = property.getDeclarations();
  const docs = (declared as { getJsDocs?: () => JSDoc[] } | undefined)?.getJsDocs?.() ?? [];
  if (docs[0] === undefined) return {};
  const fallback = defaultOf(docs[0], " Default: ");
  return { description: `${descriptionOf(docs[0])}${fallback === "" ? "" : `${fallback}.`}` };
}

/** The prose of a comment, on one line. */
function descriptionOf(doc: JSDoc | undefined): string {
  if (doc === undefined) throw new Error("a declaration is not documented");
  return doc.getDescription().trim().replaceAll(/\s+/g, " ");
}

/** @param before goes in front of the default; without a default there is nothing */
function defaultOf(doc: JSDoc | undefined, before: string): string {
  const value = doc
    ?.getTags()
    .find((tag) => tag.getTagName() === "default")
    ?.getCommentText();
  return value === undefined ? "" : `${before}${value.replaceAll('"', "`")}`;
}
