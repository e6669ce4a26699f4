/** The gatherers that ship, by the names that a loop file uses. */
export const GATHERER_NAMES = [
  "automation",
  "documentation",
  "feedback",
  "performance",
  "plan",
  "product",
] as const;
export type GathererName = (typeof GATHERER_NAMES)[number];
