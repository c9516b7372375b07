/** The vocabularies that codelists are looked up in, and where the records come from. */
import { column, plain } from "../provision.ts";
import type { Provider } from "../provision.ts";

export const vocabularies = {
  concepts: [
    {
      table: "concept",
      alias: "c",
      fields: {
        ...plain({
          concept: "c.concept_id",
          vocabulary: "c.vocabulary_id",
          code: "c.concept_code",
          standing: "c.standard_concept",
          invalid_reason: "c.invalid_reason",
        }),
        plain_code: { kind: "replaced", of: column("c.concept_code"), pairs: [[".", ""]] },
      },
    },
  ],
  concept_links: [
    {
      table: "concept_relationship",
      alias: "r",
      where: [["r.relationship_id", "Maps to"]],
      fields: plain({
        from_concept: "r.concept_id_1",
        to_concept: "r.concept_id_2",
        relation: "r.relationship_id",
        invalid_reason: "r.invalid_reason",
      }),
    },
  ],
  concept_ancestors: [
    {
      table: "concept_ancestor",
      alias: "a",
      fields: plain({ ancestor: "a.ancestor_concept_id", descendant: "a.descendant_concept_id" }),
    },
  ],
  record_sources: [
    {
      table: "cdm_source",
      alias: "s",
      fields: plain({
        version: "s.cdm_version",
        vocabulary_version: "s.vocabulary_version",
        released_on: "s.source_release_date",
      }),
    },
  ],
} as const satisfies Partial<Provider["provides"]>;
