-- study_definition
-- 3 codes
CREATE TABLE #codelist_1 (code varchar(15) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_1
SELECT * FROM (VALUES ('128053003' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('132281000119108' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('404223003' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 2 codes
CREATE TABLE #codelist_2 (code varchar(9) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_2
SELECT * FROM (VALUES ('233935004' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('59282003' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 3 codes
CREATE TABLE #codelist_3 (code varchar(9) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_3
SELECT * FROM (VALUES ('230690007' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('274100004' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('422504002' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 4 codes
CREATE TABLE #codelist_4 (code varchar(9) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_4
SELECT * FROM (VALUES ('22298006' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('401303003' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('401314000' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('57054005' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 3 codes
CREATE TABLE #codelist_5 (code varchar(8) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_5
SELECT * FROM (VALUES ('42343007' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('84114007' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('85232009' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 1 code
CREATE TABLE #codelist_6 (code varchar(8) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_6
SELECT * FROM (VALUES ('14669001' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 1 code
CREATE TABLE #codelist_7 (code varchar(8) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_7
SELECT * FROM (VALUES ('44054006' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 2 codes
CREATE TABLE #codelist_8 (code varchar(9) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_8
SELECT * FROM (VALUES ('195967001' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('708090002' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

-- 3 codes
CREATE TABLE #codelist_9 (code varchar(9) COLLATE Latin1_General_BIN, category varchar(1) COLLATE Latin1_General_BIN);
INSERT INTO #codelist_9
SELECT * FROM (VALUES ('310495003' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('35489007' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN), ('370143000' COLLATE Latin1_General_BIN, '' COLLATE Latin1_General_BIN)) AS v(code, category);

WITH counted AS (SELECT t.patient_id, t.[stp_code] AS [stp_code], t.[starts_at] AS [starts_at], t.[ends_at] AS [ends_at], t.[registration_id] AS [registration_id], t.[region] AS [region], t.[known_practice_id] AS [known_practice_id], CASE WHEN t.[known_practice_id] IS NOT NULL THEN 1 ELSE 0 END AS m_s13 FROM (SELECT r.[Patient_ID] AS [patient_id], o.[STPCode] COLLATE Latin1_General_BIN AS [stp_code], r.[StartDate] AS [starts_at], r.[EndDate] AS [ends_at], r.[Registration_ID] AS [registration_id], o.[Region] COLLATE Latin1_General_BIN AS [region], o.[Organisation_ID] AS [known_practice_id] FROM [RegistrationHistory] r LEFT JOIN [Organisation] o ON r.[Organisation_ID] = o.[Organisation_ID]) t WHERE t.[starts_at] <= CAST('2020-01-01' AS date) AND t.[ends_at] > CAST('2020-01-01' AS date)),
spread_rows AS (SELECT * FROM counted),
answer AS (SELECT g.patient_id, g.s1__stp_code AS s1_value, g.s1__region AS s2_value, g.s1__known_practice_id AS s3_value, g.s13 AS s13_value FROM (SELECT r.patient_id, max(CASE WHEN r.n_s1 = 1 THEN 1 END) AS s1__there, MAX(CASE WHEN r.n_s1 = 1 THEN r.[stp_code] END) AS s1__stp_code, MAX(CASE WHEN r.n_s1 = 1 THEN r.[region] END) AS s1__region, MAX(CASE WHEN r.n_s1 = 1 THEN r.[known_practice_id] END) AS s1__known_practice_id, max(CASE WHEN r.m_s13 = 1 THEN 1 END) AS s13 FROM (SELECT r.*, row_number() OVER (PARTITION BY r.patient_id ORDER BY r.[starts_at] DESC, r.[ends_at] DESC, r.[registration_id] ASC) AS n_s1 FROM spread_rows r) r GROUP BY r.patient_id) g)
SELECT answer.* INTO #part_1 FROM answer CROSS JOIN (VALUES (1)) AS once(n);

WITH codes AS (SELECT u.code, max(CASE WHEN u.n = 1 THEN 1 ELSE 0 END) AS in_codelist_1, max(CASE WHEN u.n = 2 THEN 1 ELSE 0 END) AS in_codelist_2, max(CASE WHEN u.n = 3 THEN 1 ELSE 0 END) AS in_codelist_3, max(CASE WHEN u.n = 4 THEN 1 ELSE 0 END) AS in_codelist_4, max(CASE WHEN u.n = 5 THEN 1 ELSE 0 END) AS in_codelist_5, max(CASE WHEN u.n = 6 THEN 1 ELSE 0 END) AS in_codelist_6, max(CASE WHEN u.n = 7 THEN 1 ELSE 0 END) AS in_codelist_7, max(CASE WHEN u.n = 8 THEN 1 ELSE 0 END) AS in_codelist_8, max(CASE WHEN u.n = 9 THEN 1 ELSE 0 END) AS in_codelist_9 FROM (SELECT l.code, 1 AS n FROM #codelist_1 l UNION ALL SELECT l.code, 2 AS n FROM #codelist_2 l UNION ALL SELECT l.code, 3 AS n FROM #codelist_3 l UNION ALL SELECT l.code, 4 AS n FROM #codelist_4 l UNION ALL SELECT l.code, 5 AS n FROM #codelist_5 l UNION ALL SELECT l.code, 6 AS n FROM #codelist_6 l UNION ALL SELECT l.code, 7 AS n FROM #codelist_7 l UNION ALL SELECT l.code, 8 AS n FROM #codelist_8 l UNION ALL SELECT l.code, 9 AS n FROM #codelist_9 l) u GROUP BY u.code),
counted AS (SELECT t.patient_id, CASE WHEN c.in_codelist_1 = 1 THEN 1 ELSE 0 END AS m_s4, CASE WHEN c.in_codelist_2 = 1 THEN 1 ELSE 0 END AS m_s5, CASE WHEN c.in_codelist_3 = 1 THEN 1 ELSE 0 END AS m_s6, CASE WHEN c.in_codelist_4 = 1 THEN 1 ELSE 0 END AS m_s7, CASE WHEN c.in_codelist_5 = 1 THEN 1 ELSE 0 END AS m_s8, CASE WHEN c.in_codelist_6 = 1 THEN 1 ELSE 0 END AS m_s9, CASE WHEN c.in_codelist_7 = 1 THEN 1 ELSE 0 END AS m_s10, CASE WHEN c.in_codelist_8 = 1 THEN 1 ELSE 0 END AS m_s11, CASE WHEN c.in_codelist_9 = 1 THEN 1 ELSE 0 END AS m_s12 FROM (SELECT e.[Patient_ID] AS [patient_id], e.[ConceptID] COLLATE Latin1_General_BIN AS [code], e.[ConsultationDate] AS [recorded_at] FROM [CodedEvent_SNOMED] e) t JOIN codes c ON c.code = t.[code] WHERE CAST(t.[recorded_at] AS date) >= CAST('2020-01-01' AS date) AND CAST(t.[recorded_at] AS date) <= CAST('2020-01-31' AS date)),
spread_rows AS (SELECT * FROM counted),
answer AS (SELECT g.patient_id, g.s4 AS s4_value, g.s5 AS s5_value, g.s6 AS s6_value, g.s7 AS s7_value, g.s8 AS s8_value, g.s9 AS s9_value, g.s10 AS s10_value, g.s11 AS s11_value, g.s12 AS s12_value FROM (SELECT r.patient_id, max(CASE WHEN r.m_s4 = 1 THEN 1 END) AS s4, max(CASE WHEN r.m_s5 = 1 THEN 1 END) AS s5, max(CASE WHEN r.m_s6 = 1 THEN 1 END) AS s6, max(CASE WHEN r.m_s7 = 1 THEN 1 END) AS s7, max(CASE WHEN r.m_s8 = 1 THEN 1 END) AS s8, max(CASE WHEN r.m_s9 = 1 THEN 1 END) AS s9, count(CASE WHEN r.m_s10 = 1 THEN 1 END) AS s10, count(CASE WHEN r.m_s11 = 1 THEN 1 END) AS s11, count(CASE WHEN r.m_s12 = 1 THEN 1 END) AS s12 FROM spread_rows r GROUP BY r.patient_id) g)
SELECT answer.* INTO #part_2 FROM answer CROSS JOIN (VALUES (1)) AS once(n);

WITH counted AS (SELECT t.patient_id FROM (SELECT d.[Patient_ID] AS [patient_id], d.[dod] AS [died_on] FROM [ONS_Deaths] d) t WHERE CAST(t.[died_on] AS date) <= CAST('2020-01-01' AS date)),
spread_rows AS (SELECT * FROM counted),
answer AS (SELECT g.patient_id, g.s14 AS s14_value FROM (SELECT r.patient_id, max(1) AS s14 FROM spread_rows r GROUP BY r.patient_id) g)
SELECT answer.* INTO #part_3 FROM answer CROSS JOIN (VALUES (1)) AS once(n);

-- the cohort at 2020-01-01
WITH step_0 AS (SELECT p.*, s1_value, s2_value, s3_value, s13_value, s4_value, s5_value, s6_value, s7_value, s8_value, s9_value, s10_value, s11_value, s12_value, s14_value FROM (SELECT t.[Patient_ID] AS [patient_id], t.[Sex] COLLATE Latin1_General_BIN AS [sex], t.[DateOfBirth] AS [born_on] FROM [Patient] t) p LEFT JOIN (SELECT x.patient_id, x.s1_value, x.s2_value, x.s3_value, x.s13_value FROM #part_1 x) part_1 ON part_1.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s4_value, x.s5_value, x.s6_value, x.s7_value, x.s8_value, x.s9_value, x.s10_value, x.s11_value, x.s12_value FROM #part_2 x) part_2 ON part_2.patient_id = p.patient_id LEFT JOIN (SELECT x.patient_id, x.s14_value FROM #part_3 x) part_3 ON part_3.patient_id = p.patient_id),
step_1 AS (SELECT b.*, coalesce(b.sex, '' COLLATE Latin1_General_BIN) AS c1, coalesce((YEAR(CAST('2020-01-01' AS date)) - YEAR(b.born_on) - CASE WHEN (MONTH(b.born_on) * 100 + DAY(b.born_on)) > CASE WHEN MONTH(CAST('2020-01-01' AS date)) = 2 AND CAST('2020-01-01' AS date) = EOMONTH(CAST('2020-01-01' AS date)) THEN 229 ELSE (MONTH(CAST('2020-01-01' AS date)) * 100 + DAY(CAST('2020-01-01' AS date))) END THEN 1 ELSE 0 END), CAST(0 AS bigint)) AS c2, coalesce(b.s1_value, '' COLLATE Latin1_General_BIN) AS c4, coalesce(b.s2_value, '' COLLATE Latin1_General_BIN) AS c5, coalesce(b.s3_value, CAST(0 AS bigint)) AS c6, coalesce(b.s4_value, CAST(0 AS bigint)) AS c7, coalesce(b.s5_value, CAST(0 AS bigint)) AS c8, coalesce(b.s6_value, CAST(0 AS bigint)) AS c9, coalesce(b.s7_value, CAST(0 AS bigint)) AS c10, coalesce(b.s8_value, CAST(0 AS bigint)) AS c11, coalesce(b.s9_value, CAST(0 AS bigint)) AS c12, coalesce(b.s10_value, CAST(0 AS bigint)) AS c13, coalesce(b.s11_value, CAST(0 AS bigint)) AS c14, coalesce(b.s12_value, CAST(0 AS bigint)) AS c15, coalesce(b.s13_value, CAST(0 AS bigint)) AS c16, coalesce(b.s14_value, CAST(0 AS bigint)) AS c17 FROM step_0 b),
step_2 AS (SELECT b.*, coalesce(CASE WHEN (b.c2 < CAST(18 AS bigint)) THEN '0-17' COLLATE Latin1_General_BIN WHEN ((b.c2 >= CAST(18 AS bigint)) AND (b.c2 < CAST(40 AS bigint))) THEN '18-39' COLLATE Latin1_General_BIN WHEN ((b.c2 >= CAST(40 AS bigint)) AND (b.c2 < CAST(60 AS bigint))) THEN '40-59' COLLATE Latin1_General_BIN WHEN ((b.c2 >= CAST(60 AS bigint)) AND (b.c2 < CAST(80 AS bigint))) THEN '60-79' COLLATE Latin1_General_BIN WHEN (b.c2 >= CAST(80 AS bigint)) THEN '80+' COLLATE Latin1_General_BIN ELSE 'unknown' COLLATE Latin1_General_BIN END, '' COLLATE Latin1_General_BIN) AS c3, coalesce(CASE WHEN ((b.c16 <> CAST(0 AS bigint)) AND (NOT (b.c17 <> CAST(0 AS bigint)))) THEN CAST(1 AS bigint) ELSE CAST(0 AS bigint) END, CAST(0 AS bigint)) AS c18 FROM step_1 b),
cohort AS (SELECT * FROM step_2)
SELECT CAST(c.patient_id AS bigint) AS patient_id, c.c1 AS [sex], CAST(c.c2 AS bigint) AS [age], c.c3 AS [age_band], c.c4 AS [stp], c.c5 AS [region], CAST(c.c6 AS bigint) AS [practice], CAST(c.c7 AS tinyint) AS [deep_vein_thrombosis], CAST(c.c8 AS tinyint) AS [pulmonary_embolism], CAST(c.c9 AS tinyint) AS [stroke], CAST(c.c10 AS tinyint) AS [myocardial_infarction], CAST(c.c11 AS tinyint) AS [heart_failure], CAST(c.c12 AS tinyint) AS [acute_kidney_injury], CAST(c.c13 AS bigint) AS [type_2_diabetes], CAST(c.c14 AS bigint) AS [asthma], CAST(c.c15 AS bigint) AS [depression]
FROM cohort c
WHERE c.c18 = 1 AND c.patient_id IN (SELECT t.[Patient_ID] AS [patient_id] FROM [AllowedPatientsWithTypeOneDissent] t)
ORDER BY c.patient_id;

