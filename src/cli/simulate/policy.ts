/**
 * What comes of a change that stands when the head is another one than it was built on. `anew`: another attempt, as the factory
 * does; `rebuilt`: it is put on the new head where it still applies, and examined again; `applied`: it is merged where it still
 * applies, which nobody has examined.
 */
export const MOVED_BASES = ["anew", "rebuilt", "applied"] as const;
export type MovedBase = (typeof MOVED_BASES)[number];

export interface Policy {
  readonly isFlat: boolean;
  readonly slots: number;
  readonly usdPerDay: number;
  readonly movedBase: MovedBase;
}
