/** What somebody asks to release, held against what can be chosen: nothing of a form names a file by itself. */
import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { refuseForeignFolder } from "../../files/own-folder.ts";
import { requestFor } from "../../options/command-table.ts";
import { metadataPaths } from "../../pipeline/record/metadata-paths.ts";
import type { RecordedOutput, RunRecord } from "../../pipeline/record/run-record.ts";
import { fail } from "../problems.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { shownOutput } from "../shown-output.ts";
import { earlierReleases } from "../../commands/releases/earlier-releases.ts";
import { releaseChoices } from "./release-choices.ts";
import type { ReleaseOrder } from "./release-desk.ts";

/**
 * Problems: unknown-run, run-of-others, those of `shownOutput` for what may not even be looked at,
 * release-of-nothing, release-not-choosable, release-of-folders, release-name, release-unsaid,
 * release-earlier-unknown.
 */
export function orderFrom(study: ServedStudy, id: string, form: URLSearchParams): ReleaseOrder {
  const { run, isOurs } = runOf(study, id);
  if (!isOurs) return fail("run-of-others", { number: run.number });
  const outputs = chosenOutputs(study, run, form.getAll("file"));
  const folders = new Set(outputs.map(({ path }) => dirname(path)));
  if (folders.size !== 1) return fail("release-of-folders", { folders: [...folders] });
  const { budget, studyDefinition } = requestFor("release", { to: "-", context: "-" });
  return {
    run,
    to: packFolder(study.context.folder, form.get("name") ?? ""),
    asked: {
      ...{ budget, studyDefinition, known: undefined, policy: undefined },
      outputDir: [...folders][0],
      chosen: Object.fromEntries(outputs.map(({ path, sha256 }) => [basename(path), sha256])),
      earlier: earlierFrom(study.context.folder, form),
      context: (form.get("context") ?? "").replaceAll("\r\n", "\n"),
      contextIn: "The field for it",
    },
  };
}

function chosenOutputs(
  study: ServedStudy,
  run: RunRecord,
  hashes: readonly string[],
): readonly RecordedOutput[] {
  if (hashes.length === 0) return fail("release-of-nothing", {});
  const { folders } = releaseChoices(study, run);
  const choices = [...folders.values()].flat();
  return hashes.flatMap((hash) => {
    const chosen = choices.filter(({ sha256 }) => sha256 === hash);
    if (chosen.length > 0) return chosen;
    const { output } = shownOutput(study, run.id, hash);
    return fail("release-not-choosable", { file: output.path });
  });
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Problems: release-name, release-name-taken, and those of a folder that is not ours. */
function packFolder(folder: string, name: string): string {
  if (!NAME.test(name)) return fail("release-name", {});
  const { releases } = metadataPaths(folder);
  refuseForeignFolder(folder, releases);
  const path = relative(folder, join(releases, name));
  if (existsSync(join(folder, path))) return fail("release-name-taken", { name });
  return path;
}

/** One of both must be said: differences to what was released before give away as much as one release does. */
function earlierFrom(folder: string, form: URLSearchParams): readonly string[] {
  const asked = form.getAll("earlier");
  if (form.has("first") === asked.length > 0) return fail("release-unsaid", {});
  const known = earlierReleases(folder);
  if (!asked.every((each) => known.includes(each))) return fail("release-earlier-unknown", {});
  return asked;
}
