/** How it is known that GitHub behaves as a fact says. Ordered from the firmest to the loosest. */
export const CONFIRMATIONS = [
  "conformance run",
  "source",
  "documentation",
  "reported",
  "unknown",
] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Section and place in it. A number is given once: a fact that turns out wrong keeps it, and says so. */
export type FactNumber = `${number}.${number}`;

/** One thing that GitHub does and that this project leans on. */
export interface Fact {
  /** In our own words, one sentence or two. */
  readonly says: string;
  readonly by: Confirmation;
  /** Where it was read; empty where nobody wrote it down. */
  readonly from: readonly string[];
}
export type Facts = Readonly<Record<FactNumber, Fact>>;
