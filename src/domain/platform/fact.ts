/** How we know that GitHub behaves as a fact says, from the firmest to the loosest. */
export const CONFIRMATIONS = [
  "conformance run",
  "source",
  "documentation",
  "reported",
  "unknown",
] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Section and place in it. A number is used once: a fact that turns out wrong keeps its number, and says so. */
export type FactNumber = `${number}.${number}`;

/** One behavior of GitHub that this project depends on. */
export interface Fact {
  /** In our own words, one sentence or two. */
  readonly says: string;
  readonly by: Confirmation;
  /** Where it was read; empty if nobody recorded it. */
  readonly from: readonly string[];
}
export type Facts = Readonly<Record<FactNumber, Fact>>;
