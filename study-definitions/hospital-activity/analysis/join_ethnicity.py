"""Add each patient's ethnicity to every month's cohort file. Only the standard library is used."""

import csv
import glob
import os

ETHNICITY = "output/input_ethnicity.csv"
JOINED = "output/joined"


def ethnicities():
    with open(ETHNICITY, newline="", encoding="utf-8") as file:
        return {row["patient_id"]: row["ethnicity"] for row in csv.DictReader(file)}


def join(path, ethnicity_of):
    """Rows are passed on one by one, so that a cohort may be larger than the memory."""
    with open(path, newline="", encoding="utf-8") as source:
        with open(os.path.join(JOINED, os.path.basename(path)), "w", newline="", encoding="utf-8") as target:
            rows = csv.DictReader(source)
            writer = csv.DictWriter(target, [*rows.fieldnames, "ethnicity"], lineterminator="\n")
            writer.writeheader()
            for row in rows:
                # Everybody is in the ethnicity study; a patient who is not would be an error, so it stops here.
                writer.writerow({**row, "ethnicity": ethnicity_of[row["patient_id"]]})


if __name__ == "__main__":
    os.makedirs(JOINED, exist_ok=True)
    ethnicity_of = ethnicities()
    for path in sorted(glob.glob("output/input_????-??-??.csv")):
        join(path, ethnicity_of)
