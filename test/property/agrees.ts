/** Whether an answer to a random case is what plain loops over the records give. */
import assert from "node:assert/strict";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { naiveExtract } from "../conformance/evaluators.ts";
import { studyFor } from "../../engine/backend/database/study-for.ts";
import { NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { omop } from "../../engine/schema/omop/omop-provider.ts";
import type { Extract, Extraction } from "../conformance/extraction-cases.ts";
import type { RandomCase } from "./random-case.ts";
import { checked } from "./random-study.ts";

/** The cohorts, or the codes of the problems that stop the run. */
export async function outcome(extract: Extract, asked: Extraction) {
  try {
    return { cohorts: await extract(asked) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problems: error.problems.map(({ code }) => code) };
  }
}

export function extractionOf({ study: file, declared, ...random }: RandomCase): Extraction {
  const result = checked(file);
  if (!result.ok) throw new Error("random cases pass the check");
  const today = isoDateOf("2020-05-20");
  const asked = { ...random, today, includeOptedOut: false };
  if (declared === undefined) return { ...asked, study: result.study };
  const provider = omop(NOTHING_DECLARED);
  return { ...asked, study: studyFor(result.study, provider), provider, declared };
}

export function agrees(extract: Extract): (random: RandomCase) => Promise<void> {
  return async (random) => {
    const asked = extractionOf(random);
    const naive = await outcome(naiveExtract, asked);
    assert.deepEqual(await outcome(extract, asked), naive);
  };
}
