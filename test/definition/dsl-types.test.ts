import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type typescript from "typescript";
import { functionNames, shapeOf } from "../../engine/definition/function-table.ts";
import { camelCase } from "../../engine/definition/snake-case.ts";

// An import would have the whole compiler scanned for its exports first, which takes a second.
const ts = createRequire(import.meta.url)("typescript") as typeof typescript;

/** Lines of a study's file, and what the compiler says of each: nothing, or something with this in it. */
const lines: readonly (readonly [line: string, complaint: string | null])[] = [
  // returning
  ['patients.withTheseClinicalEvents(list, { returning: "code" })', null],
  ['patients.withTheseClinicalEvents(list, { returning: "cod" })', '"cod"'],
  ['patients.withTheseMedications(list, { returning: "numeric_value" })', '"numeric_value"'],
  ['patients.withGpConsultations({ returning: "category" })', '"category"'],
  ['patients.addressAsOf("index_date", "msoa")', null],
  ['patients.addressAsOf("index_date", "nuts1_region_name")', '"nuts1_region_name"'],
  ['patients.registeredPracticeAsOf("today", "rct__germdefence__trial_arm")', null],
  ['patients.registeredPracticeAsOf("today", "rct__other__trial_arm")', '"rct__other__trial_arm"'],
  ['patients.withEthnicityFromSus("group_6", true)', null],
  ['patients.withEthnicityFromSus("group_7", true)', '"group_7"'],
  ['patients.withEthnicityFromSus("group_6", false)', "'false'"],
  ['patients.admittedToHospital({ returning: "days_in_critical_care" })', null],
  ['patients.withRecordInUkrr("2018_prevalence", "renal_centre")', '"2018_prevalence"'],
  // options
  ['patients.sex({ onOrBefore: "today" })', "'onOrBefore' does not exist"],
  ['patients.withTheseClinicalEvents(list, { onOrBefor: "today" })', "'onOrBefore'"],
  ['patients.outpatientAppointmentDate({ onOrBefore: "today" })', "'onOrBefore' does not exist"],
  ['patients.mostRecentBmi({ between: ["2020-01-01", null] })', null],
  ['patients.mostRecentBmi({ between: ["2020-01-01"] })', "Source has 1 element(s)"],
  ['patients.mostRecentBmi({ dateFormat: "DD/MM/YYYY" })', '"DD/MM/YYYY"'],
  ['patients.dateOfBirth({ dateFormat: "YYYY-MM-DD" })', '"YYYY-MM-DD"'],
  ["patients.mostRecentBmi({ includeMonth: true, includeDay: true })", null],
  ["patients.ageAsOf()", "Expected 1-2 arguments"],
  ["patients.ageAsOf(20200101)", "'20200101'"],
  ['patients.ageAsOf("first_covid_date + 28 days")', null],
  [
    'patients.addressAsOf("today", "index_of_multiple_deprivation", { roundToNearest: 10 })',
    "'10'",
  ],
  ['patients.withTestResultInSgss("SARS-CoV-2", { testResult: "unclear" })', '"unclear"'],
  ['patients.withTheseClinicalEvents(["123"], {})', "Codelist"],
  ['patients.withAnIsaricRecord("sex")', null],
  ["patients.withVaccinationRecord({})", "'tpp' is missing"],
  ['patients.withVaccinationRecord({ tpp: { targetDisease: "X" } })', "'targetDisease' does not"],
  ['patients.sex({ returnExpectations: { incidence: "half" } })', "'number'"],
  ['patients.sex({ returnExpectations: { int: { distribution: "normal" } } })', "'int' does not"],
  [
    'patients.sex({ returnExpectations: { category: { ratios: [["F", 0.5], ["M", 0.5]] } } })',
    null,
  ],
  // columns made of columns
  ['patients.satisfying("a", { extraColumns: { a: patients.sex() } })', null],
  ['patients.satisfying("a", { extraColumns: { a: "sex" } })', "'string'"],
  ['patients.categorisedAs({ young: "age < 5", old: "DEFAULT" })', null],
  ['patients.categorisedAs({ 1: "age < 5", 2: "DEFAULT" })', "property '1'"],
  ['patients.categorisedAs([["A", "age < 5"], ["B", "DEFAULT", 3]])', "not assignable"],
  ['patients.minimumOf("a", "2020-01-01", { b: patients.ageAsOf("today") })', null],
  ['patients.minimumOf({ b: patients.ageAsOf("today") }, "a")', "not assignable"],
  // what a column holds
  ['int(patients.ageAsOf("today"))', null],
  ["int(patients.sex())", '"str"'],
  ['int(patients.withTheseMedications(list, { returning: "number_of_episodes" }))', null],
  ["int(patients.withTheseMedications(list, { returnNumberOfMatchesInPeriod: true }))", null],
  ["date(patients.withTheseMedications(list, { returnLastDateInPeriod: true }))", null],
  ["date(patients.withTheseMedications(list))", '"bool"'],
  ['bool(patients.admittedToIcu({ returning: "had_basic_respiratory_support" }))', null],
  ['float(patients.withTheseDecisionSupportValues("electronic_frailty_index"))', null],
  ['bool(patients.categorisedAs([[1, "a"], [0, "DEFAULT"]]))', null],
  ['int(patients.categorisedAs([[1, "a"], [2, "DEFAULT"]]))', null],
  ['float(patients.categorisedAs([[0.5, "a"], [2, "DEFAULT"]]))', null],
  ['date(patients.categorisedAs([["2020-01-01", "a"], ["2020-02-01", "DEFAULT"]]))', null],
  ['text(patients.categorisedAs({ young: "a", old: "DEFAULT" }))', null],
  ['bool(patients.categorisedAs({ young: "a", old: "DEFAULT" }))', '"str"'],
  ['bool(patients.careHomeStatusAsOf("today"))', null],
  [
    'text(patients.careHomeStatusAsOf("today", { categorisedAs: { yes: "a", no: "DEFAULT" } }))',
    null,
  ],
  ['int(patients.maximumOf("a", { b: patients.ageAsOf("today") }))', null],
  ["int(patients.fixedValue(3))", null],
  ["float(patients.fixedValue(0.5))", null],
  ['date(patients.fixedValue("2020-12-08"))', null],
  ['text(patients.fixedValue("north"))', null],
  ['bool(patients.registeredPracticeAsOf("today", "rct__germdefence__enrolled"))', null],
  ['float(patients.withValueFromFile("a.csv", "weight", "float"))', null],
  // studies
  ["study({ population: patients.all(), columns: {} })", null],
  ["study({ columns: {} })", "'population' is missing"],
  ["study({ population: patients.sex(), columns: {} })", '"str"'],
  ["study({ population: patients.all(), columns: { population: patients.all() } })", "'never'"],
  ["study({ population: patients.all(), columns: { patient_id: patients.sex() } })", "'never'"],
  ['study({ population: patients.all(), columns: { age: "40" } })', "'string'"],
  ["study({ population: patients.all(), columns: {}, index_date: 'today' })", "'index_date'"],
  // measures
  ["ratio({})", null],
  ['ratio({ numerator: "asthma" })', null],
  ['ratio({ numerator: "astma" })', '"astma"'],
  ['ratio({ numerator: "sex" })', '"sex"'],
  ['ratio({ numerator: "asthma_date" })', '"asthma_date"'],
  ['ratio({ numerator: "bmi" })', null],
  ['ratio({ numerator: "hidden" })', '"hidden"'],
  ['ratio({ denominator: "nobody" })', '"nobody"'],
  ['ratio({ groupBy: "population" })', null],
  ['ratio({ groupBy: ["sex", "asthma_date", "bmi_date_measured"] })', null],
  ['ratio({ groupBy: ["sex", "sex_date"] })', '"sex_date"'],
  ['ratio({ groupBy: "hidden" })', '"hidden"'],
  ['ratio({ groupBy: "ethnicity" })', '"ethnicity"'],
  ['ratio({ groupBy: fromFile("ethnicity") })', null],
  ['ratio({ groupBy: ["sex", fromFile("ethnicity")] })', null],
  ["ratio({ group: 'observed' })", "'group' does not exist"],
  ['measure(read, { id: "m", numerator: "any", denominator: "population", groupBy: "x" })', null],
  // the rest
  ['codelistFromCsv("a.csv", { system: "snomed", categoryColumn: "x" })', null],
  ['codelistFromCsv("a.csv", {})', "'system' is missing"],
  ['params["start"]?.length', null],
  ['param("start", "2020-01-01").length', null],
];

const preamble = `
import { codelist, codelistFromCsv, fromFile, measure, param, params, patients, study, studyFromJson } from "cohortline";
import type { Column } from "cohortline";
const list = codelist(["123"], "snomed");
const example = study({
  population: patients.satisfying("hidden", { extraColumns: { hidden: patients.all() } }),
  columns: {
    sex: patients.sex(),
    asthma: patients.withTheseClinicalEvents(list, { includeDateOfMatch: true }),
    bmi: patients.mostRecentBmi({ includeMeasurementDate: true }),
  },
});
const read = studyFromJson({});
type Ratio = Parameters<typeof measure<typeof example extends import("cohortline").Study<infer T extends import("cohortline").ColumnTypes> ? T : never>>[1];
declare function ratio(options: Partial<Ratio>): void;
declare function int(column: Column<"int">): void;
declare function bool(column: Column<"bool">): void;
declare function float(column: Column<"float">): void;
declare function date(column: Column<"date">): void;
declare function text(column: Column<"str">): void;
`;

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const file = join(root, "test", "definition", "in-memory-study.ts");
const { program, complaints } = compile(
  `${preamble}${lines.map(([line]) => `${line};`).join("\n")}\n`,
);
const checker = program.getTypeChecker();

describe("the types of a study's file", () => {
  const firstLine = preamble.split("\n").length - 1;

  it("accept the study that the lines build on", () => {
    assert.deepEqual(
      [...complaints].filter(([line]) => line < firstLine),
      [],
    );
  });

  lines.forEach(([line, complaint], i) => {
    it(complaint === null ? `accept ${line}` : `refuse ${line}`, () => {
      const said = complaints.get(firstLine + i) ?? "";
      if (complaint === null) assert.equal(said, "");
      else assert.ok(said.includes(complaint), `${JSON.stringify(said)} lacks ${complaint}`);
    });
  });

  it("offer the option that was misspelt", () => {
    const i = lines.findIndex(([line]) => line.includes("onOrBefor:"));
    assert.match(complaints.get(firstLine + i) ?? "", /Did you mean to write 'onOrBefore'/);
  });
});

describe("the functions that editors show", () => {
  for (const name of functionNames) {
    const variadic = name === "minimum_of" || name === "maximum_of";
    it(`${name}: parameters are its required arguments, options the others`, () => {
      if (variadic) return;
      const { args } = shapeOf(name);
      const all = Object.keys(args);
      const named = all.filter((argument) => args[argument]?.required !== true);
      const wanted = all.filter((argument) => args[argument]?.required === true);
      const { positional, options } = signatureOf(camelCase(name));
      if (name === "with_vaccination_record") {
        assert.deepEqual([positional.length, options.sort()], [0, all.map(camelCase).sort()]);
        return;
      }
      assert.equal(positional.length, wanted.length);
      assert.deepEqual(options.sort(), named.map(camelCase).sort());
    });

    it(`${name}: explains itself, with an example`, () => {
      const { documentation, tags } = signatureOf(camelCase(name));
      assert.ok(documentation.length > 50, documentation);
      assert.ok(tags.includes("example") || tags.includes("deprecated"));
    });
  }

  it("complete `returning` with exactly what the function table knows", () => {
    const differing = functionNames.flatMap((name) => {
      const known = Object.keys(shapeOf(name).returning ?? {}).sort();
      if (known.length === 0) return [];
      const offered = signatureOf(camelCase(name)).returning.sort();
      return offered.join() === known.join() ? [] : [`${name}: ${offered.join()}`];
    });
    assert.deepEqual(differing, []);
  });
});

interface Signature {
  readonly positional: string[];
  readonly options: string[];
  readonly returning: string[];
  readonly documentation: string;
  readonly tags: readonly string[];
}

/** What the compiler knows of a `patients.*` function. */
function signatureOf(name: string): Signature {
  const source = program.getSourceFile(join(root, "engine", "definition", "patients", "index.ts"));
  assert.ok(source);
  const module = checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  assert.ok(symbol, `patients.${name} is missing`);
  const [signature] = checker.getTypeOfSymbolAtLocation(symbol, source).getCallSignatures();
  assert.ok(signature);
  const parameters = signature.parameters.map((parameter) => ({
    name: parameter.name,
    type: checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, source)),
  }));
  const options = parameters.find((parameter) => parameter.name === "options");
  const returning =
    parameters.find((parameter) => parameter.name === "returning")?.type ??
    optionType(options?.type, "returning", source);
  return {
    positional: parameters.map((parameter) => parameter.name).filter((each) => each !== "options"),
    options: (options?.type.getProperties() ?? []).map((property) => property.name),
    returning: returning === undefined ? [] : literalsOf(returning),
    documentation: ts.displayPartsToString(signature.getDocumentationComment(checker)),
    tags: signature.getJsDocTags().map((tag) => tag.name),
  };
}

function optionType(
  options: typescript.Type | undefined,
  name: string,
  source: typescript.SourceFile,
): typescript.Type | undefined {
  const property = options?.getProperty(name);
  if (property === undefined) return undefined;
  return checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, source));
}

function literalsOf(type: typescript.Type): string[] {
  const constraint = checker.getBaseConstraintOfType(type) ?? type;
  const members = constraint.isUnion() ? constraint.types : [constraint];
  return members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
}

/** Compiles one text as a study's file beside the engine, as an author's editor does. */
function compile(text: string): {
  readonly program: typescript.Program;
  readonly complaints: ReadonlyMap<number, string>;
} {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root, {}, undefined);
  const host = ts.createCompilerHost({ ...options, types: [] });
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) =>
    path === file ? ts.createSourceFile(path, text, language) : read(path, language, ...rest);
  host.fileExists = (path) => path === file || ts.sys.fileExists(path);
  const made = ts.createProgram([file], { ...options, types: [] }, host);
  const source = made.getSourceFile(file);
  assert.ok(source);
  const byLine = new Map<number, string>();
  for (const { start = 0, messageText } of made.getSemanticDiagnostics(source)) {
    const { line } = source.getLineAndCharacterOfPosition(start);
    const said = ts.flattenDiagnosticMessageText(messageText, "\n");
    byLine.set(line, `${byLine.get(line) ?? ""}${said}\n`);
  }
  return { program: made, complaints: byLine };
}
