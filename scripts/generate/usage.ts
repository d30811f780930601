// Finds out of the source which operations each kind of resource uses.
import { fileURLToPath } from "node:url";
import { Node, Project, type SourceFile, SyntaxKind } from "ts-morph";

const folder = fileURLToPath(new URL("../../provider/", import.meta.url));

/** Kind of resource → methods of the client that its code reaches, as `watcher.create`. */
export type Usage = ReadonlyMap<string, ReadonlySet<string>>;

export function usageOf(catalog: readonly { readonly kind: string }[]): Usage {
  const project = new Project({ skipFileDependencyResolution: true });
  project.addSourceFilesAtPaths([
    `${folder}resources/**/*.ts`,
    `${folder}organization/list-cache.ts`,
    `${folder}catalog.ts`,
  ]);
  const lists = listsOf(project.getSourceFileOrThrow(`${folder}organization/list-cache.ts`));
  const entries = project
    .getSourceFileOrThrow(`${folder}catalog.ts`)
    .getImportDeclarations()
    .filter((entry) => entry.getModuleSpecifierValue().includes("/resources/"));
  const reached = entries.map((entry) => {
    const file = entry.getModuleSpecifierSourceFileOrThrow();
    const name = entry.getNamedImports()[0]?.getName() ?? "";
    const { kind } = catalog.find((definition) => lowerFirst(definition.kind) === name) ?? {};
    if (kind === undefined) throw new Error(`provider/catalog.ts imports ${name}, but has no kind of that name.`);
    return [kind, callsFrom(file, name, lists)] as const;
  });
  return new Map(reached);
}

const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

/** The lists of an organization: name → method of the client. */
function listsOf(file: SourceFile): Map<string, string> {
  const methods = file.getClassOrThrow("ListCache").getMethods();
  const found = methods.flatMap((method) => directCalls(method).map((call) => [method.getName(), call] as const));
  return new Map(found);
}

const directCalls = (node: Node): string[] =>
  Array.from(node.getText().matchAll(/\bapi\.(\w+\.\w+)\b/g), ([, call = ""]) => call);

function callsFrom(start: SourceFile, name: string, lists: ReadonlyMap<string, string>): Set<string> {
  const calls = new Set<string>();
  const seen = new Set<Node>();
  const visit = (file: SourceFile, wanted: string): void => {
    const declaration = declarationOf(file, wanted);
    if (declaration === undefined) visitImport(file, wanted);
    if (declaration === undefined || seen.has(declaration)) return;
    seen.add(declaration);
    for (const call of directCalls(declaration)) calls.add(call);
    for (const [, list = ""] of declaration.getText().matchAll(/\borg\.lists\.(\w+)\b/g)) {
      const call = lists.get(list);
      if (call !== undefined) calls.add(call);
    }
    const inside = declaration.getDescendantsOfKind(SyntaxKind.Identifier).map((identifier) => identifier.getText());
    for (const next of new Set(inside)) if (next !== wanted) visit(file, next);
  };
  const visitImport = (file: SourceFile, wanted: string): void => {
    for (const entry of file.getImportDeclarations()) {
      const source = entry.getModuleSpecifierSourceFile();
      if (source?.getFilePath().includes("/resources/") !== true || entry.isTypeOnly()) continue;
      if (entry.getNamedImports().some((named) => !named.isTypeOnly() && named.getName() === wanted)) {
        visit(source, wanted);
      }
    }
  };
  visit(start, name);
  return calls;
}

function declarationOf(file: SourceFile, name: string): Node | undefined {
  const found = file.getVariableDeclaration(name) ?? file.getFunction(name);
  return Node.isNode(found) ? found : undefined;
}
