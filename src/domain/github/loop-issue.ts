/** An issue of the factory under the label of loops, found again by its last line. */
export interface LoopIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  /** Last line of the body. */
  readonly marker: string;
  /** A person closed it as not planned, or as a duplicate, so it stays closed however often it is found. */
  readonly dismissed: boolean;
  readonly labels: readonly string[];
}
