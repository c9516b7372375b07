/** What the vocabularies of the records hold of each codelist of a study, told once and kept for the manifest. */
import type { HearVocabulary } from "../../backend/backend.ts";
import type { RunContext } from "../context.ts";
import type { ManifestEntry } from "../manifest/manifest-text.ts";
import type { VocabularyFacts } from "../manifest/vocabulary-facts.ts";
import { codelistNames } from "./told-codelists.ts";

export interface VocabularyHeard {
  readonly hear: HearVocabulary;
  /** What an entry of the manifest says of it: nothing where nothing was looked up. */
  readonly entry: () => Pick<ManifestEntry, "vocabulary">;
}

export function hearVocabulary(
  study: string,
  { reporter }: Pick<RunContext, "reporter">,
): VocabularyHeard {
  let vocabulary: VocabularyFacts | null = null;
  return {
    hear: ({ release, codelists: found }) => {
      if (vocabulary !== null) return;
      const names = codelistNames(found);
      const codelists = found.map(({ system, vocabularies, counts }, i) => {
        return { name: names[i] ?? "", system, vocabularies, ...counts };
      });
      vocabulary = { release, codelists };
      reporter.report({ kind: "vocabulary", study, ...vocabulary });
    },
    entry: () => (vocabulary === null ? {} : { vocabulary }),
  };
}
