/** Codes of practices, and of areas smaller than a region, as England, Wales, Scotland and Northern Ireland write them. */

/** Countries, regions, and what stands for no area at all. */
const WIDE = /^(?:[EWNS]92|E12|K0\d|[ELMNSW]99)/;
/** Of the Office for National Statistics: `E54000005` is an STP, `E01012345` an LSOA. */
const AREA = /^[EJKLMNSW]\d{8}$/;
/** Of the NHS: `A81001` is a practice. */
const PRACTICE = /^[A-HJ-NPV-Y]\d{5}$/;

export function isAreaCode(text: string): boolean {
  const code = text.trim();
  return (AREA.test(code) && !WIDE.test(code)) || PRACTICE.test(code);
}
