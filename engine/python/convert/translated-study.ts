/**
 * A study in Python as its author wrote it, in TypeScript: from the syntax trees of its modules, all in one file. What
 * cannot be said in TypeScript stands in its recorded form, with a comment.
 */
import type { StudyFile } from "../../definition/model.ts";
import { commentsOf } from "./comments.ts";
import { changedNames, dictNames, paramTypes } from "./author-names.ts";
import type { Doc } from "./document.ts";
import { newLine } from "./document.ts";
import { expressionCode } from "./expressions.ts";
import { docComment } from "./functions.ts";
import { readImport } from "./imports.ts";
import { laidOut } from "./lay-out.ts";
import { neededStatements } from "./needed-names.ts";
import { cannot } from "./python-tree.ts";
import type { PythonModule, PythonNode, PythonSources } from "./python-tree.ts";
import { namedCodelists } from "./recorded-codelists.ts";
import { columnCode } from "./recorded-column.ts";
import { importOf } from "./recorded-study.ts";
import { besideScope, outermostScope } from "./scope.ts";
import type { Scope } from "./scope.ts";
import { bindingsOf } from "./bindings.ts";
import { translatedStatement } from "./translated-statement.ts";
import type { Translation } from "./translation.ts";
import { comment } from "./written-code.ts";

/** `forced`: columns, and `measures`, that stand as recorded whatever they say. Throws `Untranslatable`. */
export function translatedStudy(
  sources: PythonSources,
  definition: StudyFile,
  forced: ReadonlySet<string>,
): string {
  const entry = sources.modules.get(sources.entry) ?? cannot("a study without a module");
  const own = outermostScope();
  const imports = new Set<string>();
  const codelists = namedCodelists(true, own.taken);
  const scopes = new Map<string, Scope>([[sources.entry, own]]);
  const shared: Omit<Translation, "scope" | "comments"> = {
    dicts: dictNames(sources),
    changed: changedNames(sources),
    fileColumns: new Set(definition.measures.flatMap(({ from_file: marked = [] }) => marked)),
    typeOfParam: paramTypes(sources),
    use: (name) => {
      imports.add(name);
      return name;
    },
    scopeOf: (name) => scopes.get(name) ?? own,
    code: expressionCode,
    recordedColumn: (name) => {
      const column = definition.study.columns[name];
      return column === undefined ? null : columnCode(column, codelists.nameOf);
    },
    forced,
  };
  const printing: Printing = {
    sources,
    scopes,
    shared,
    recorded: { definition, nameOf: codelists.nameOf },
    isNeeded: neededStatements(sources),
  };
  const body = moduleDocs(entry, own, printing);
  for (const name of codelists.imports()) imports.add(name);
  const constants = codelists
    .constants()
    .map(([name, code]): Doc => [newLine, `const ${name} = `, code, ";"]);
  const text = laidOut([constants, ...body, newLine]);
  const used = [...imports].filter((name) =>
    new RegExp(`\\b${name.split(" ").at(-1) ?? ""}\\b`).test(text),
  );
  const head = laidOut([docComment(entry.body), importOf(used)]);
  return `${head}\n\n${text.replace(/^\n+/, "")}`;
}

export interface Printing {
  readonly sources: PythonSources;
  readonly scopes: Map<string, Scope>;
  readonly shared: Omit<Translation, "scope" | "comments">;
  readonly recorded: {
    readonly definition: StudyFile;
    readonly nameOf: ReturnType<typeof namedCodelists>["nameOf"];
  };
  readonly isNeeded: (node: PythonNode) => boolean;
}

/** Each begins with a new line. Modules that it imports come where it imports them. */
function moduleDocs(module: PythonModule, scope: Scope, printing: Printing): readonly Doc[] {
  const comments = commentsOf(module.comments);
  const at: Translation = { ...printing.shared, scope, comments };
  const bindings = bindingsOf(module.body);
  let before = Infinity;
  return module.body.flatMap((node): readonly Doc[] => {
    if (node._ === "Import" || node._ === "ImportFrom") {
      before = -Infinity;
      return importedDocs(node, at, printing);
    }
    if (!printing.isNeeded(node)) {
      comments.upTo(node.end);
      return [];
    }
    const isApart = Math.min(node.line, comments.nextLine()) > before + 1;
    before = node.end;
    const doc = translatedStatement(node, at, {
      bindings,
      values: module.values,
      ...printing.recorded,
    });
    return doc === null ? [] : [isApart ? newLine : "", newLine, doc];
  });
}

function importedDocs(node: PythonNode, at: Translation, printing: Printing): readonly Doc[] {
  const docs: Doc[] = at.comments.upTo(node.line).map((text): Doc => [newLine, comment(text)]);
  const importModule = (name: string): Scope | null => {
    const known = printing.scopes.get(name);
    const module = printing.sources.modules.get(name);
    if (known !== undefined || module === undefined) return known ?? null;
    const scope = besideScope(at.scope);
    printing.scopes.set(name, scope);
    const body = moduleDocs(module, scope, printing);
    if (body.length > 0) docs.push(newLine, newLine, comment(`From ${module.file}:`), ...body);
    return scope;
  };
  readImport(node, at.scope, importModule);
  return docs;
}
