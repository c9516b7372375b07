import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { omopStatements } from "../database/omop-statements.ts";
import { declared, declaredCohort, declaredRecords, declaredStudy } from "./declared-omop.ts";
import { inHomeMade } from "./home-made-records.ts";
import {
  american,
  americanCohort,
  americanRecords,
  americanSchemas,
  americanStudy,
  british,
  britishCohort,
  britishRecords,
  britishSchemas,
  britishStudy,
  homeMade,
  homeMadeCohort,
  homeMadeStudy,
  homeMadeTables,
} from "./mapped-omop.ts";

const EXTRACT = ["generate_cohort", "--database-url=duckdb:records.duckdb"];

const cohort = (folder: string): readonly string[] =>
  readFileSync(join(folder, "output", "input.csv"), "utf8")
    .trimEnd()
    .split("\n");

describe("a mapping file based on OMOP", () => {
  it("tells a British site's schemas, vocabularies, columns and visits", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(...EXTRACT);
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder), britishCohort);
      },
      {
        made: omopStatements(britishRecords, britishSchemas),
        files: { "records.yaml": british, "analysis/study_definition.ts": britishStudy },
      },
    ));

  it("tells an American site's vocabularies, units and what it does not answer", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(...EXTRACT, "--study-definition=study_definition");
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder), americanCohort);
        const asked = [
          "--database-url=duckdb:records.duckdb",
          "--study-definition=study_definition",
        ];
        const told = await run("check", ...asked);
        assert.match(
          told.out,
          /without a known unit, and left out: fewer than 8 weights, 0 heights/,
        );
        const refused = await run(...EXTRACT, "--study-definition=study_definition_other");
        assert.equal(refused.code, 1);
        assert.match(refused.err, /turns off .*enrolment is not a practice/);
      },
      {
        made: omopStatements(americanRecords, americanSchemas),
        files: {
          "records.yaml": american,
          "analysis/study_definition.ts": americanStudy,
          "analysis/study_definition_other.ts": britishStudy.replace(/^.*asthma.*\n/m, ""),
        },
      },
    ));

  it("tells what the model has no place for: names of sexes, who recorded a death, which cause, units", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(...EXTRACT);
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder), declaredCohort);
        writeFileSync(join(folder, "records.yaml"), "based_on: omop-5.4\n");
        const plain = await run(...EXTRACT);
        assert.equal(plain.code, 1);
        assert.match(plain.err, /match_only_underlying_cause, which/);
        assert.match(plain.err, /say deaths: \{cause_is_underlying: true\}/);
      },
      {
        made: omopStatements(declaredRecords, { cdm: null, vocabulary: null }),
        files: { "records.yaml": declared, "analysis/study_definition.ts": declaredStudy },
      },
    ));

  it("is not needed where a table has none of its kind: a home-made layout has no vocabularies", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(...EXTRACT);
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder), homeMadeCohort);
      },
      {
        made: homeMadeTables,
        files: { "records.yaml": homeMade, "analysis/study_definition.ts": homeMadeStudy },
      },
    ));

  it("is written from the tables of an OMOP database, in whichever schemas they are", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run("init", "--records=duckdb:records.duckdb");
        assert.equal(code, 0, err);
        const text = readFileSync(join(folder, "records.yaml"), "utf8");
        assert.match(text, /^based_on: omop-5\.4\nschemas: \{cdm: cdm_2024, vocabulary: vocab\}$/m);
        const examples = text.replace(/^# (?=[a-z]+(?:_[a-z]+)*:| {2})/gm, "");
        const [, ...lines] = examples.split("\n").filter((line) => !line.startsWith("#"));
        writeFileSync(join(folder, "records.yaml"), `based_on: omop-5.4\n${lines.join("\n")}`);
        const told = await run("check", "--database-url=duckdb:records.duckdb");
        assert.equal(told.code, 0, told.err);
      },
      {
        made: omopStatements({}, britishSchemas),
        files: { "records.yaml": null },
      },
    ));
});
