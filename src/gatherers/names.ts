/** The gatherers that ship, by the names that a loop file uses. */
export const GATHERER_NAMES = ["documentation", "product", "performance"] as const;
export type GathererName = (typeof GATHERER_NAMES)[number];
