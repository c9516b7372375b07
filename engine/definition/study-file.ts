/** What an author's file exports, as data. */
import { fail } from "./author-side-problems.ts";
import { describeValue } from "./describe-value.ts";
import type { MeasureDefinition, StudyDefinition, StudyFile } from "./model.ts";
import { isPlainObject } from "./plain-object.ts";
import { leftOutMeasures } from "./left-out-measures.ts";

/**
 * The study and measures of an author's file: its default export, or one named `study`, and its list
 * `measures` if there is one; and those that it made besides. Problems "study-not-exported" and "measures-not-exported" otherwise. The
 * sandbox calls it; what it gives is still to be validated outside (study-json.ts).
 */
export function studyFileOf(module: Readonly<Record<string, unknown>>): StudyFile {
  const [study, measures] = [exportedStudy(module), exportedMeasures(module)];
  const leftOut = leftOutMeasures(module, measures);
  return { study, measures, ...(leftOut.length === 0 ? {} : { left_out: leftOut }) };
}

function exportedStudy(module: Readonly<Record<string, unknown>>): StudyDefinition {
  const name = ["default", "study"].find((each) => Object.hasOwn(module, each));
  if (name === undefined) {
    return fail("study-not-exported", { exported: Object.keys(module), found: null });
  }
  const study = module[name];
  if (isStudy(study)) return study;
  return fail("study-not-exported", { exported: [name], found: describeValue(study) });
}

function isStudy(value: unknown): value is StudyDefinition {
  return (
    isPlainObject(value) && ["population", "columns"].every((key) => Object.hasOwn(value, key))
  );
}

function exportedMeasures(module: Readonly<Record<string, unknown>>): readonly MeasureDefinition[] {
  const measures = Object.hasOwn(module, "measures") ? module["measures"] : [];
  if (!Array.isArray(measures)) {
    return fail("measures-not-exported", { found: `${describeValue(measures)}, not a list` });
  }
  return measures.map((measure: unknown, i) =>
    isMeasure(measure)
      ? measure
      : fail("measures-not-exported", {
          found: `${describeValue(measure)} in place ${i + 1}, not a measure`,
        }),
  );
}

function isMeasure(value: unknown): value is MeasureDefinition {
  return isPlainObject(value) && ["id", "numerator", "denominator"].every((key) => key in value);
}
