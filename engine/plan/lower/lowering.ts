/** What the lowering of one column may ask for, and what it gives. */
import type { IsoDate } from "../../base/dates.ts";
import { foldText } from "../../base/fold-text.ts";
import { byCodePoint } from "../../base/value-types.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import { dmdStandIns, expandDmdCodelist } from "../../definition/codelists/expand-dmd.ts";
import { areCategorised } from "../../definition/codelists/make-codelist.ts";
import type { CategorisedCode } from "../../definition/codelists/make-codelist.ts";
import type { FunctionName } from "../../definition/function-table.ts";
import type { Codelist } from "../../definition/model.ts";
import type { AskedCodelist, ConceptFacts, ResolvedCodelist } from "../concept-lists.ts";
import type { AuthorsCodelist, PlanCodelist } from "../model/cohort-plan.ts";
import type { Problem } from "../../base/problems.ts";
import type { Meaning } from "../../schema/meaning.ts";
import type { Provider } from "../../schema/provision.ts";
import type { Output, Rows, Summary, ValueFile, Window } from "../model/rows.ts";
import type { Value } from "../model/value.ts";
import { problem } from "../problems.ts";
import { AuthorsCodelists } from "./authors-codelists.ts";

/** What other columns may read of a column besides its value. */
export type Aspect = "date" | "lower_bound" | "upper_bound" | "comparator";

export interface Lowered {
  /** Missing where nothing was recorded; the empty value of the column's type is put in later. */
  readonly value: Value;
  /** Null where the empty value is the type's own; -1 for the index of multiple deprivation. */
  readonly emptyNumber?: number;
  /** Text that stands where nothing was recorded, besides "". */
  readonly emptyText?: string;
  readonly aspects?: { readonly [A in Aspect]?: Value };
  readonly tidied?: "risk-group";
}

export interface LoweringFacts {
  readonly study: CheckedStudy;
  readonly today: IsoDate;
  /** Pairs of ids that a product has now and had before. */
  readonly previousProductIds: readonly (readonly [current: string, previous: string])[];
  /** Of the kind of database that will answer. */
  readonly provider: Pick<Provider, "described" | "meaning" | "vocabularies" | "mapping">;
  /** Absent where they have no vocabularies. */
  readonly concepts?: ConceptFacts;
}

export type LowerColumn<Name extends FunctionName> = (
  column: CheckedColumn<Name>,
  to: Lowering,
) => Lowered;

/** How the functions of a family are lowered, given the shapes of the family: each of them, and no other. */
export type LowerFamily<Shapes> = {
  readonly [Name in keyof Shapes & FunctionName]: LowerColumn<Name>;
};

/** Equal summaries, codelists and files are one, whichever column asks first. */
export class Lowering {
  readonly facts: LoweringFacts;
  readonly summaries = new Map<string, Summary>();
  private readonly codelists = new Map<string, Omit<PlanCodelist, "authors">>();
  private readonly authors = new AuthorsCodelists();
  readonly files = new Map<string, ValueFile>();
  readonly lowered = new Map<string, Lowered>();
  /** What this kind of database cannot be asked. */
  readonly problems: Problem[] = [];
  private readonly wanted: ReadonlyMap<string, ReadonlySet<Aspect>>;
  private readonly columns: ReadonlyMap<string, CheckedColumn>;

  constructor(facts: LoweringFacts, needed: readonly CheckedColumn[]) {
    this.facts = facts;
    this.columns = new Map(needed.map((column) => [column.name, column]));
    this.wanted = wantedAspects(needed);
  }

  get meaning(): Meaning {
    return this.facts.provider.meaning;
  }

  /** Whether some column reads the aspect of the column, so that only then its rows must carry it. */
  wants(column: Pick<CheckedColumn, "name">, aspect: Aspect): boolean {
    return this.wanted.get(column.name)?.has(aspect) ?? false;
  }

  column(name: string): CheckedColumn {
    return this.columns.get(name) ?? bug(`no column ${name}`);
  }

  /** Asks the rows; gives readers of the answers. */
  summary(rows: Rows, window: Window, output: Output): (take?: string) => Value {
    const key = JSON.stringify([rows, window, output]);
    const known = this.summaries.get(key);
    const id = known?.id ?? `s${this.summaries.size + 1}`;
    if (known === undefined) this.summaries.set(key, { id, rows, window, output });
    return (take = "value") => ({ kind: "summary", id, take });
  }

  /** What is lowered from now on is for the column. */
  begin({ name }: Pick<CheckedColumn, "name">): void {
    this.authors.column = name;
  }

  /** What the vocabularies of the records say of a codelist. */
  resolve(asked: AskedCodelist): ResolvedCodelist {
    const { concepts } = this.facts;
    if (concepts === undefined) throw new Error("records without vocabularies");
    return concepts.resolve(asked);
  }

  /** Notes an argument that this kind of database cannot be asked. */
  refuse(
    { name, function: asked }: Pick<CheckedColumn, "name" | "function">,
    argument: string,
    wayOut = "",
  ): void {
    const { study, provider } = this.facts;
    const facts = { study: study.name, column: name, provider: provider.described, wayOut };
    this.problems.push(
      problem("argument-of-other-database", { ...facts, function: asked, argument }),
    );
  }

  /** The name of codes of the engine's own that match exactly, or folded. */
  codes(codes: Codelist["codes"], folded: boolean): string {
    return this.named({ codes: distinctCodes(codes, folded), folded });
  }

  /** The name of whole numbers, each once, in digits. */
  numbers(codes: readonly CategorisedCode[]): string {
    return this.named({ codes, folded: false, areNumbers: true });
  }

  private named(list: Omit<PlanCodelist, "authors" | "name" | "number">): string {
    const key = JSON.stringify([list.folded, list.codes, list.areNumbers]);
    const known = this.codelists.get(key);
    if (known !== undefined) return known.name;
    const number = this.codelists.size + 1;
    const name = `codelist_${number}`;
    this.codelists.set(key, { name, number, ...list });
    return name;
  }

  /** The name of an author's codelist. */
  codelist(codelist: Codelist, folded: boolean): string {
    const name = this.codes(codelist.codes, folded);
    this.noteAuthors(name, codelist, { folded, standIns: [] });
    return name;
  }

  /** A dm+d codelist with the ids that its products had or have, folded. */
  productCodelist(codelist: Codelist): string {
    const { previousProductIds: pairs } = this.facts;
    const name = this.codes(expandDmdCodelist(codelist, pairs).codes, true);
    const standIns = dmdStandIns(codelist, pairs).map(
      ([id, code]) => [foldText(id), foldText(code)] as const,
    );
    this.noteAuthors(name, codelist, { folded: true, standIns });
    return name;
  }

  planCodelists(): readonly PlanCodelist[] {
    return [...this.codelists.values()].map((list) => {
      return { ...list, authors: this.authors.of(list.name) };
    });
  }

  private noteAuthors(
    name: string,
    { codes, files = [] }: Codelist,
    { folded, standIns }: Pick<AuthorsCodelist, "standIns"> & { readonly folded: boolean },
  ): void {
    this.authors.add(name, { files, size: distinctCodes(codes, folded).length, standIns });
  }

  file(file: Omit<ValueFile, "name">): Rows {
    const key = JSON.stringify(file);
    const name = this.files.get(key)?.name ?? `file_${this.files.size + 1}`;
    this.files.set(key, { ...file, name });
    return { kind: "file", file: name };
  }
}

function distinctCodes(codes: Codelist["codes"], fold: boolean): readonly CategorisedCode[] {
  const pairs = areCategorised(codes) ? codes : codes.map((code) => [code, ""] as const);
  const distinct = new Map<string, string>();
  for (const [code, category] of pairs) {
    const key = fold ? foldText(code) : code;
    if (!distinct.has(key)) distinct.set(key, category);
  }
  return [...distinct].sort(([a], [b]) => byCodePoint(a, b));
}

function wantedAspects(
  columns: readonly CheckedColumn[],
): ReadonlyMap<string, ReadonlySet<Aspect>> {
  const wanted = new Map<string, Set<Aspect>>();
  for (const [source, aspect] of columns.flatMap(readAspect)) {
    wanted.set(source, (wanted.get(source) ?? new Set()).add(aspect));
  }
  return wanted;
}

/** The column that this one reads an aspect of; none for other functions. */
function readAspect(column: CheckedColumn): readonly (readonly [source: string, Aspect])[] {
  switch (column.function) {
    case "date_of":
      return [[column.args.source, "date"]];
    case "comparator_from":
      return [[column.args.source, "comparator"]];
    case "reference_range_lower_bound_from":
      return [[column.args.source, "lower_bound"]];
    case "reference_range_upper_bound_from":
      return [[column.args.source, "upper_bound"]];
    default:
      return [];
  }
}

function bug(message: string): never {
  throw new Error(message);
}
