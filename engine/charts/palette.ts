/**
 * Colours by name, for white paper and for dark screens. Lines are told apart by colour-blind people too: the
 * colours differ in lightness as well, and each has a style of line of its own. All have a contrast of 4.5 at least.
 */

export const lightColours: Readonly<Record<string, string>> = {
  "chart-ink": "#1d2127",
  "chart-soft": "#5a626d",
  "chart-grid": "#dfe2e7",
  "chart-back": "#ffffff",
  "line-0": "#0058a3",
  "line-1": "#b94700",
  "line-2": "#00755e",
  "line-3": "#8f2d7b",
  "line-4": "#7d5c00",
  "line-5": "#3d3d9e",
  "line-6": "#b3122d",
  "line-7": "#3f6b1c",
  "line-8": "#4a4f57",
};

export const darkColours: Readonly<Record<string, string>> = {
  "chart-ink": "#e8eaed",
  "chart-soft": "#a4acb8",
  "chart-grid": "#343b45",
  "chart-back": "#15181d",
  "line-0": "#6cb4f7",
  "line-1": "#ff9d5c",
  "line-2": "#46d0ac",
  "line-3": "#eb8fd6",
  "line-4": "#e3bd55",
  "line-5": "#a9a7ff",
  "line-6": "#ff8792",
  "line-7": "#a3d475",
  "line-8": "#c3c9d2",
};

const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "2 2 6 2", "1 3", "6 2 2 2 2 2"];

/** So many lines can be told apart in one picture. */
export const MOST_LINES = DASHES.length;

export interface LineStyle {
  readonly stroke: string;
  /** None for a line without gaps. */
  readonly strokeDasharray?: string;
}

export function lineStyle(at: number): LineStyle {
  const place = at % MOST_LINES;
  const dashes = DASHES[place] ?? "";
  return {
    stroke: named(`line-${place}`),
    ...(dashes === "" ? {} : { strokeDasharray: dashes }),
  };
}

/** A colour as what is drawn names it: a page gives it by a custom property. */
export function named(name: string): string {
  return `var(--${name})`;
}

/** For a picture that stands alone. */
export function onPaper(attribute: string): string {
  return attribute.replace(/^var\(--([a-z0-9-]+)\)$/, (all, name: string) => {
    return lightColours[name] ?? all;
  });
}

/** For a picture in a page, whose stylesheet has the colours. */
export function inPage(attribute: string): string {
  return attribute;
}

/** The custom properties, light and dark. */
export const chartColours = `:root{${properties(lightColours)}}
@media (prefers-color-scheme:dark){:root{${properties(darkColours)}}}
@media print{:root{${properties(lightColours)}}}
`;

function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}
