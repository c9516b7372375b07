/** The command `release`. */
import { resolve } from "node:path";
import { visibleText } from "../base/visible-text.ts";
import { firstNames } from "../base/wording.ts";
import type { RequestOf } from "../options/command-table.ts";
import { textOf } from "./audit-source.ts";
import type { RunContext } from "./context.ts";
import { fail } from "./problems.ts";
import { examineRelease } from "./releases/examine-release.ts";
import type { ReleaseToExamine } from "./releases/examine-release.ts";
import { groupedBySays } from "./releases/pack-checks.ts";
import { fail as failForRelease } from "./releases/problems.ts";
import { writePack } from "./releases/release-pack.ts";
import { shownFolder } from "./shown-folder.ts";

/** The lines for the person. Problems: usage, and those of `packRelease`. */
export async function releaseMeasures(
  request: RequestOf<"release">,
  { workspace }: RunContext,
): Promise<readonly string[]> {
  refuseUnsaid(request, workspace);
  const context = textOf(request.context, workspace);
  return packRelease({ ...request, context, contextIn: request.context }, workspace);
}

/** Problems: release-refused, those of `examineRelease` and `writePack`. */
export async function packRelease(
  asked: ReleaseToExamine & { readonly to: string },
  workspace: string,
): Promise<readonly string[]> {
  const { pack, notes } = await examineRelease(asked, workspace);
  const findings = pack.checks.flatMap((check) => check.findings);
  if (findings.length > 0) failForRelease("release-refused", { findings });
  const folder = resolve(workspace, asked.to);
  const files = await writePack(folder, pack);
  return [
    `Wrote ${files.length} files to ${shownFolder(workspace, folder)}.`,
    ...[...groupedBySays(pack.warnings)].map(
      ([says, named]) => `To look at: ${visibleText(firstNames(named))}: ${says}`,
    ),
    ...notes,
  ];
}

/** Differences to an earlier release give away as much as one release does. */
function refuseUnsaid(
  { earlier, firstRelease, outputDir }: RequestOf<"release">,
  workspace: string,
): void {
  const own = resolve(workspace, outputDir);
  const same = earlier.find((each) => resolve(workspace, each) === own);
  const isSaid = firstRelease !== earlier.length > 0;
  if (isSaid && same === undefined) return;
  fail("usage", {
    sentence:
      same !== undefined
        ? `--earlier ${same} is the folder that is to be released`
        : firstRelease
          ? "--first-release and --earlier cannot both be given"
          : "nothing says what was released before",
    wayOut: "Give --earlier FOLDER for each earlier release, or --first-release.",
  });
}
