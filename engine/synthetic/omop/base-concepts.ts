/** Concepts that every OMOP database has, by their public numbers, as far as the synthetic records refer to them. */
import type { Concept } from "./concept.ts";

/** Lines of `id|code|vocabulary|domain|class|name`; all are standard but the first. */
const lines = `
0|No matching concept|None|Metadata|Undefined|No matching concept
8507|M|Gender|Gender|Gender|MALE
8532|F|Gender|Gender|Gender|FEMALE
8527|5|Race|Race|Race|White
8516|3|Race|Race|Race|Black
8515|2|Race|Race|Race|Asian
9201|IP|Visit|Visit|Visit|Inpatient Visit
9202|OP|Visit|Visit|Visit|Outpatient Visit
9203|ER|Visit|Visit|Visit|Emergency Room Visit
581477|OMOP4822458|Visit|Visit|Visit|Office Visit
32817|OMOP4976890|Type Concept|Type Concept|Type Concept|EHR
32838|OMOP4976911|Type Concept|Type Concept|Type Concept|EHR prescription
32903|OMOP4977038|Condition Status|Condition Status|Condition Status|Primary discharge diagnosis
32907|OMOP4977042|Condition Status|Condition Status|Condition Status|Secondary discharge diagnosis
4172703|276136004|SNOMED|Meas Value Operator|Qualifier Value|=
4171756|276139006|SNOMED|Meas Value Operator|Qualifier Value|<
4171754|276137008|SNOMED|Meas Value Operator|Qualifier Value|<=
4172704|276140008|SNOMED|Meas Value Operator|Qualifier Value|>
4171755|276138003|SNOMED|Meas Value Operator|Qualifier Value|>=
9531|kg/m2|UCUM|Unit|Unit|kilogram per square meter
9529|kg|UCUM|Unit|Unit|kilogram
8582|cm|UCUM|Unit|Unit|centimeter
9546|m|UCUM|Unit|Unit|meter
8876|mm[Hg]|UCUM|Unit|Unit|millimeter mercury column
3038553|39156-5|LOINC|Measurement|Clinical Observation|Body mass index
3025315|29463-7|LOINC|Measurement|Clinical Observation|Body weight
3036277|8302-2|LOINC|Measurement|Clinical Observation|Body height
3004249|8480-6|LOINC|Measurement|Clinical Observation|Systolic blood pressure
3012888|8462-4|LOINC|Measurement|Clinical Observation|Diastolic blood pressure
`;

export const baseConcepts: readonly Concept[] = lines
  .trim()
  .split("\n")
  .map((line) => {
    const [id, code = "", vocabulary = "", domain = "", conceptClass = "", name = ""] =
      line.split("|");
    const standard = id === "0" ? null : "S";
    return {
      id: Number(id),
      name,
      domain,
      vocabulary,
      conceptClass,
      standard,
      code,
      invalid: null,
    };
  });

/** What a code measures: the standard concept, and the unit that the values are recorded in. */
export interface Measured {
  readonly concept: number;
  readonly unit: number;
}

const BODY_MASS = { concept: 3038553, unit: 9531 };
const WEIGHT = { concept: 3025315, unit: 9529 };
const HEIGHT_IN_METRES = { concept: 3036277, unit: 9546 };

/** Of SNOMED and CTV3 together: no code of one is a code of the other. */
export const measuredBy: ReadonlyMap<string, Measured> = new Map([
  ["60621009", BODY_MASS],
  ["22K..", BODY_MASS],
  ["27113001", WEIGHT],
  ["22A..", WEIGHT],
  ["X76C7", WEIGHT],
  ["50373000", { concept: 3036277, unit: 8582 }],
  ["229..", HEIGHT_IN_METRES],
  ["XM01E", HEIGHT_IN_METRES],
  ["271649006", { concept: 3004249, unit: 8876 }],
  ["2469.", { concept: 3004249, unit: 8876 }],
  ["271650006", { concept: 3012888, unit: 8876 }],
  ["246A.", { concept: 3012888, unit: 8876 }],
]);
