# How many patients have asthma recorded in a month, by age group?
from cohortextractor import Measure, StudyDefinition, codelist_from_csv, patients

asthma_codes = codelist_from_csv("codelists/asthma.csv", system="snomed")

study = StudyDefinition(
    # Dummy data: what values look like where a column does not say, and age groups that fit the ages.
    default_expectations={"date": {"earliest": "2000-01-01", "latest": "index_date"}, "incidence": 0.1},
    dummy_data="derived",
    # Who is in, decided anew at each index date.
    population=patients.registered_as_of("index_date"),
    # What is known of each patient: the columns of the cohort files.
    age=patients.age_as_of(
        "index_date",
        return_expectations={"rate": "universal", "int": {"distribution": "population_ages"}},
    ),
    age_group=patients.categorised_as({"0-17": "age < 18", "18-64": "age < 65", "65+": "DEFAULT"}),
    asthma=patients.with_these_clinical_events(
        asthma_codes,
        between=["index_date", "last_day_of_month(index_date)"],
    ),
)

# A share of patients in each group, at each index date. Numbers up to 5 are hidden.
measures = [
    Measure(
        id="asthma_by_age_group",
        numerator="asthma",
        denominator="population",
        group_by="age_group",
        small_number_suppression=True,
    ),
]
