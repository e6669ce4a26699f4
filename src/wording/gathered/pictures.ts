/** Where people find the picture of a page. */
export function sayPicture(
  file: string,
  kept: { readonly artifact: string; readonly run: string } | undefined,
): string {
  return kept === undefined
    ? `${file}, which nobody kept`
    : `${file} in the artifact ${kept.artifact} of ${kept.run}`;
}
