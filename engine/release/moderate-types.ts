/** The types of files that researchers may see. */

/** Types that can be moderately sensitive. Case counts. */
export const moderateTypes = [
  ".csv",
  ".jpg",
  ".jpeg",
  ".png",
  ".svg",
  ".svgz",
  ".html",
  ".txt",
  ".log",
  ".json",
  ".md",
] as const;

/** The extension with its point, "" without one: `.csv` of `output/x.csv`, "" of `output/.csv`. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const point = name.lastIndexOf(".");
  return point <= 0 ? "" : name.slice(point);
}
