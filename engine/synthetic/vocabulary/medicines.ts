/** Medicines that general practice prescribes: dm+d codes, names and how often. */
import { withCheckDigit } from "./check-digit.ts";

export interface Medicine {
  readonly dmd: string;
  readonly name: string;
  readonly form: string;
  readonly strength: string;
  readonly weight: number;
}

const common = `
atorvastatin|tablet|20mg 20mg 40mg 80mg|40
amlodipine|tablet|5mg 10mg|30
ramipril|capsule|2.5mg 5mg 10mg|28
omeprazole|gastro-resistant capsule|20mg 40mg|30
lansoprazole|gastro-resistant capsule|15mg 30mg|25
metformin|tablet|500mg 850mg|20
levothyroxine|tablet|25microgram 50microgram 100microgram|25
bisoprolol|tablet|1.25mg 2.5mg 5mg|20
salbutamol|inhaler|100microgram|22
beclometasone|inhaler|100microgram 200microgram|14
sertraline|tablet|50mg 100mg|16
citalopram|tablet|10mg 20mg|14
mirtazapine|tablet|15mg 30mg|8
amitriptyline|tablet|10mg 25mg|12
paracetamol|tablet|500mg|24
co-codamol|tablet|8mg/500mg 30mg/500mg|14
codeine|tablet|15mg 30mg|8
ibuprofen|tablet|200mg 400mg|8
naproxen|tablet|250mg 500mg|8
morphine|oral solution|10mg/5ml|3
gabapentin|capsule|100mg 300mg|6
aspirin|dispersible tablet|75mg|18
clopidogrel|tablet|75mg|8
apixaban|tablet|2.5mg 5mg|7
warfarin|tablet|1mg 3mg 5mg|5
furosemide|tablet|20mg 40mg|8
losartan|tablet|25mg 50mg 100mg|9
simvastatin|tablet|20mg 40mg|10
gliclazide|tablet|40mg 80mg|6
insulin glargine|injection|100units/ml|2
amoxicillin|capsule|250mg 500mg|14
flucloxacillin|capsule|250mg 500mg|9
doxycycline|capsule|100mg|6
nitrofurantoin|capsule|50mg 100mg|6
prednisolone|tablet|1mg 5mg|8
folic acid|tablet|5mg|6
colecalciferol|capsule|800unit 20000unit|7
ethinylestradiol|tablet|30microgram|7
desogestrel|tablet|75microgram|7
estradiol|patch|50microgram|3
tamsulosin|capsule|400microgram|6
finasteride|tablet|5mg|4
alendronic acid|tablet|70mg|5
allopurinol|tablet|100mg 300mg|4
diazepam|tablet|2mg 5mg|3
zopiclone|tablet|3.75mg 7.5mg|3
hydrocortisone|cream|1%|6
emollient|cream|500g|6
methotrexate|tablet|2.5mg|2
hydroxychloroquine|tablet|200mg|1
`;

const usual = common
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [name = "", form = "", strengths = "", weight = ""] = line.split("|");
    const each = [...new Set(strengths.split(" "))];
    return each.map((strength) => ({ name, form, strength, weight: Number(weight) / each.length }));
  });

const rare = Array.from({ length: 230 }, (_, i) => ({
  name: `medicine ${i + 1}`,
  form: ["tablet", "capsule", "cream", "oral solution"][i % 4] ?? "tablet",
  strength: `${((i % 9) + 1) * 5}mg`,
  weight: 30 / (i + 4),
}));

export const medicines: readonly Medicine[] = [...usual, ...rare].map((medicine, i) => ({
  ...medicine,
  dmd: withCheckDigit(`${3_400_000 + i * 9_991}1100000110`),
}));
