/** Arguments that have parts, out of untrusted JSON: categories, codelists, expectations. */
import { codeMatches } from "../codelists/code-match.ts";
import { codeText, plainSystem } from "../codelists/make-codelist.ts";
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
  checkKeys(
    record,
    { required: ["system", "codes"], optional: ["files", "match", "descendants"] },
    where,
    reading,
  );
  const { system, codes, files = [], match, descendants } = record;
  if (!isList(files) || !files.every(isFileOfCodes)) {
    wrongShape(reading, `${where}.files`, "a list of { file, column }", files);
  }
  if (match !== undefined && !codeMatches.some((each) => each === match)) {
    wrongShape(reading, `${where}.match`, codeMatches.join(" or "), match);
  }
  if (descendants !== undefined && typeof descendants !== "boolean") {
    wrongShape(reading, `${where}.descendants`, "true or false", descendants);
  }
  if (system !== undefined && system !== null && typeof system !== "string") {
    wrongShape(reading, `${where}.system`, "text or null", system);
  }
  if (codes !== undefined && !areCodes(codes)) {
    wrongShape(reading, `${where}.codes`, "a list of codes or of [code, category]", codes);
  }
  return withTexts(value, record);
}

/** Codes as texts, and the one name of their system; what is wrong stays, and so does what is plain already. */
function withTexts(value: Json, { system, codes }: Readonly<Record<string, Json>>): Json {
  const plain = plainSystem(system);
  const hasNumbers = codes !== undefined && isList(codes) && codes.some(hasNumber);
  if (plain === system && !hasNumbers) return value;
  return { ...(value as object), system: plain ?? null, codes: texts(codes) };
}

function hasNumber(code: Json): boolean {
  return typeof (isPair(code) ? code[0] : code) === "number";
}

function texts(codes: Json | undefined): Json {
  if (codes === undefined || !isList(codes)) return codes ?? null;
  const text = (code: Json | undefined): Json => codeText(code ?? null) as Json;
  return codes.map((each) => (isPair(each) ? [text(each[0]), each[1] ?? null] : text(each)));
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
  const isText = (code: Json | undefined): boolean => typeof code === "string";
  const isCode = (code: Json | undefined): boolean => isText(codeText(code) as Json);
  const isCategorised = (code: Json): boolean => isPair(code) && isCode(code[0]) && isText(code[1]);
  return codes.every(isCode) || codes.every(isCategorised);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
