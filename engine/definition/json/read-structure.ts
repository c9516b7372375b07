/** Arguments that have parts, out of untrusted JSON: categories, codelists, expectations. */
import type { Json } from "../model.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

/** `{ $pairs: [[value, expression], …] }`: an object would not keep the order of its keys. */
export function readCategories(value: Json, where: string, reading: JsonReading): Json {
  const expected = "pairs of a value and an expression";
  const record = readRecord(value, where, expected, reading);
  if (record === null) return null;
  checkKeys(record, { required: ["$pairs"], optional: [] }, where, reading);
  readPairs(record["$pairs"], where, reading);
  return value;
}

/** `{ system, codes }`, either every code with a category or none. */
export function readCodes(value: Json, where: string, reading: JsonReading): Json {
  const record = readRecord(value, where, "a codelist: { system, codes }", reading);
  if (record === null) return null;
  checkKeys(record, { required: ["system", "codes"], optional: ["files"] }, where, reading);
  const { system, codes, files = [] } = record;
  if (!isList(files) || !files.every(isFileOfCodes)) {
    wrongShape(reading, `${where}.files`, "a list of { file, column }", files);
  }
  if (system !== undefined && system !== null && typeof system !== "string") {
    wrongShape(reading, `${where}.system`, "text or null", system);
  }
  if (codes !== undefined && !areCodes(codes)) {
    wrongShape(reading, `${where}.codes`, "a list of codes or of [code, category]", codes);
  }
  return value;
}

/** What they say is for `check` and the dummy data to judge; here only that ratios keep their order. */
export function readExpectations(value: Json, where: string, reading: JsonReading): Json {
  const record = readRecord(value, where, "expectations", reading);
  const category = record?.["category"];
  if (category === undefined || category === null) return value;
  const ratios = readRecord(category, `${where}.category`, "{ ratios }", reading)?.["ratios"];
  if (typeof ratios !== "object" || ratios === null) return value;
  const pairs = "$pairs" in ratios ? (ratios["$pairs"] ?? null) : [];
  if (isList(pairs) && pairs.every(isPair)) return value;
  wrongShape(reading, `${where}.category.ratios`, "pairs of a value and its share", pairs);
  return value;
}

function readPairs(pairs: Json | undefined, where: string, reading: JsonReading): void {
  if (pairs === undefined) return;
  const fits = (pair: Json): boolean => {
    if (!isPair(pair)) return false;
    const [key, value] = pair;
    return (typeof key === "string" || typeof key === "number") && typeof value === "string";
  };
  if (isList(pairs) && pairs.every(fits)) return;
  wrongShape(reading, where, "pairs of text or a number and an expression", pairs);
}

function isPair(pair: Json): pair is readonly Json[] {
  return isList(pair) && pair.length === 2;
}

function isFileOfCodes(value: Json): boolean {
  if (typeof value !== "object" || value === null || isList(value)) return false;
  return typeof value["file"] === "string" && typeof value["column"] === "string";
}

function areCodes(codes: Json): boolean {
  if (!isList(codes)) return false;
  const isText = (code: Json): boolean => typeof code === "string";
  const isCategorised = (code: Json): boolean => isPair(code) && code.every(isText);
  return codes.every(isText) || codes.every(isCategorised);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
