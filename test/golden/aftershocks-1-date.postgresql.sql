-- study_definition
-- 3 codes
CREATE TEMPORARY TABLE codelist_1 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_1
SELECT * FROM (VALUES (('128053003' COLLATE "C"), ('' COLLATE "C")), (('132281000119108' COLLATE "C"), ('' COLLATE "C")), (('404223003' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 2 codes
CREATE TEMPORARY TABLE codelist_2 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_2
SELECT * FROM (VALUES (('233935004' COLLATE "C"), ('' COLLATE "C")), (('59282003' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 3 codes
CREATE TEMPORARY TABLE codelist_3 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_3
SELECT * FROM (VALUES (('230690007' COLLATE "C"), ('' COLLATE "C")), (('274100004' COLLATE "C"), ('' COLLATE "C")), (('422504002' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 4 codes
CREATE TEMPORARY TABLE codelist_4 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_4
SELECT * FROM (VALUES (('22298006' COLLATE "C"), ('' COLLATE "C")), (('401303003' COLLATE "C"), ('' COLLATE "C")), (('401314000' COLLATE "C"), ('' COLLATE "C")), (('57054005' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 3 codes
CREATE TEMPORARY TABLE codelist_5 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_5
SELECT * FROM (VALUES (('42343007' COLLATE "C"), ('' COLLATE "C")), (('84114007' COLLATE "C"), ('' COLLATE "C")), (('85232009' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 1 code
CREATE TEMPORARY TABLE codelist_6 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_6
SELECT * FROM (VALUES (('14669001' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 1 code
CREATE TEMPORARY TABLE codelist_7 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_7
SELECT * FROM (VALUES (('44054006' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 2 codes
CREATE TEMPORARY TABLE codelist_8 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_8
SELECT * FROM (VALUES (('195967001' COLLATE "C"), ('' COLLATE "C")), (('708090002' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

-- 3 codes
CREATE TEMPORARY TABLE codelist_9 (code text COLLATE "C", category text COLLATE "C");
INSERT INTO pg_temp.codelist_9
SELECT * FROM (VALUES (('310495003' COLLATE "C"), ('' COLLATE "C")), (('35489007' COLLATE "C"), ('' COLLATE "C")), (('370143000' COLLATE "C"), ('' COLLATE "C"))) AS v(code, category);

CREATE TEMPORARY TABLE part_1 AS
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id, t."stp_code" AS "stp_code", t."starts_at" AS "starts_at", t."ends_at" AS "ends_at", t."registration_id" AS "registration_id", t."region" AS "region", t."known_practice_id" AS "known_practice_id", CASE WHEN t."known_practice_id" IS NOT NULL THEN 1 ELSE 0 END AS m_s13 FROM (SELECT r."Patient_ID" AS "patient_id", (CAST(o."STPCode" AS text) COLLATE "C") AS "stp_code", r."StartDate" AS "starts_at", r."EndDate" AS "ends_at", r."Registration_ID" AS "registration_id", (CAST(o."Region" AS text) COLLATE "C") AS "region", o."Organisation_ID" AS "known_practice_id" FROM "RegistrationHistory" r LEFT JOIN "Organisation" o ON r."Organisation_ID" = o."Organisation_ID") t WHERE t."starts_at" <= DATE '2020-01-01' AND t."ends_at" > DATE '2020-01-01' OFFSET 0),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted OFFSET 0)
SELECT g.patient_id, g.s1__stp_code AS s1_value, g.s1__region AS s2_value, g.s1__known_practice_id AS s3_value, g.s13 AS s13_value FROM (SELECT r.patient_id, max(CASE WHEN r.n_s1 = 1 THEN 1 END) AS s1__there, max(CASE WHEN r.n_s1 = 1 THEN r."stp_code" END) AS s1__stp_code, max(CASE WHEN r.n_s1 = 1 THEN r."region" END) AS s1__region, max(CASE WHEN r.n_s1 = 1 THEN r."known_practice_id" END) AS s1__known_practice_id, max(1) FILTER (WHERE r.m_s13 = 1) AS s13 FROM (SELECT r.*, row_number() OVER (PARTITION BY r.patient_id ORDER BY r."starts_at" DESC NULLS LAST, r."ends_at" DESC NULLS LAST, r."registration_id" ASC NULLS FIRST) AS n_s1 FROM spread_rows r) r GROUP BY r.patient_id) g;
ANALYZE pg_temp.part_1;

CREATE TEMPORARY TABLE part_2 AS
WITH codes AS (SELECT u.code, max(CASE WHEN u.n = 1 THEN 1 ELSE 0 END) AS in_codelist_1, max(CASE WHEN u.n = 2 THEN 1 ELSE 0 END) AS in_codelist_2, max(CASE WHEN u.n = 3 THEN 1 ELSE 0 END) AS in_codelist_3, max(CASE WHEN u.n = 4 THEN 1 ELSE 0 END) AS in_codelist_4, max(CASE WHEN u.n = 5 THEN 1 ELSE 0 END) AS in_codelist_5, max(CASE WHEN u.n = 6 THEN 1 ELSE 0 END) AS in_codelist_6, max(CASE WHEN u.n = 7 THEN 1 ELSE 0 END) AS in_codelist_7, max(CASE WHEN u.n = 8 THEN 1 ELSE 0 END) AS in_codelist_8, max(CASE WHEN u.n = 9 THEN 1 ELSE 0 END) AS in_codelist_9 FROM (SELECT l.code, 1 AS n FROM pg_temp.codelist_1 l UNION ALL SELECT l.code, 2 AS n FROM pg_temp.codelist_2 l UNION ALL SELECT l.code, 3 AS n FROM pg_temp.codelist_3 l UNION ALL SELECT l.code, 4 AS n FROM pg_temp.codelist_4 l UNION ALL SELECT l.code, 5 AS n FROM pg_temp.codelist_5 l UNION ALL SELECT l.code, 6 AS n FROM pg_temp.codelist_6 l UNION ALL SELECT l.code, 7 AS n FROM pg_temp.codelist_7 l UNION ALL SELECT l.code, 8 AS n FROM pg_temp.codelist_8 l UNION ALL SELECT l.code, 9 AS n FROM pg_temp.codelist_9 l) u GROUP BY u.code),
counted AS NOT MATERIALIZED (SELECT t.patient_id, CASE WHEN c.in_codelist_7 = 1 THEN 1 ELSE 0 END AS m_s10, CASE WHEN c.in_codelist_8 = 1 THEN 1 ELSE 0 END AS m_s11, CASE WHEN c.in_codelist_9 = 1 THEN 1 ELSE 0 END AS m_s12, CASE WHEN c.in_codelist_1 = 1 THEN 1 ELSE 0 END + CASE WHEN c.in_codelist_2 = 1 THEN 2 ELSE 0 END + CASE WHEN c.in_codelist_3 = 1 THEN 4 ELSE 0 END + CASE WHEN c.in_codelist_4 = 1 THEN 8 ELSE 0 END + CASE WHEN c.in_codelist_5 = 1 THEN 16 ELSE 0 END + CASE WHEN c.in_codelist_6 = 1 THEN 32 ELSE 0 END AS bits FROM (SELECT e."Patient_ID" AS "patient_id", (CAST(e."ConceptID" AS text) COLLATE "C") AS "code", e."ConsultationDate" AS "recorded_at" FROM "CodedEvent_SNOMED" e) t JOIN codes c ON c.code = t."code" WHERE CAST(t."recorded_at" AS date) >= DATE '2020-01-01' AND CAST(t."recorded_at" AS date) <= DATE '2020-01-31' OFFSET 0),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted OFFSET 0)
SELECT g.patient_id, CASE WHEN (g.bits & 1) <> 0 THEN 1 END AS s4_value, CASE WHEN (g.bits & 2) <> 0 THEN 1 END AS s5_value, CASE WHEN (g.bits & 4) <> 0 THEN 1 END AS s6_value, CASE WHEN (g.bits & 8) <> 0 THEN 1 END AS s7_value, CASE WHEN (g.bits & 16) <> 0 THEN 1 END AS s8_value, CASE WHEN (g.bits & 32) <> 0 THEN 1 END AS s9_value, g.s10 AS s10_value, g.s11 AS s11_value, g.s12 AS s12_value FROM (SELECT r.patient_id, bit_or(r.bits) AS bits, count(*) FILTER (WHERE r.m_s10 = 1) AS s10, count(*) FILTER (WHERE r.m_s11 = 1) AS s11, count(*) FILTER (WHERE r.m_s12 = 1) AS s12 FROM spread_rows r GROUP BY r.patient_id) g;
ANALYZE pg_temp.part_2;

CREATE TEMPORARY TABLE part_3 AS
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id FROM (SELECT d."Patient_ID" AS "patient_id", d."dod" AS "died_on" FROM "ONS_Deaths" d) t WHERE CAST(t."died_on" AS date) <= DATE '2020-01-01' OFFSET 0),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted OFFSET 0)
SELECT g.patient_id, g.s14 AS s14_value FROM (SELECT r.patient_id, max(1) AS s14 FROM spread_rows r GROUP BY r.patient_id) g;
ANALYZE pg_temp.part_3;

-- the cohort at 2020-01-01
WITH step_0 AS NOT MATERIALIZED (SELECT p.*, s1_value, s2_value, s3_value, s13_value, s4_value, s5_value, s6_value, s7_value, s8_value, s9_value, s10_value, s11_value, s12_value, s14_value FROM (SELECT t."Patient_ID" AS "patient_id", (CAST(t."Sex" AS text) COLLATE "C") AS "sex", t."DateOfBirth" AS "born_on" FROM "Patient" t) p LEFT JOIN (SELECT x.patient_id, x.s1_value, x.s2_value, x.s3_value, x.s13_value FROM pg_temp.part_1 x) part_1 ON part_1.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s4_value, x.s5_value, x.s6_value, x.s7_value, x.s8_value, x.s9_value, x.s10_value, x.s11_value, x.s12_value FROM pg_temp.part_2 x) part_2 ON part_2.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s14_value FROM pg_temp.part_3 x) part_3 ON part_3.patient_id = p.patient_id OFFSET 0),
step_1 AS NOT MATERIALIZED (SELECT b.*, coalesce(b.sex, ('' COLLATE "C")) AS c1, coalesce((CAST(date_part('year', DATE '2020-01-01') AS integer) - CAST(date_part('year', b.born_on) AS integer) - CASE WHEN (CAST(date_part('month', b.born_on) AS integer) * 100 + CAST(date_part('day', b.born_on) AS integer)) > CASE WHEN CAST(date_part('month', DATE '2020-01-01') AS integer) = 2 AND DATE '2020-01-01' = CAST(date_trunc('month', CAST(DATE '2020-01-01' AS timestamp)) + INTERVAL '1 month - 1 day' AS date) THEN 229 ELSE (CAST(date_part('month', DATE '2020-01-01') AS integer) * 100 + CAST(date_part('day', DATE '2020-01-01') AS integer)) END THEN 1 ELSE 0 END), CAST(0 AS bigint)) AS c2, coalesce(b.s1_value, ('' COLLATE "C")) AS c4, coalesce(b.s2_value, ('' COLLATE "C")) AS c5, coalesce(b.s3_value, CAST(0 AS bigint)) AS c6, coalesce(b.s4_value, CAST(0 AS bigint)) AS c7, coalesce(b.s5_value, CAST(0 AS bigint)) AS c8, coalesce(b.s6_value, CAST(0 AS bigint)) AS c9, coalesce(b.s7_value, CAST(0 AS bigint)) AS c10, coalesce(b.s8_value, CAST(0 AS bigint)) AS c11, coalesce(b.s9_value, CAST(0 AS bigint)) AS c12, coalesce(b.s10_value, CAST(0 AS bigint)) AS c13, coalesce(b.s11_value, CAST(0 AS bigint)) AS c14, coalesce(b.s12_value, CAST(0 AS bigint)) AS c15, coalesce(b.s13_value, CAST(0 AS bigint)) AS c16, coalesce(b.s14_value, CAST(0 AS bigint)) AS c17 FROM step_0 b OFFSET 0),
step_2 AS NOT MATERIALIZED (SELECT b.*, coalesce(CASE WHEN (b.c2 < CAST(18 AS bigint)) THEN ('0-17' COLLATE "C") WHEN ((b.c2 >= CAST(18 AS bigint)) AND (b.c2 < CAST(40 AS bigint))) THEN ('18-39' COLLATE "C") WHEN ((b.c2 >= CAST(40 AS bigint)) AND (b.c2 < CAST(60 AS bigint))) THEN ('40-59' COLLATE "C") WHEN ((b.c2 >= CAST(60 AS bigint)) AND (b.c2 < CAST(80 AS bigint))) THEN ('60-79' COLLATE "C") WHEN (b.c2 >= CAST(80 AS bigint)) THEN ('80+' COLLATE "C") ELSE ('unknown' COLLATE "C") END, ('' COLLATE "C")) AS c3, coalesce(CASE WHEN ((b.c16 <> CAST(0 AS bigint)) AND (NOT (b.c17 <> CAST(0 AS bigint)))) THEN CAST(1 AS bigint) ELSE CAST(0 AS bigint) END, CAST(0 AS bigint)) AS c18 FROM step_1 b OFFSET 0),
cohort AS NOT MATERIALIZED (SELECT * FROM step_2 OFFSET 0)
SELECT CAST(c.patient_id AS bigint) AS patient_id, (CAST(c.c1 AS text) COLLATE "C") AS "sex", CAST(c.c2 AS bigint) AS "age", (CAST(c.c3 AS text) COLLATE "C") AS "age_band", (CAST(c.c4 AS text) COLLATE "C") AS "stp", (CAST(c.c5 AS text) COLLATE "C") AS "region", CAST(c.c6 AS bigint) AS "practice", CAST(c.c7 AS integer) AS "deep_vein_thrombosis", CAST(c.c8 AS integer) AS "pulmonary_embolism", CAST(c.c9 AS integer) AS "stroke", CAST(c.c10 AS integer) AS "myocardial_infarction", CAST(c.c11 AS integer) AS "heart_failure", CAST(c.c12 AS integer) AS "acute_kidney_injury", CAST(c.c13 AS bigint) AS "type_2_diabetes", CAST(c.c14 AS bigint) AS "asthma", CAST(c.c15 AS bigint) AS "depression"
FROM cohort c
WHERE c.c18 = 1 AND c.patient_id IN (SELECT t."Patient_ID" AS "patient_id" FROM "AllowedPatientsWithTypeOneDissent" t)
ORDER BY c.patient_id;

