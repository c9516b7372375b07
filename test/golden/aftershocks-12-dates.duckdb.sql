-- study_definition
-- 3 codes
CREATE TEMP TABLE codelist_1 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_1
SELECT * FROM (VALUES ('128053003', ''), ('132281000119108', ''), ('404223003', '')) AS v(code, category);

-- 2 codes
CREATE TEMP TABLE codelist_2 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_2
SELECT * FROM (VALUES ('233935004', ''), ('59282003', '')) AS v(code, category);

-- 3 codes
CREATE TEMP TABLE codelist_3 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_3
SELECT * FROM (VALUES ('230690007', ''), ('274100004', ''), ('422504002', '')) AS v(code, category);

-- 4 codes
CREATE TEMP TABLE codelist_4 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_4
SELECT * FROM (VALUES ('22298006', ''), ('401303003', ''), ('401314000', ''), ('57054005', '')) AS v(code, category);

-- 3 codes
CREATE TEMP TABLE codelist_5 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_5
SELECT * FROM (VALUES ('42343007', ''), ('84114007', ''), ('85232009', '')) AS v(code, category);

-- 1 code
CREATE TEMP TABLE codelist_6 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_6
SELECT * FROM (VALUES ('14669001', '')) AS v(code, category);

-- 1 code
CREATE TEMP TABLE codelist_7 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_7
SELECT * FROM (VALUES ('44054006', '')) AS v(code, category);

-- 2 codes
CREATE TEMP TABLE codelist_8 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_8
SELECT * FROM (VALUES ('195967001', ''), ('708090002', '')) AS v(code, category);

-- 3 codes
CREATE TEMP TABLE codelist_9 (code VARCHAR, category VARCHAR);
INSERT INTO codelist_9
SELECT * FROM (VALUES ('310495003', ''), ('35489007', ''), ('370143000', '')) AS v(code, category);

CREATE TEMP TABLE part_1 AS
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id, t."stp_code" AS "stp_code", t."starts_at" AS "starts_at", t."ends_at" AS "ends_at", t."registration_id" AS "registration_id", t."region" AS "region", t."known_practice_id" AS "known_practice_id", CASE WHEN t."known_practice_id" IS NOT NULL THEN 1 ELSE 0 END AS m_s13, CASE WHEN NOT (DATE '2020-01-01' < t."starts_at") THEN 0 WHEN DATE '2020-12-01' < t."starts_at" THEN 12 ELSE CASE WHEN DATE '2020-07-01' < t."starts_at" THEN CASE WHEN DATE '2020-10-01' < t."starts_at" THEN CASE WHEN DATE '2020-11-01' < t."starts_at" THEN 11 ELSE 10 END ELSE CASE WHEN DATE '2020-09-01' < t."starts_at" THEN 9 ELSE CASE WHEN DATE '2020-08-01' < t."starts_at" THEN 8 ELSE 7 END END END ELSE CASE WHEN DATE '2020-04-01' < t."starts_at" THEN CASE WHEN DATE '2020-06-01' < t."starts_at" THEN 6 ELSE CASE WHEN DATE '2020-05-01' < t."starts_at" THEN 5 ELSE 4 END END ELSE CASE WHEN DATE '2020-03-01' < t."starts_at" THEN 3 ELSE CASE WHEN DATE '2020-02-01' < t."starts_at" THEN 2 ELSE 1 END END END END END AS from_k, CASE WHEN NOT (DATE '2020-01-01' < t."ends_at") THEN 0 WHEN DATE '2020-12-01' < t."ends_at" THEN 12 ELSE CASE WHEN DATE '2020-07-01' < t."ends_at" THEN CASE WHEN DATE '2020-10-01' < t."ends_at" THEN CASE WHEN DATE '2020-11-01' < t."ends_at" THEN 11 ELSE 10 END ELSE CASE WHEN DATE '2020-09-01' < t."ends_at" THEN 9 ELSE CASE WHEN DATE '2020-08-01' < t."ends_at" THEN 8 ELSE 7 END END END ELSE CASE WHEN DATE '2020-04-01' < t."ends_at" THEN CASE WHEN DATE '2020-06-01' < t."ends_at" THEN 6 ELSE CASE WHEN DATE '2020-05-01' < t."ends_at" THEN 5 ELSE 4 END END ELSE CASE WHEN DATE '2020-03-01' < t."ends_at" THEN 3 ELSE CASE WHEN DATE '2020-02-01' < t."ends_at" THEN 2 ELSE 1 END END END END END AS until_k FROM (SELECT r."Patient_ID" AS "patient_id", o."STPCode" AS "stp_code", r."StartDate" AS "starts_at", r."EndDate" AS "ends_at", r."Registration_ID" AS "registration_id", o."Region" AS "region", o."Organisation_ID" AS "known_practice_id" FROM "RegistrationHistory" r LEFT JOIN "Organisation" o ON r."Organisation_ID" = o."Organisation_ID") t WHERE t."starts_at" <= DATE '2020-12-01' AND t."ends_at" > DATE '2020-01-01'),
placed AS NOT MATERIALIZED (SELECT r.*, CASE WHEN max(r.until_k) OVER (PARTITION BY r.patient_id ORDER BY r.from_k, r.until_k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > r.from_k THEN 1 ELSE 0 END AS clash FROM (SELECT * FROM counted WHERE from_k < until_k) r),
judged AS NOT MATERIALIZED (SELECT r.*, max(r.clash) OVER (PARTITION BY r.patient_id) AS clashes FROM placed r),
spread_rows AS NOT MATERIALIZED (SELECT r.*, CASE WHEN r.clashes = 1 THEN r.k + 1 ELSE r.until_k END AS next_k FROM (SELECT *, unnest(range(from_k, CASE WHEN clashes = 1 THEN until_k ELSE from_k + 1 END)) AS k FROM judged) r)
SELECT g.patient_id, g.from_k, g.until_k, g.s1."stp_code" AS s1_value, g.s1."region" AS s2_value, g.s1."known_practice_id" AS s3_value, g.s13 AS s13_value FROM (SELECT r.patient_id, r.k AS from_k, r.next_k AS until_k, first({'stp_code': r."stp_code", 'region': r."region", 'known_practice_id': r."known_practice_id"} ORDER BY r."starts_at" DESC NULLS LAST, r."ends_at" DESC NULLS LAST, r."registration_id" ASC NULLS FIRST) AS s1, max(1) FILTER (WHERE r.m_s13 = 1) AS s13 FROM spread_rows r GROUP BY r.patient_id, r.k, r.next_k) g;

CREATE TEMP TABLE part_2 AS
WITH codes AS (SELECT u.code, max(CASE WHEN u.n = 1 THEN 1 ELSE 0 END) AS in_codelist_1, max(CASE WHEN u.n = 2 THEN 1 ELSE 0 END) AS in_codelist_2, max(CASE WHEN u.n = 3 THEN 1 ELSE 0 END) AS in_codelist_3, max(CASE WHEN u.n = 4 THEN 1 ELSE 0 END) AS in_codelist_4, max(CASE WHEN u.n = 5 THEN 1 ELSE 0 END) AS in_codelist_5, max(CASE WHEN u.n = 6 THEN 1 ELSE 0 END) AS in_codelist_6, max(CASE WHEN u.n = 7 THEN 1 ELSE 0 END) AS in_codelist_7, max(CASE WHEN u.n = 8 THEN 1 ELSE 0 END) AS in_codelist_8, max(CASE WHEN u.n = 9 THEN 1 ELSE 0 END) AS in_codelist_9 FROM (SELECT l.code, 1 AS n FROM codelist_1 l UNION ALL SELECT l.code, 2 AS n FROM codelist_2 l UNION ALL SELECT l.code, 3 AS n FROM codelist_3 l UNION ALL SELECT l.code, 4 AS n FROM codelist_4 l UNION ALL SELECT l.code, 5 AS n FROM codelist_5 l UNION ALL SELECT l.code, 6 AS n FROM codelist_6 l UNION ALL SELECT l.code, 7 AS n FROM codelist_7 l UNION ALL SELECT l.code, 8 AS n FROM codelist_8 l UNION ALL SELECT l.code, 9 AS n FROM codelist_9 l) u GROUP BY u.code),
counted AS NOT MATERIALIZED (SELECT t.patient_id, CASE WHEN c.in_codelist_7 = 1 THEN 1 ELSE 0 END AS m_s10, CASE WHEN c.in_codelist_8 = 1 THEN 1 ELSE 0 END AS m_s11, CASE WHEN c.in_codelist_9 = 1 THEN 1 ELSE 0 END AS m_s12, CASE WHEN c.in_codelist_1 = 1 THEN 1 ELSE 0 END + CASE WHEN c.in_codelist_2 = 1 THEN 2 ELSE 0 END + CASE WHEN c.in_codelist_3 = 1 THEN 4 ELSE 0 END + CASE WHEN c.in_codelist_4 = 1 THEN 8 ELSE 0 END + CASE WHEN c.in_codelist_5 = 1 THEN 16 ELSE 0 END + CASE WHEN c.in_codelist_6 = 1 THEN 32 ELSE 0 END AS bits, w.from_k AS from_k, w.until_k AS until_k FROM (SELECT e."Patient_ID" AS "patient_id", e."ConceptID" AS "code", e."ConsultationDate" AS "recorded_at" FROM "CodedEvent_SNOMED" e) t JOIN codes c ON c.code = t."code" JOIN (SELECT CAST(unnest(generate_series(v.first, v.last, INTERVAL 1 DAY)) AS DATE) AS day, v.from_k, v.until_k FROM (VALUES (DATE '2020-01-01', DATE '2020-01-31', 0, 1), (DATE '2020-02-01', DATE '2020-02-29', 1, 2), (DATE '2020-03-01', DATE '2020-03-31', 2, 3), (DATE '2020-04-01', DATE '2020-04-30', 3, 4), (DATE '2020-05-01', DATE '2020-05-31', 4, 5), (DATE '2020-06-01', DATE '2020-06-30', 5, 6), (DATE '2020-07-01', DATE '2020-07-31', 6, 7), (DATE '2020-08-01', DATE '2020-08-31', 7, 8), (DATE '2020-09-01', DATE '2020-09-30', 8, 9), (DATE '2020-10-01', DATE '2020-10-31', 9, 10), (DATE '2020-11-01', DATE '2020-11-30', 10, 11), (DATE '2020-12-01', DATE '2020-12-31', 11, 12)) AS v(first, last, from_k, until_k)) w ON w.day = CAST(t."recorded_at" AS DATE) WHERE CAST(t."recorded_at" AS DATE) >= DATE '2020-01-01' AND CAST(t."recorded_at" AS DATE) <= DATE '2020-12-31'),
spread_rows AS NOT MATERIALIZED (SELECT r.*, r.from_k AS k FROM counted r)
SELECT g.patient_id, g.k, CASE WHEN (g.bits & 1) <> 0 THEN 1 END AS s4_value, CASE WHEN (g.bits & 2) <> 0 THEN 1 END AS s5_value, CASE WHEN (g.bits & 4) <> 0 THEN 1 END AS s6_value, CASE WHEN (g.bits & 8) <> 0 THEN 1 END AS s7_value, CASE WHEN (g.bits & 16) <> 0 THEN 1 END AS s8_value, CASE WHEN (g.bits & 32) <> 0 THEN 1 END AS s9_value, g.s10 AS s10_value, g.s11 AS s11_value, g.s12 AS s12_value FROM (SELECT r.patient_id, r.k, bit_or(r.bits) AS bits, count(*) FILTER (WHERE r.m_s10 = 1) AS s10, count(*) FILTER (WHERE r.m_s11 = 1) AS s11, count(*) FILTER (WHERE r.m_s12 = 1) AS s12 FROM spread_rows r GROUP BY r.patient_id, r.k) g;

CREATE TEMP TABLE part_3 AS
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id, CASE WHEN NOT (DATE '2020-01-01' < CAST(t."died_on" AS DATE)) THEN 0 WHEN DATE '2020-12-01' < CAST(t."died_on" AS DATE) THEN 12 ELSE CASE WHEN DATE '2020-07-01' < CAST(t."died_on" AS DATE) THEN CASE WHEN DATE '2020-10-01' < CAST(t."died_on" AS DATE) THEN CASE WHEN DATE '2020-11-01' < CAST(t."died_on" AS DATE) THEN 11 ELSE 10 END ELSE CASE WHEN DATE '2020-09-01' < CAST(t."died_on" AS DATE) THEN 9 ELSE CASE WHEN DATE '2020-08-01' < CAST(t."died_on" AS DATE) THEN 8 ELSE 7 END END END ELSE CASE WHEN DATE '2020-04-01' < CAST(t."died_on" AS DATE) THEN CASE WHEN DATE '2020-06-01' < CAST(t."died_on" AS DATE) THEN 6 ELSE CASE WHEN DATE '2020-05-01' < CAST(t."died_on" AS DATE) THEN 5 ELSE 4 END END ELSE CASE WHEN DATE '2020-03-01' < CAST(t."died_on" AS DATE) THEN 3 ELSE CASE WHEN DATE '2020-02-01' < CAST(t."died_on" AS DATE) THEN 2 ELSE 1 END END END END END AS from_k, 12 AS until_k FROM (SELECT d."Patient_ID" AS "patient_id", d."dod" AS "died_on" FROM "ONS_Deaths" d) t WHERE CAST(t."died_on" AS DATE) <= DATE '2020-12-01'),
spread_rows AS NOT MATERIALIZED (SELECT r.*, r.from_k AS k FROM (SELECT * FROM counted WHERE from_k < until_k) r)
SELECT g.patient_id, g.from_k, g.until_k, g.s14 AS s14_value FROM (SELECT b.patient_id, b.k AS from_k, lead(b.k, 1, 12) OVER (PARTITION BY b.patient_id ORDER BY b.k ASC) AS until_k, max(b.s14) OVER (PARTITION BY b.patient_id ORDER BY b.k ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s14 FROM (SELECT r.patient_id, r.k, max(1) AS s14 FROM spread_rows r GROUP BY r.patient_id, r.k) b) g;

-- what stays the same at the index dates from 2020-01-01 on
DROP TABLE IF EXISTS patient_base;
CREATE TEMP TABLE patient_base AS
SELECT p.patient_id, row_number() OVER (ORDER BY p.patient_id) - 1 AS row_no, p."sex", p."born_on", part_1."s1_value", part_1."s2_value", part_1."s3_value", part_1."s13_value", part_1."spans_part_1", part_3."s14_value", part_3."spans_part_3" FROM (SELECT t."Patient_ID" AS "patient_id", t."Sex" AS "sex", t."DateOfBirth" AS "born_on" FROM "Patient" t) p LEFT JOIN (SELECT x.patient_id, x.s1_value, x.s2_value, x.s3_value, x.s13_value, 1 AS spans_part_1 FROM part_1 x WHERE (x.from_k <= 0 AND x.until_k >= 12)) part_1 ON part_1.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s14_value, 1 AS spans_part_3 FROM part_3 x WHERE (x.from_k <= 0 AND x.until_k >= 12)) part_3 ON part_3.patient_id = p.patient_id WHERE p.patient_id IN (SELECT t."Patient_ID" AS "patient_id" FROM "AllowedPatientsWithTypeOneDissent" t);
-- the cohort at 2020-01-01
CREATE OR REPLACE TEMP MACRO cohort_at(date_no) AS TABLE
WITH step_0 AS NOT MATERIALIZED (SELECT p.patient_id, p.row_no, p."sex", p."born_on", CASE WHEN p.spans_part_1 = 1 THEN p.s1_value ELSE part_1.s1_value END AS s1_value, CASE WHEN p.spans_part_1 = 1 THEN p.s2_value ELSE part_1.s2_value END AS s2_value, CASE WHEN p.spans_part_1 = 1 THEN p.s3_value ELSE part_1.s3_value END AS s3_value, CASE WHEN p.spans_part_1 = 1 THEN p.s13_value ELSE part_1.s13_value END AS s13_value, part_2.s4_value, part_2.s5_value, part_2.s6_value, part_2.s7_value, part_2.s8_value, part_2.s9_value, part_2.s10_value, part_2.s11_value, part_2.s12_value, CASE WHEN p.spans_part_3 = 1 THEN p.s14_value ELSE part_3.s14_value END AS s14_value FROM patient_base p LEFT JOIN (SELECT x.patient_id, x.s1_value, x.s2_value, x.s3_value, x.s13_value FROM part_1 x WHERE x.from_k <= date_no AND x.until_k > date_no AND NOT (x.from_k <= 0 AND x.until_k >= 12)) part_1 ON part_1.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s4_value, x.s5_value, x.s6_value, x.s7_value, x.s8_value, x.s9_value, x.s10_value, x.s11_value, x.s12_value FROM part_2 x WHERE x.k = date_no) part_2 ON part_2.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s14_value FROM part_3 x WHERE x.from_k <= date_no AND x.until_k > date_no AND NOT (x.from_k <= 0 AND x.until_k >= 12)) part_3 ON part_3.patient_id = p.patient_id),
step_1 AS NOT MATERIALIZED (SELECT b.*, coalesce(b.sex, '') AS c1, coalesce((year(CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END) - year(b.born_on) - CASE WHEN (month(b.born_on) * 100 + day(b.born_on)) > CASE WHEN month(CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END) = 2 AND CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END = last_day(CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END) THEN 229 ELSE (month(CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END) * 100 + day(CASE date_no WHEN 0 THEN DATE '2020-01-01' WHEN 1 THEN DATE '2020-02-01' WHEN 2 THEN DATE '2020-03-01' WHEN 3 THEN DATE '2020-04-01' WHEN 4 THEN DATE '2020-05-01' WHEN 5 THEN DATE '2020-06-01' WHEN 6 THEN DATE '2020-07-01' WHEN 7 THEN DATE '2020-08-01' WHEN 8 THEN DATE '2020-09-01' WHEN 9 THEN DATE '2020-10-01' WHEN 10 THEN DATE '2020-11-01' WHEN 11 THEN DATE '2020-12-01' END)) END THEN 1 ELSE 0 END), CAST(0 AS BIGINT)) AS c2, coalesce(b.s1_value, '') AS c4, coalesce(b.s2_value, '') AS c5, coalesce(b.s3_value, CAST(0 AS BIGINT)) AS c6, coalesce(b.s4_value, CAST(0 AS BIGINT)) AS c7, coalesce(b.s5_value, CAST(0 AS BIGINT)) AS c8, coalesce(b.s6_value, CAST(0 AS BIGINT)) AS c9, coalesce(b.s7_value, CAST(0 AS BIGINT)) AS c10, coalesce(b.s8_value, CAST(0 AS BIGINT)) AS c11, coalesce(b.s9_value, CAST(0 AS BIGINT)) AS c12, coalesce(b.s10_value, CAST(0 AS BIGINT)) AS c13, coalesce(b.s11_value, CAST(0 AS BIGINT)) AS c14, coalesce(b.s12_value, CAST(0 AS BIGINT)) AS c15, coalesce(b.s13_value, CAST(0 AS BIGINT)) AS c16, coalesce(b.s14_value, CAST(0 AS BIGINT)) AS c17 FROM step_0 b),
step_2 AS NOT MATERIALIZED (SELECT b.*, coalesce(CASE WHEN (b.c2 < CAST(18 AS BIGINT)) THEN '0-17' WHEN ((b.c2 >= CAST(18 AS BIGINT)) AND (b.c2 < CAST(40 AS BIGINT))) THEN '18-39' WHEN ((b.c2 >= CAST(40 AS BIGINT)) AND (b.c2 < CAST(60 AS BIGINT))) THEN '40-59' WHEN ((b.c2 >= CAST(60 AS BIGINT)) AND (b.c2 < CAST(80 AS BIGINT))) THEN '60-79' WHEN (b.c2 >= CAST(80 AS BIGINT)) THEN '80+' ELSE 'unknown' END, '') AS c3, coalesce(CASE WHEN ((b.c16 <> CAST(0 AS BIGINT)) AND (NOT (b.c17 <> CAST(0 AS BIGINT)))) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, CAST(0 AS BIGINT)) AS c18 FROM step_1 b),
cohort AS NOT MATERIALIZED (SELECT * FROM step_2)
SELECT CAST(c.patient_id AS BIGINT) AS patient_id, CAST(c.c1 AS VARCHAR) AS "sex", CAST(c.c2 AS BIGINT) AS "age", CAST(c.c3 AS VARCHAR) AS "age_band", CAST(c.c4 AS VARCHAR) AS "stp", CAST(c.c5 AS VARCHAR) AS "region", CAST(c.c6 AS BIGINT) AS "practice", CAST(c.c7 AS UTINYINT) AS "deep_vein_thrombosis", CAST(c.c8 AS UTINYINT) AS "pulmonary_embolism", CAST(c.c9 AS UTINYINT) AS "stroke", CAST(c.c10 AS UTINYINT) AS "myocardial_infarction", CAST(c.c11 AS UTINYINT) AS "heart_failure", CAST(c.c12 AS UTINYINT) AS "acute_kidney_injury", CAST(c.c13 AS BIGINT) AS "type_2_diabetes", CAST(c.c14 AS BIGINT) AS "asthma", CAST(c.c15 AS BIGINT) AS "depression"
FROM cohort c
WHERE c.c18 = 1
ORDER BY c.patient_id;
SELECT * FROM cohort_at(0);

-- the cohort at 2020-02-01
SELECT * FROM cohort_at(1);

-- the cohort at 2020-03-01
SELECT * FROM cohort_at(2);

-- the cohort at 2020-04-01
SELECT * FROM cohort_at(3);

-- the cohort at 2020-05-01
SELECT * FROM cohort_at(4);

-- the cohort at 2020-06-01
SELECT * FROM cohort_at(5);

-- the cohort at 2020-07-01
SELECT * FROM cohort_at(6);

-- the cohort at 2020-08-01
SELECT * FROM cohort_at(7);

-- the cohort at 2020-09-01
SELECT * FROM cohort_at(8);

-- the cohort at 2020-10-01
SELECT * FROM cohort_at(9);

-- the cohort at 2020-11-01
SELECT * FROM cohort_at(10);

-- the cohort at 2020-12-01
SELECT * FROM cohort_at(11);

