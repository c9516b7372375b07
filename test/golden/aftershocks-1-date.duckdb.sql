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
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id, t."stp_code" AS "stp_code", t."starts_at" AS "starts_at", t."ends_at" AS "ends_at", t."registration_id" AS "registration_id", t."region" AS "region", t."known_practice_id" AS "known_practice_id", CASE WHEN t."known_practice_id" IS NOT NULL THEN 1 ELSE 0 END AS m_s13 FROM (SELECT r."Patient_ID" AS "patient_id", o."STPCode" AS "stp_code", r."StartDate" AS "starts_at", r."EndDate" AS "ends_at", r."Registration_ID" AS "registration_id", o."Region" AS "region", o."Organisation_ID" AS "known_practice_id" FROM "RegistrationHistory" r LEFT JOIN "Organisation" o ON r."Organisation_ID" = o."Organisation_ID") t WHERE t."starts_at" <= DATE '2020-01-01' AND t."ends_at" > DATE '2020-01-01'),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted)
SELECT g.patient_id, g.s1."stp_code" AS s1_value, g.s1."region" AS s2_value, g.s1."known_practice_id" AS s3_value, g.s13 AS s13_value FROM (SELECT r.patient_id, first({'stp_code': r."stp_code", 'region': r."region", 'known_practice_id': r."known_practice_id"} ORDER BY r."starts_at" DESC NULLS LAST, r."ends_at" DESC NULLS LAST, r."registration_id" ASC NULLS FIRST) AS s1, max(1) FILTER (WHERE r.m_s13 = 1) AS s13 FROM spread_rows r GROUP BY r.patient_id) g;

CREATE TEMP TABLE part_2 AS
WITH codes AS (SELECT u.code, max(CASE WHEN u.n = 1 THEN 1 ELSE 0 END) AS in_codelist_1, max(CASE WHEN u.n = 2 THEN 1 ELSE 0 END) AS in_codelist_2, max(CASE WHEN u.n = 3 THEN 1 ELSE 0 END) AS in_codelist_3, max(CASE WHEN u.n = 4 THEN 1 ELSE 0 END) AS in_codelist_4, max(CASE WHEN u.n = 5 THEN 1 ELSE 0 END) AS in_codelist_5, max(CASE WHEN u.n = 6 THEN 1 ELSE 0 END) AS in_codelist_6, max(CASE WHEN u.n = 7 THEN 1 ELSE 0 END) AS in_codelist_7, max(CASE WHEN u.n = 8 THEN 1 ELSE 0 END) AS in_codelist_8, max(CASE WHEN u.n = 9 THEN 1 ELSE 0 END) AS in_codelist_9 FROM (SELECT l.code, 1 AS n FROM codelist_1 l UNION ALL SELECT l.code, 2 AS n FROM codelist_2 l UNION ALL SELECT l.code, 3 AS n FROM codelist_3 l UNION ALL SELECT l.code, 4 AS n FROM codelist_4 l UNION ALL SELECT l.code, 5 AS n FROM codelist_5 l UNION ALL SELECT l.code, 6 AS n FROM codelist_6 l UNION ALL SELECT l.code, 7 AS n FROM codelist_7 l UNION ALL SELECT l.code, 8 AS n FROM codelist_8 l UNION ALL SELECT l.code, 9 AS n FROM codelist_9 l) u GROUP BY u.code),
counted AS NOT MATERIALIZED (SELECT t.patient_id, CASE WHEN c.in_codelist_7 = 1 THEN 1 ELSE 0 END AS m_s10, CASE WHEN c.in_codelist_8 = 1 THEN 1 ELSE 0 END AS m_s11, CASE WHEN c.in_codelist_9 = 1 THEN 1 ELSE 0 END AS m_s12, CASE WHEN c.in_codelist_1 = 1 THEN 1 ELSE 0 END + CASE WHEN c.in_codelist_2 = 1 THEN 2 ELSE 0 END + CASE WHEN c.in_codelist_3 = 1 THEN 4 ELSE 0 END + CASE WHEN c.in_codelist_4 = 1 THEN 8 ELSE 0 END + CASE WHEN c.in_codelist_5 = 1 THEN 16 ELSE 0 END + CASE WHEN c.in_codelist_6 = 1 THEN 32 ELSE 0 END AS bits FROM (SELECT e."Patient_ID" AS "patient_id", e."ConceptID" AS "code", e."ConsultationDate" AS "recorded_at" FROM "CodedEvent_SNOMED" e) t JOIN codes c ON c.code = t."code" WHERE CAST(t."recorded_at" AS DATE) >= DATE '2020-01-01' AND CAST(t."recorded_at" AS DATE) <= DATE '2020-01-31'),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted)
SELECT g.patient_id, CASE WHEN (g.bits & 1) <> 0 THEN 1 END AS s4_value, CASE WHEN (g.bits & 2) <> 0 THEN 1 END AS s5_value, CASE WHEN (g.bits & 4) <> 0 THEN 1 END AS s6_value, CASE WHEN (g.bits & 8) <> 0 THEN 1 END AS s7_value, CASE WHEN (g.bits & 16) <> 0 THEN 1 END AS s8_value, CASE WHEN (g.bits & 32) <> 0 THEN 1 END AS s9_value, g.s10 AS s10_value, g.s11 AS s11_value, g.s12 AS s12_value FROM (SELECT r.patient_id, bit_or(r.bits) AS bits, count(*) FILTER (WHERE r.m_s10 = 1) AS s10, count(*) FILTER (WHERE r.m_s11 = 1) AS s11, count(*) FILTER (WHERE r.m_s12 = 1) AS s12 FROM spread_rows r GROUP BY r.patient_id) g;

CREATE TEMP TABLE part_3 AS
WITH counted AS NOT MATERIALIZED (SELECT t.patient_id FROM (SELECT d."Patient_ID" AS "patient_id", d."dod" AS "died_on" FROM "ONS_Deaths" d) t WHERE CAST(t."died_on" AS DATE) <= DATE '2020-01-01'),
spread_rows AS NOT MATERIALIZED (SELECT * FROM counted)
SELECT g.patient_id, g.s14 AS s14_value FROM (SELECT r.patient_id, max(1) AS s14 FROM spread_rows r GROUP BY r.patient_id) g;

-- the cohort at 2020-01-01
WITH step_0 AS NOT MATERIALIZED (SELECT p.*, s1_value, s2_value, s3_value, s13_value, s4_value, s5_value, s6_value, s7_value, s8_value, s9_value, s10_value, s11_value, s12_value, s14_value FROM (SELECT t."Patient_ID" AS "patient_id", t."Sex" AS "sex", t."DateOfBirth" AS "born_on" FROM "Patient" t) p LEFT JOIN (SELECT x.patient_id, x.s1_value, x.s2_value, x.s3_value, x.s13_value FROM part_1 x) part_1 ON part_1.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s4_value, x.s5_value, x.s6_value, x.s7_value, x.s8_value, x.s9_value, x.s10_value, x.s11_value, x.s12_value FROM part_2 x) part_2 ON part_2.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s14_value FROM part_3 x) part_3 ON part_3.patient_id = p.patient_id),
step_1 AS NOT MATERIALIZED (SELECT b.*, coalesce(b.sex, '') AS c1, coalesce((year(DATE '2020-01-01') - year(b.born_on) - CASE WHEN (month(b.born_on) * 100 + day(b.born_on)) > CASE WHEN month(DATE '2020-01-01') = 2 AND DATE '2020-01-01' = last_day(DATE '2020-01-01') THEN 229 ELSE (month(DATE '2020-01-01') * 100 + day(DATE '2020-01-01')) END THEN 1 ELSE 0 END), CAST(0 AS BIGINT)) AS c2, coalesce(b.s1_value, '') AS c4, coalesce(b.s2_value, '') AS c5, coalesce(b.s3_value, CAST(0 AS BIGINT)) AS c6, coalesce(b.s4_value, CAST(0 AS BIGINT)) AS c7, coalesce(b.s5_value, CAST(0 AS BIGINT)) AS c8, coalesce(b.s6_value, CAST(0 AS BIGINT)) AS c9, coalesce(b.s7_value, CAST(0 AS BIGINT)) AS c10, coalesce(b.s8_value, CAST(0 AS BIGINT)) AS c11, coalesce(b.s9_value, CAST(0 AS BIGINT)) AS c12, coalesce(b.s10_value, CAST(0 AS BIGINT)) AS c13, coalesce(b.s11_value, CAST(0 AS BIGINT)) AS c14, coalesce(b.s12_value, CAST(0 AS BIGINT)) AS c15, coalesce(b.s13_value, CAST(0 AS BIGINT)) AS c16, coalesce(b.s14_value, CAST(0 AS BIGINT)) AS c17 FROM step_0 b),
step_2 AS NOT MATERIALIZED (SELECT b.*, coalesce(CASE WHEN (b.c2 < CAST(18 AS BIGINT)) THEN '0-17' WHEN ((b.c2 >= CAST(18 AS BIGINT)) AND (b.c2 < CAST(40 AS BIGINT))) THEN '18-39' WHEN ((b.c2 >= CAST(40 AS BIGINT)) AND (b.c2 < CAST(60 AS BIGINT))) THEN '40-59' WHEN ((b.c2 >= CAST(60 AS BIGINT)) AND (b.c2 < CAST(80 AS BIGINT))) THEN '60-79' WHEN (b.c2 >= CAST(80 AS BIGINT)) THEN '80+' ELSE 'unknown' END, '') AS c3, coalesce(CASE WHEN ((b.c16 <> CAST(0 AS BIGINT)) AND (NOT (b.c17 <> CAST(0 AS BIGINT)))) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, CAST(0 AS BIGINT)) AS c18 FROM step_1 b),
cohort AS NOT MATERIALIZED (SELECT * FROM step_2)
SELECT CAST(c.patient_id AS BIGINT) AS patient_id, CAST(c.c1 AS VARCHAR) AS "sex", CAST(c.c2 AS BIGINT) AS "age", CAST(c.c3 AS VARCHAR) AS "age_band", CAST(c.c4 AS VARCHAR) AS "stp", CAST(c.c5 AS VARCHAR) AS "region", CAST(c.c6 AS BIGINT) AS "practice", CAST(c.c7 AS UTINYINT) AS "deep_vein_thrombosis", CAST(c.c8 AS UTINYINT) AS "pulmonary_embolism", CAST(c.c9 AS UTINYINT) AS "stroke", CAST(c.c10 AS UTINYINT) AS "myocardial_infarction", CAST(c.c11 AS UTINYINT) AS "heart_failure", CAST(c.c12 AS UTINYINT) AS "acute_kidney_injury", CAST(c.c13 AS BIGINT) AS "type_2_diabetes", CAST(c.c14 AS BIGINT) AS "asthma", CAST(c.c15 AS BIGINT) AS "depression"
FROM cohort c
WHERE c.c18 = 1 AND c.patient_id IN (SELECT t."Patient_ID" AS "patient_id" FROM "AllowedPatientsWithTypeOneDissent" t)
ORDER BY c.patient_id;

