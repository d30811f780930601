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

/** The lists of an organization: name of the list, and of the method that gives it whole → methods of the client. */
function listsOf(file: SourceFile): Map<string, readonly string[]> {
  const cache = file.getClassOrThrow("ListCache");
  const table = cache
    .getConstructors()
    .flatMap((method) => method.getDescendantsOfKind(SyntaxKind.BinaryExpression))
    .find((assignment) => assignment.getLeft().getText() === "this.#fetchers")
    ?.getRight()
    .asKindOrThrow(SyntaxKind.ObjectLiteralExpression);
  if (table === undefined) throw new Error("provider/organization/list-cache.ts has no table #fetchers.");
  const lists = new Map<string, readonly string[]>();
  for (const fetcher of table.getProperties()) {
    const helpers = Array.from(fetcher.getText().matchAll(/this\.(#\w+)\(/g), ([, name = ""]) =>
      cache.getMethodOrThrow(name),
    );
    const calls = [fetcher, ...helpers].flatMap(directCalls);
    if (calls.length === 0)
      throw new Error(`#fetchers of provider/organization/list-cache.ts: no call in ${fetcher.getText()}`);
    lists.set(fetcher.asKindOrThrow(SyntaxKind.PropertyAssignment).getName(), calls);
  }
  for (const method of cache.getMethods()) {
    const [, name] = /this\.#whole\("(\w+)"\)/.exec(method.getText()) ?? [];
    if (name !== undefined) lists.set(method.getName(), lists.get(name) ?? []);
  }
  return lists;
}

const directCalls = (node: Node): string[] =>
  Array.from(node.getText().matchAll(/\bapi\.(\w+\.\w+)\b/g), ([, call = ""]) => call);

/** `org.lists.users()`, and `org.lists.visible("users")`. */
const listCall = /\borg\.lists\.(?!invalidate\b)(\w+)\((?:"(\w+)")?/g;

function callsFrom(start: SourceFile, name: string, lists: ReadonlyMap<string, readonly string[]>): Set<string> {
  const calls = new Set<string>();
  const seen = new Set<Node>();
  const visit = (file: SourceFile, wanted: string): void => {
    const declaration = declarationOf(file, wanted);
    if (declaration === undefined) visitImport(file, wanted);
    if (declaration === undefined || seen.has(declaration)) return;
    seen.add(declaration);
    for (const call of directCalls(declaration)) calls.add(call);
    for (const [, method = "", list = method] of declaration.getText().matchAll(listCall)) {
      for (const call of lists.get(list) ?? []) calls.add(call);
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
