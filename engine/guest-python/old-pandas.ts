/**
 * Which pandas the images of Python have. The build has pandas 3, which dropped some of what they have, and does
 * some of it otherwise without a word: `packages/cohortline_guest/old_pandas` makes the known part as it was.
 */

export type OldPandas = 1 | 2;

/** `latest` has always been the first version of an image. Null: nothing older than the build's. */
export function oldPandas(version: string): OldPandas | null {
  if (version === "latest" || version === "v1") return 1;
  return version === "v2" ? 2 : null;
}

/** Why such an action runs in a container where one answers. */
export function whyContainer(like: OldPandas): string {
  return `It ran in a container: the sandbox has pandas 3, and this version has pandas ${like}, which does some things otherwise without a word. --python sandbox runs it there.`;
}

/** What is said of it where none answers. */
export function whyCareful(like: OldPandas): string {
  return `It ran with pandas 3 in place of pandas ${like}: what is known to differ was done as before, the rest may have come out otherwise. --python container has the version's own.`;
}
