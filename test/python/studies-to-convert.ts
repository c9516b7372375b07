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

  helpers: `
"""Helpers, closures and loops."""
from cohortextractor import StudyDefinition, Measure, patients, params, codelist_from_csv as read
from codelists import *
import common as shared
from common import *

START = params.get("start", "2020-01-01")  # of the study
default_columns = dict(sex=patients.sex())


def make(variable_name, codes, days=30, *, dummy=None) -> dict:
    return {variable_name: patients.all()}


def with_date(name, codes, first=True, rate=0.2):
    """The date.

    Of the first, or the last.
    """
    # Of which kind?
    if first:
        kind = {"find_first_match_in_period": True}
        suffix = "first"
    else:
        suffix = "last"
    return patients.with_these_clinical_events(
        codes,
        returning="date",
        date_format="YYYY-MM-DD",
        find_first_match_in_period=first,
        on_or_before="index_date",  # not later
        return_expectations={"incidence": rate},
    )


def outer(before):
    def inner(name, codes):
        return {
            f"{name}_before": patients.with_these_clinical_events(codes, on_or_before=before),
            name + "_count": patients.with_these_clinical_events(
                codes, between=[before, "index_date"], returning="number_of_matches_in_period"
            ),
        }

    return inner


counted = outer("index_date - 1 year")
lists = {"asthma": asthma, "local": local}
columns = {}
for name, codes in lists.items():
    columns.update(counted(name, codes))
columns["extra"] = with_date(rate=0.1, name="extra", codes=asthma)

study = StudyDefinition(${population}
    index_date=START,
    **default_columns,
    **columns,
    **{f"{name}_date": with_date(name, codes, False) for name, codes in lists.items()},
    **shared.smoking(),
    older=patients.satisfying(
        """
        age >= 65
        AND NOT child
        """,
        age=patients.age_as_of("index_date"),
        child=patients.fixed_value(0),
    ),
)

measures = []
for name in lists:
    for number, group in enumerate(["sex", "population"]):
        measures.append(
            Measure(id=f"{name}_{number}", numerator=f"{name}_count", denominator="population", group_by=group)
        )
measures.extend([Measure("all", "population", "local_count", group_by=None)])
`,
  loops: `
from cohortextractor import *
import cohortextractor as ce
from datetime import date
import pandas as pd

names = ["a", "b", "c"]
numbers = [n * 2 for n in range(1, 4) if n != 2]
pairs = [(name, number) for name in names for number in numbers]
table = pd.read_csv("codelists/asthma.csv", dtype=str)
codes = table["code"].tolist()
weights = {name: (0.1 if name == "a" else 0.2) for name in names}
texts = " OR ".join(names[:2])
last = names[-1].upper().replace("C", "d")
if "x" in params:
    flag = params["x"]
elif len(names) > 5 or not names:
    flag = "many"
else:
    flag = "few"

columns = {
    **{f"n_{name}_{number}": patients.fixed_value(number) for name, number in pairs},
    "picked": patients.with_these_clinical_events(codelist(codes, "snomed"), on_or_after=None),
}

study = ce.StudyDefinition(${population}
    index_date=str(2020) + "-01-01",
    a=patients.fixed_value(1), b=patients.fixed_value(weights["b"] + 1), c=patients.fixed_value(flag),
    either=patients.satisfying(texts + " OR 1 = 0 OR NOT (a AND (b OR a))"),
    last=patients.fixed_value(last),
    today=patients.fixed_value(date(2020, 1, 5).isoformat()),
    **columns,
)
measures = [Measure(id=name, numerator="b", denominator="population", group_by=[name, "either"]) for name in ["a", "c"]]
measures += [Measure(id="z", numerator="b", denominator="population", group_by="elsewhere")]
with open("analysis/written.txt", "w") as file:
    file.write("kept off")
`,
  // Nothing is true of an empty list in Python, and it is in JavaScript.
  truth: `
from cohortextractor import StudyDefinition, Measure, patients
study = StudyDefinition(${population}
    a=patients.fixed_value("wrong" if [] else "right"),
    b=patients.fixed_value(1),
)
measures = [Measure(id="wrong" if [] else "right", numerator="b", denominator="population", group_by="a")]
measures[0].small_number_suppression = True
`,
};

/** Modules that they import. */
export const modulesOfStudies: Files = {
  "analysis/codelists.py": `
from cohortextractor import codelist_from_csv

# Asthma
asthma = codelist_from_csv("codelists/asthma.csv", system="snomed", column="code")
local = codelist_from_csv("codelists/local-list.csv", system="snomed", column="id")
# Not used here
ethnicity = codelist_from_csv("codelists/ethnicity.csv", system="ctv3", column="Code")
`,
  "analysis/common.py": `
from cohortextractor import patients
from codelists import asthma

RATE = 0.3


def smoking(rate=RATE):
    return dict(smoker=patients.with_these_clinical_events(asthma, return_expectations={"incidence": rate}))
`,
};
