/** codelists/: building, loading, combining, filtering, expanding. */
import {
  combineCodelists,
  codelist,
  filterCodesByCategory,
} from "../../engine/definition/codelists/codelist.ts";
import { expandDmdCodelist } from "../../engine/definition/codelists/expand-dmd.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { parseCodelistCsv } from "../../engine/definition/codelists/parse-codelist-csv.ts";
import { expectEqual, expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";

interface Step {
  readonly function: string;
  readonly args: Recorded;
  readonly expect?: unknown;
  readonly expect_error?: unknown;
}

export async function codelistCase(recorded: Recorded): Promise<void> {
  for (const step of recorded["cases"] as Step[]) {
    const act = (): Codelist => perform(step.function, step.args);
    if (step.expect_error !== undefined) await expectProblem(step.expect_error, act);
    else expectEqual(shape(act()), step.expect, step.function);
  }
}

function perform(name: string, args: Recorded): Codelist {
  switch (name) {
    case "codelist":
      return codelist(args["codes"] as Codelist["codes"], args["system"] as string);
    case "codelist_from_csv":
      return fromCsv(args);
    case "combine_codelists":
      return combineCodelists(
        args["first_codelist"] as Codelist,
        ...(args["other_codelists"] as Codelist[]),
      );
    case "filter_codes_by_category":
      return filterCodesByCategory(args["codes"] as Codelist, args["include"] as string[]);
    case "expand_dmd_codelist":
      return expandDmdCodelist(args["cl"] as Codelist, args["vmp_mapping"] as [string, string][]);
    default:
      return mismatch(`unknown function ${name}`);
  }
}

function fromCsv(args: Recorded): Codelist {
  const { file, content } = args["filename"] as { file: string; content: string };
  const categoryColumn = (args["category_column"] ?? null) as string | null;
  return parseCodelistCsv(content, {
    file,
    system: args["system"] as string,
    column: (args["column"] ?? "code") as string,
    ...(categoryColumn === null ? {} : { categoryColumn }),
  });
}

function shape({ system, codes }: Codelist): Codelist {
  return { system, codes };
}
