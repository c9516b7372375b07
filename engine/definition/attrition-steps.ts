/** The conditions of a population one after the other: what each of them leaves of the patients. */
import type { CheckedColumn, CheckedStudy } from "./checked-study.ts";
import type { Condition } from "./conditions/condition.ts";
import { joinedConditions } from "./conditions/joined-conditions.ts";

export interface AttritionSteps {
  /** In the author's words and order. */
  readonly conditions: readonly string[];
  /**
   * The study with one more column, `passedConditions`, that nobody sees: how many conditions hold in a row
   * from the first on.
   */
  readonly study: CheckedStudy;
}

/** What is joined by AND in the population; a population of any other form is one condition. */
export function attritionSteps(study: CheckedStudy): AttritionSteps {
  const population = study.columns.find(({ name }) => name === study.population);
  if (population === undefined) throw new Error(`no population in ${study.name}`);
  const { texts, tests } = conditionsOf(population);
  if (texts.length !== tests.length) throw new Error(`conditions of ${study.name} differ`);
  const passed = passedColumn(population, tests);
  const columns = [...study.columns, passed];
  return { conditions: texts, study: { ...study, columns, passedConditions: passed.name } };
}

interface Conditions {
  readonly texts: readonly string[];
  readonly tests: readonly Condition[];
}

function conditionsOf(population: CheckedColumn): Conditions {
  const when = population.rules?.[0]?.when ?? null;
  if (population.function !== "satisfying" || when === null) {
    return { texts: [population.function], tests: [{ kind: "is-set", name: population.name }] };
  }
  const texts = joinedConditions(population.args.expression);
  return { texts, tests: when.kind === "all" ? when.of : [when] };
}

/** No author's column can have it. */
const PASSED = "passed conditions";

/** A condition is asked only where those before it hold, as in the population. */
function passedColumn(population: CheckedColumn, tests: readonly Condition[]): CheckedColumn {
  const { reads, readsIndexDate } = population;
  const readsItself = tests.some((test) => test.kind === "is-set" && test.name === population.name);
  const rules = tests.map((test, i) => ({ value: i, when: { kind: "not", of: test } as const }));
  return {
    name: PASSED,
    function: "categorised_as",
    args: { category_definitions: null },
    dates: {},
    type: "int",
    dateFormat: null,
    hidden: true,
    period: null,
    rules: [...rules, { value: tests.length, when: null }],
    reads: readsItself ? [population.name] : reads,
    readsIndexDate,
    expectations: null,
  };
}
