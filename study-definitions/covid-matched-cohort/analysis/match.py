"""Match each case to up to two comparators: same sex and region, at most two years older or younger, registered,
alive and without COVID-19 on the case's date. Nobody is matched twice. Only the standard library is used."""

import csv

COMPARATORS_OF_EACH_CASE = 2
YEARS_APART = 2


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def years_apart(case, candidate):
    return abs(int(candidate["age"]) - int(case["age"]))


def is_free_on(date, candidate):
    """Dates are YYYY-MM-DD, so their order is that of their text; an empty one has not happened."""
    ends = ("covid_date", "death_date", "left_practice_date")
    return all(candidate[end] == "" or candidate[end] > date for end in ends)


def fits(case, candidate):
    return (
        candidate["patient_id"] != case["patient_id"]
        and candidate["sex"] == case["sex"]
        and candidate["region"] == case["region"]
        and years_apart(case, candidate) <= YEARS_APART
        and is_free_on(case["covid_date"], candidate)
    )


def matches(cases, candidates):
    # The same order on every run: cases by date, and for each of them the nearest in age.
    cases = [case for case in cases if case["covid_date"]]
    cases.sort(key=lambda case: (case["covid_date"], int(case["patient_id"])))
    used = set()
    for case in cases:
        free = [c for c in candidates if c["patient_id"] not in used and fits(case, c)]
        free.sort(key=lambda c: (years_apart(case, c), int(c["patient_id"])))
        for chosen in free[:COMPARATORS_OF_EACH_CASE]:
            used.add(chosen["patient_id"])
            yield chosen["patient_id"], case["patient_id"], case["covid_date"]


if __name__ == "__main__":
    pairs = matches(rows_of("output/input_cases.csv"), rows_of("output/input_candidates.csv"))
    with open("output/comparators.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["patient_id", "case_id", "case_date"])
        writer.writerows(sorted(pairs, key=lambda pair: int(pair[0])))
