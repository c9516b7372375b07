/** A statement of a module, translated or, where that cannot be, as what its names held when the study was run. */
import type { StudyFile } from "../../definition/model.ts";
import { boundIn, usedIn } from "./bindings.ts";
import type { Bindings } from "./bindings.ts";
import type { Doc } from "./document.ts";
import { newLine } from "./document.ts";
import { cannot, Untranslatable } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import type { NameCodelist } from "./recorded-column.ts";
import { measureCode } from "./recorded-column.ts";
import { recordedCohort } from "./recorded-study.ts";
import { recordedValue } from "./recorded-value.ts";
import { variableIn } from "./scope.ts";
import { statementDoc } from "./statements.ts";
import type { Translation } from "./translation.ts";
import { comment, listOf } from "./written-code.ts";

export interface Around {
  readonly bindings: Bindings;
  /** What the names of the module held at its end; untrusted. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly definition: StudyFile;
  readonly nameOf: NameCodelist;
}

/** With the comments above it; null for one that says nothing. */
export function translatedStatement(node: PythonNode, at: Translation, around: Around): Doc | null {
  const takeBack = at.comments.mark();
  const known = new Map(at.scope.names);
  try {
    const comments = commentDocs(at.comments.upTo(node.line));
    if (at.forced.has("measures") && touchesMeasures(node)) cannot("what it says");
    const doc = statementDoc(node, at, around.bindings);
    if (doc === null) return comments.length === 0 ? null : comments.slice(0, -1);
    return [comments, doc, boundIn(node).includes("study") ? exportOf(at) : ""];
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    takeBack();
    at.scope.names.clear();
    for (const [name, meaning] of known) at.scope.names.set(name, meaning);
    return recordedStatement(node, error.what, at, around);
  }
}

function touchesMeasures(node: PythonNode): boolean {
  return [...boundIn(node), ...usedIn(node)].includes("measures");
}

function commentDocs(comments: readonly string[]): readonly Doc[] {
  return comments.flatMap((text): readonly Doc[] => [comment(text), newLine]);
}

function exportOf(at: Translation): Doc {
  return at.scope.fixed === undefined ? "" : [newLine, "export default cohort;"];
}

function recordedStatement(node: PythonNode, what: string, at: Translation, around: Around): Doc {
  const comments = at.comments.upTo(node.end);
  const names = [...new Set(boundIn(node))];
  const docs = names.flatMap((name) => {
    const code = recordedCode(name, at, around);
    if (code === null) {
      at.scope.names.set(name, { kind: "foreign", name });
      return [];
    }
    const exported = name === "measures" && at.scope.fixed !== undefined ? "export " : "";
    const doc: Doc = [`${exported}const ${variableIn(at.scope, name)} = `, code, ";"];
    return [name === "study" ? [doc, exportOf(at)] : doc];
  });
  const why = docs.length > 0 ? "As recorded" : "Left out";
  const above = commentDocs([
    ...comments,
    `${why}: ${what} has no counterpart here (line ${node.line} in Python).`,
  ]);
  return docs.length === 0
    ? above.slice(0, -1)
    : [above, docs.flatMap((doc, i) => (i === 0 ? [doc] : [newLine, doc]))];
}

/** Null for what cannot be recorded: functions, tables, and whatever else a package makes. */
function recordedCode(name: string, at: Translation, around: Around): Doc | null {
  const { definition, values, nameOf } = around;
  const { study, measures } = definition;
  const isOwn = at.scope.fixed !== undefined;
  for (const each of ["study", "patients", "measure", "fromFile"]) at.use(each);
  if (isOwn && name === "study") return recordedCohort(study, nameOf);
  if (isOwn && name === "measures")
    return listOf(measures.map((each) => ({ doc: measureCode(each) })));
  try {
    return recordedValue(values[name], { nameOf, measures });
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}
