/** The title of the commit and of its pull request. */
export const TITLE = "Add the factory";

/** @param by which Millwright, as `OWNER/NAME@REF` */
export function messageOf(by: string): string {
  return `${TITLE}\n\nWritten by millwright init (${by}). \`millwright uninstall\` takes it away again.\n`;
}
