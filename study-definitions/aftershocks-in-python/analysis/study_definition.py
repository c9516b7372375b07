"""Aftershocks: new health events month by month, and how unequally they fall on people.

Everybody alive and registered with one practice on the first of the month is in. The same study in
TypeScript lies in ../../aftershocks; both make the same files, byte for byte.
"""

from cohortextractor import Measure, StudyDefinition, codelist_from_csv, patients

# Coded events of the month that begins on the index date.
THE_MONTH = ["index_date", "last_day_of_month(index_date)"]


def snomed(name):
    return codelist_from_csv(f"codelists/{name}.csv", system="snomed", column="code")


def recorded(name, incidence):
    """Whether it was recorded at all in the month."""
    return patients.with_these_clinical_events(
        snomed(name),
        between=THE_MONTH,
        returning="binary_flag",
        return_expectations={"incidence": incidence},
    )


def times_recorded(name, incidence):
    """How often it was recorded in the month."""
    return patients.with_these_clinical_events(
        snomed(name),
        between=THE_MONTH,
        returning="number_of_matches_in_period",
        return_expectations={
            "incidence": incidence,
            "int": {"distribution": "poisson", "mean": 2},
        },
    )


study = StudyDefinition(
    index_date="2020-01-01",
    # A patient's age band is that of her age.
    dummy_data="derived",
    default_expectations={
        "date": {"earliest": "1900-01-01", "latest": "today"},
        "rate": "uniform",
        "incidence": 0.5,
    },
    population=patients.satisfying(
        "registered AND NOT died",
        registered=patients.registered_as_of("index_date"),
        died=patients.died_from_any_cause(on_or_before="index_date", returning="binary_flag"),
    ),
    sex=patients.sex(
        return_expectations={"rate": "universal", "category": {"ratios": {"F": 0.51, "M": 0.49}}}
    ),
    age=patients.age_as_of(
        "index_date",
        return_expectations={"rate": "universal", "int": {"distribution": "population_ages"}},
    ),
    age_band=patients.categorised_as(
        {
            "0-17": "age < 18",
            "18-39": "age >= 18 AND age < 40",
            "40-59": "age >= 40 AND age < 60",
            "60-79": "age >= 60 AND age < 80",
            "80+": "age >= 80",
            "unknown": "DEFAULT",
        }
    ),
    stp=patients.registered_practice_as_of(
        "index_date",
        returning="stp_code",
        return_expectations={
            "rate": "universal",
            "category": {
                "ratios": {
                    "E54000005": 0.12,
                    "E54000006": 0.08,
                    "E54000007": 0.1,
                    "E54000008": 0.15,
                    "E54000009": 0.11,
                    "E54000010": 0.14,
                    "E54000012": 0.09,
                    "E54000013": 0.05,
                    "E54000014": 0.1,
                    "E54000015": 0.06,
                }
            },
        },
    ),
    region=patients.registered_practice_as_of(
        "index_date",
        returning="nuts1_region_name",
        return_expectations={
            "rate": "universal",
            "category": {
                "ratios": {
                    "North East": 0.05,
                    "North West": 0.13,
                    "Yorkshire and The Humber": 0.1,
                    "East Midlands": 0.09,
                    "West Midlands": 0.11,
                    "East": 0.11,
                    "London": 0.16,
                    "South East": 0.16,
                    "South West": 0.09,
                }
            },
        },
    ),
    practice=patients.registered_practice_as_of(
        "index_date",
        returning="pseudo_id",
        return_expectations={
            "rate": "universal",
            "int": {"distribution": "normal", "mean": 1000, "stddev": 20},
        },
    ),
    deep_vein_thrombosis=recorded("deep-vein-thrombosis", 0.02),
    pulmonary_embolism=recorded("pulmonary-embolism", 0.01),
    stroke=recorded("stroke", 0.03),
    myocardial_infarction=recorded("myocardial-infarction", 0.03),
    heart_failure=recorded("heart-failure", 0.05),
    acute_kidney_injury=recorded("acute-kidney-injury", 0.04),
    type_2_diabetes=times_recorded("type-2-diabetes", 0.08),
    asthma=times_recorded("asthma", 0.12),
    depression=times_recorded("depression", 0.15),
)

EVENTS = [
    "deep_vein_thrombosis",
    "pulmonary_embolism",
    "stroke",
    "myocardial_infarction",
    "heart_failure",
    "acute_kidney_injury",
    "type_2_diabetes",
    "asthma",
    "depression",
]

GROUPS = ["population", "sex", "age_band", "stp", "region", "practice"]

measures = [
    Measure(
        id=f"{event}_by_{group}",
        numerator=event,
        denominator="population",
        group_by=group,
        small_number_suppression=True,
    )
    for event in EVENTS
    for group in GROUPS
]

# What each measure file holds, for the readers of the output folder.
with open("analysis/measures_dict.txt", "w") as file:
    for measure in measures:
        file.write(f"{measure.id}: {measure.numerator} by {measure.group_by}\n")
