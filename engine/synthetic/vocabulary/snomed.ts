/** SNOMED CT concepts of general practice, common ones by their real numbers, and rare ones. */
import { withCheckDigit } from "./check-digit.ts";
import { codeEntries, rareCodes } from "./code-entry.ts";
import type { CodeEntry } from "./code-entry.ts";

const common = codeEntries(`
271649006 60 132 16 0.6    # systolic blood pressure
271650006 60 78 10 0.6     # diastolic blood pressure
27113001  30 78 17 0.95    # body weight
60621009  25 27.5 5.4 0.95 # body mass index
50373000  12 168 10 1      # height
78564009  12 74 11 0.4     # heart rate
1000731000000107 25 82 24 0.7 # serum creatinine
1000661000000107 25 140 3 0.3 # serum sodium
1000651000000109 25 4.3 0.4 0.3 # serum potassium
1022431000000105 20 135 15 0.7 # haemoglobin
1005671000000105 14 5.0 1.1 0.7 # serum cholesterol
999791000000106 16 44 13 0.8 # HbA1c
1020291000000106 12 74 18 0.7 # glomerular filtration rate
1001371000000100 6 4.9 2.0 0.4 # C reactive protein
77176002  18 # smoker
8517006   14 # ex-smoker
266919005 22 # never smoked
185317003 40 # telephone encounter
185349003 30 # encounter for check up
308335008 25 # patient encounter procedure
1068881000000101 9 # medication review
38341003  8  # hypertension
195967001 8  # asthma
44054006  6  # type 2 diabetes
46635009  1  # type 1 diabetes
13645005  3  # chronic obstructive lung disease
35489007  6  # depression
48694002  7  # anxiety
49436004  2  # atrial fibrillation
84114007  2  # heart failure
22298006  1.5 # myocardial infarction
230690007 1.5 # stroke
709044004 2.5 # chronic kidney disease
396275006 4  # osteoarthritis
69896004  1  # rheumatoid arthritis
363406005 0.6 # colon cancer
254837009 1  # breast cancer
399068003 0.8 # prostate cancer
52448006  0.8 # dementia
84757009  0.8 # epilepsy
40930008  3  # hypothyroidism
43116000  4  # eczema
9014002   1.5 # psoriasis
68566005  5  # urinary tract infection
54150009  6  # upper respiratory infection
54398005  5  # acute upper respiratory infection
50417007  3  # lower respiratory infection
49727002  6  # cough
25064002  5  # headache
161891005 5  # backache
21522001  4  # abdominal pain
267036007 4  # breathlessness
84229001  4  # fatigue
386661006 3  # fever
133906008 0.5 # postpartum care
77386006  0.8 # pregnant
414916001 2  # obesity
733870009 0.6 # learning disability
58214004  0.4 # schizophrenia
13746004  0.4 # bipolar disorder
`);

const stems = Array.from({ length: 340 }, (_, i) =>
  withCheckDigit(String(10_007_300 + i * 131_071) + "0"),
);

export const snomedCodes: readonly CodeEntry[] = [...common, ...rareCodes(stems, 60)];
