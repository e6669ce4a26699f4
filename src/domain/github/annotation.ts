/** GitHub takes so many in one request for a check run. */
export const MOST_ANNOTATIONS = 50;

/** A remark at lines of a file: GitHub shows it beside the diff, as plain text. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}
