/** An expression of a mapping file: a column, a value, or one of the closed list with what it is made of. */
import { nearestNames } from "../../base/nearest.ts";
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import type { Given } from "./form.ts";
import { formNames, formOf } from "./forms.ts";
import type { FormName } from "./forms.ts";
import type { ColumnName, Expression } from "./mapping.ts";
import { readGiven } from "./read-given.ts";
import { itemsOf, knownEntries, textOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

/** Far more than anybody writes; an alias in an alias can mean billions. */
const MOST_PARTS = 200;

export function readExpression(part: Part, notes: Notes): Expression | null {
  return new ExpressionReader(notes).read(part);
}

/** `column` of the table itself, or `table.column` of one that is joined. */
export function readColumnName({ node, what }: Part, notes: Notes): ColumnName | null {
  const text = textOf({ node, what }, notes);
  if (text === null) return null;
  const point = text.indexOf(".");
  const of = point > 0 ? text.slice(0, point) : null;
  return { at: node.at, of, column: of === null ? text : text.slice(point + 1) };
}

class ExpressionReader {
  private readonly notes: Notes;
  private parts = 0;

  constructor(notes: Notes) {
    this.notes = notes;
  }

  read(part: Part): Expression | null {
    const { node } = part;
    this.parts += 1;
    if (this.parts > MOST_PARTS) {
      return this.parts === MOST_PARTS + 1
        ? wrong(part, `made of at most ${MOST_PARTS} parts`, this.notes)
        : null;
    }
    if (node.kind === "map") return this.readMade(part, node.entries);
    if (node.kind === "list") {
      return wrong(part, "a column, missing, lacking or one expression in braces", this.notes);
    }
    if (node.value === "missing" || node.value === "lacking")
      return { at: node.at, kind: node.value };
    const name = readColumnName(part, this.notes);
    return name === null ? null : { ...name, kind: "column" };
  }

  private readMade(part: Part, entries: readonly YamlEntry[]): Expression | null {
    const [first] = entries;
    if (first === undefined) return wrong(part, "an expression", this.notes);
    if (first.key === "column") return this.readColumn(part);
    if (first.key === "value") return this.readValue(first, entries, part);
    const form = formNames.find((name) => name === first.key);
    if (form !== undefined) return this.readForm(form, first, part);
    const known = ["column", "value", ...formNames];
    const facts = { what: "The expression", name: first.key, known };
    const nearest = nearestNames(first.key, known);
    this.notes.note("mapping-unknown", { ...facts, nearest }, first.at);
    return null;
  }

  /** For a name with a point in it, or one that is `missing`. */
  private readColumn(part: Part): Expression | null {
    const found = knownEntries(part, ["column", "of"], this.notes);
    const column = this.textAt(found.get("column"));
    const of = found.has("of") ? this.textAt(found.get("of")) : null;
    return column === null ? null : { at: part.node.at, kind: "column", of, column };
  }

  private readValue(
    { value: node }: YamlEntry,
    entries: readonly YamlEntry[],
    part: Part,
  ): Expression | null {
    knownEntries(part, ["value"], this.notes);
    const value = node.kind === "scalar" ? node.value : null;
    const isPlain = value !== null && (typeof value !== "number" || Number.isSafeInteger(value));
    if (entries.length > 1) return null;
    if (isPlain) return { at: node.at, kind: "value", value };
    return wrong({ node, what: "value" }, "a text, a whole number, true or false", this.notes);
  }

  private readForm(form: FormName, { value }: YamlEntry, part: Part): Expression | null {
    const { takes, keys } = formOf(form);
    const found = knownEntries(part, [form, ...Object.keys(keys)], this.notes);
    const operands = this.partsOf({ node: value, what: form }, takes);
    const others = Object.entries(keys).flatMap(([key, kind]) =>
      kind === "expression" ? (found.get(key)?.value ?? []) : [],
    );
    const read = [...operands, ...others].map((node) => this.read({ node, what: form }));
    const given = this.givenOf(form, found, part);
    const parts = read.filter((each) => each !== null);
    const isWhole = parts.length === read.length && parts.length > 0 && given !== null;
    return isWhole ? { at: part.node.at, kind: "made", form, parts, given } : null;
  }

  private partsOf(part: Part, takes: number | "list"): readonly YamlNode[] {
    if (takes === 1) return [part.node];
    const items = itemsOf(part, takes === "list" ? MOST_PARTS : takes, this.notes);
    if (takes === "list" || items.length === takes || items.length === 0) return items;
    wrong(part, `a list of ${takes}`, this.notes);
    return [];
  }

  private givenOf(form: FormName, found: ReadonlyMap<string, YamlEntry>, part: Part): Given | null {
    let given: Given | null = {};
    for (const [key, kind] of Object.entries(formOf(form).keys)) {
      const entry = found.get(key);
      if (entry === undefined) {
        this.notes.note("mapping-key-missing", { key, where: form }, part.node.at);
        given = null;
        continue;
      }
      const read = readGiven(kind, { node: entry.value, what: `${key} of ${form}` }, this.notes);
      given = given === null || read === null ? null : { ...given, ...read };
    }
    return given;
  }

  private textAt(entry: YamlEntry | undefined): string | null {
    return entry === undefined ? null : textOf({ node: entry.value, what: entry.key }, this.notes);
  }
}
