import type { ObjectId } from "../digest.ts";

/** An issue that the factory opened for an alert, found again by its last line. */
export interface IncidentIssue {
  readonly number: number;
  readonly state: "open" | "closed";
  /** Last line of the body. */
  readonly marker: string;
  /** A person closed it as not planned, or as a duplicate, so it stays closed however often it is seen. */
  readonly dismissed: boolean;
  readonly labels: readonly string[];
}

/** The newest merge in a release that changed a place of a stack. */
export interface Suspect {
  readonly commit: ObjectId;
  /** First line of its message. */
  readonly title: string;
  readonly file: string;
  readonly line?: number;
  /** Whether it added that very line; absent if GitHub shows no patch, or the stack no line. */
  readonly brought?: boolean;
}
