/** Studies in Python, each with idioms that real ones have, for what reads all of them. */
import type { Files } from "../commands/workspace.ts";

/** What they read. */
export const readByStudies: Files = {
  "codelists/asthma.csv": "code,term\n195967001,Asthma\n708090002,Acute asthma\n",
  "codelists/ethnicity.csv": "Code,Group\n9S1..,1\n9S2..,2\n",
  "codelists/local-list.csv": "id\n22298006\n",
};

const population = `
    default_expectations={"date": {"earliest": "2000-01-01", "latest": "today"}, "incidence": 0.5},
    population=patients.all(),`;

/** By the word that their file's name ends with. */
export const studiesToConvert: Readonly<Record<string, string>> = {
  calls: `
from cohortextractor import StudyDefinition, Measure, patients, codelist, codelist_from_csv, combine_codelists

asthma = codelist_from_csv("codelists/asthma.csv", system="snomed", column="code")
local = codelist_from_csv("codelists/local-list.csv", system="snomed", column="id")
ethnicity = codelist_from_csv("codelists/ethnicity.csv", system="ctv3", column="Code", category_column="Group")
both = combine_codelists(asthma, local)

study = StudyDefinition(${population}
    index_date="2020-01-01",
    asthma=patients.with_these_clinical_events(both, on_or_before="index_date", returning="date", date_format="YYYY-MM-DD"),
    count=patients.with_these_clinical_events(asthma, returning="number_of_matches_in_period"),
    ethnicity=patients.with_these_clinical_events(
        ethnicity, returning="category", find_last_match_in_period=True, on_or_after=None,
        return_expectations={"category": {"ratios": {"1": 0.8, "2": 0.2}}},
    ),
    group=patients.categorised_as({1: "asthma", 0: "DEFAULT"}, return_expectations={"category": {"ratios": {1: 0.5, None: 0.5}}}),
    quoted=patients.satisfying('sex = "F" AND NOT it', it=patients.fixed_value("it's"), sex=patients.sex()),
    first=patients.minimum_of("asthma", "2020-02-01", other=patients.fixed_value("2020-03-01")),
    vaccine=patients.with_tpp_vaccination_record(target_disease_matches="INFLUENZA", on_or_before="index_date"),
    imd=patients.address_as_of("index_date", round_to_nearest=100, returning="index_of_multiple_deprivation"),
    prior=patients.with_value_from_file("output/x.csv", returning="a", returning_type="int"),
)
measures = [
    Measure(id="a", numerator="count", denominator="population", group_by=["group", "somewhere_else"]),
    Measure(id="b", numerator="count", denominator="population", group_by="population", small_number_suppression=True),
    Measure(id="c", numerator="count", denominator="population"),
]
`,
  names: `
from cohortextractor import StudyDefinition, patients, codelist
default = codelist(["195967001"], system="snomed")
study = StudyDefinition(
    population=patients.all(),
    default=patients.with_these_clinical_events(default),
    drugs=patients.with_high_cost_drugs(drug_name_matches=["adalimumab", "it's \\"quoted\\" \\\\ here"]),
)
`,
};
