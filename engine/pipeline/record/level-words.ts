/** What the two security levels mean, as the jobs site explains them. */
import type { SecurityLevel } from "../project/project.ts";

export const levelWords: Readonly<Record<SecurityLevel, string>> = {
  highly_sensitive:
    "Can never be viewed by researchers; they can only ask for code to be run against it.",
  moderately_sensitive:
    "Can be viewed by an approved researcher inside a highly secure environment; only this can be requested for release through output review.",
  minimally_sensitive: "Checked as moderately sensitive files are; meant for release.",
};
