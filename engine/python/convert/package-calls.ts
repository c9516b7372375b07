/** What a study imports of cohortextractor, as it is here. */
import { camelCase } from "../../definition/snake-case.ts";
import { columnItem } from "./column-calls.ts";
import { postfix, levels } from "./code.ts";
import type { Code } from "./code.ts";
import type { Doc } from "./document.ts";
import { argumentOf, keywordsOf } from "./keywords.ts";
import type { Keyword } from "./keywords.ts";
import { cannot, literalText, parts, Untranslatable } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { docOf, itemsOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf, entry, listOf, literal, objectOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

export function packageCode(name: string, node: PythonNode, at: Translation): Code {
  switch (name) {
    case "StudyDefinition":
      return postfix(studyDoc(node, at));
    case "Measure":
      return postfix(measureDoc(node, at));
    case "codelist":
    case "filter_codes_by_category": {
      const second = name === "codelist" ? "system" : "include";
      const args = [argumentOf(node, 0, "codes"), argumentOf(node, 1, second)];
      return postfix(
        callOf(
          at.use(camelCase(name)),
          itemsOf(
            args.filter((each) => each !== null),
            at,
          ),
        ),
      );
    }
    case "combine_codelists":
      if (keywordsOf(node).length > 0) return cannot("combine_codelists with names");
      return postfix(callOf(at.use("combineCodelists"), itemsOf(parts(node, "args"), at)));
    case "codelist_from_csv":
      return postfix(codelistFileDoc(node, at));
    default:
      return cannot(name);
  }
}

function codelistFileDoc(node: PythonNode, at: Translation): Doc {
  const path = argumentOf(node, 0, "filename") ?? cannot("codelist_from_csv without a file");
  const names = ["system", "column", "category_column"];
  const options = names.flatMap((name, i): readonly Item[] => {
    const value = argumentOf(node, i + 1, name);
    // None is what it is without.
    if (value === null || (value._ === "Constant" && value.fields["value"] === null)) return [];
    const comments = at.comments.upTo(value.line);
    return [{ doc: entry(camelCase(name), docOf(value, at)), comments }];
  });
  return callOf(at.use("codelistFromCsv"), [{ doc: docOf(path, at) }, { doc: objectOf(options) }]);
}

/** The options of a study; every other argument is a column. */
const options = ["index_date", "default_expectations", "dummy_data", "population"];

function studyDoc(node: PythonNode, at: Translation): Doc {
  const positional = parts(node, "args").map((value, i): Keyword => {
    const name =
      ["population", "default_expectations", "index_date"][i] ?? cannot("too many arguments");
    return { name, value, line: value.line };
  });
  const given = new Map<string, Item>();
  const columns: Item[] = [];
  for (const keyword of [...positional, ...keywordsOf(node)]) {
    const comments = at.comments.upTo(keyword.line);
    if (keyword.name === null || !options.includes(keyword.name))
      columns.push(studyColumn(keyword, comments, at));
    else
      given.set(keyword.name, {
        doc: entry(camelCase(keyword.name), docOf(keyword.value, at)),
        comments,
      });
  }
  const first = options.flatMap((name) => given.get(name) ?? []);
  const last = { doc: entry("columns", objectOf(columns)) };
  return callOf(at.use("study"), [{ doc: objectOf([...first, last]) }]);
}

/** One that cannot be translated stands as it was recorded, and says why. */
function studyColumn(keyword: Keyword, comments: readonly string[], at: Translation): Item {
  try {
    if (keyword.name !== null && at.forced.has(keyword.name)) return cannot("what it says");
    return columnItem(keyword, comments, at);
  } catch (error) {
    const { name } = keyword;
    const recorded = name === null ? null : at.recordedColumn(name);
    if (!(error instanceof Untranslatable) || name === null || recorded === null) throw error;
    const why = `As recorded: ${error.what} has no counterpart here.`;
    return { doc: entry(name, recorded), comments: [...comments, why] };
  }
}

const measureParts = ["id", "denominator", "numerator", "group_by", "small_number_suppression"];

function measureDoc(node: PythonNode, at: Translation): Doc {
  const positional = parts(node, "args").map((value, i): Keyword => {
    return { name: measureParts[i] ?? cannot("too many arguments"), value, line: value.line };
  });
  const items = [...positional, ...keywordsOf(node)].flatMap(
    ({ name, value, line }): readonly Item[] => {
      const comments = at.comments.upTo(line);
      if (name === null || !measureParts.includes(name)) return cannot("** in a Measure");
      if (value._ === "Constant" && value.fields["value"] === null) return [];
      return [{ doc: entry(camelCase(name), columnNameDoc(value, at)), comments }];
    },
  );
  return callOf(at.use("measure"), [{ doc: "cohort" }, { doc: objectOf(items) }]);
}

/** A column that only the cohort files have is marked. */
function columnNameDoc(node: PythonNode, at: Translation): Doc {
  const name = literalText(node);
  if (name !== null && at.fileColumns.has(name))
    return callOf(at.use("fromFile"), [{ doc: literal(name) }]);
  if (node._ !== "List" && node._ !== "Tuple") return docOf(node, at, levels.conditional);
  return listOf(parts(node, "elts").map((each) => ({ doc: columnNameDoc(each, at) })));
}
