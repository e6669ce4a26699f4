import type { Zone } from "./zones.ts";

const HEAVIEST_KILOGRAMS = 30;

export type Quote = { readonly cents: number } | { readonly error: string };

/** The price of a parcel in whole cents: the zone's base price covers the first half kilogram. */
export function quote(zone: Zone, kilograms: number): Quote {
  if (Number.isNaN(kilograms)) {
    return { error: "kilograms: expected a number, like 2.5" };
  }
  if (kilograms > HEAVIEST_KILOGRAMS) {
    return { error: `kilograms: at most ${HEAVIEST_KILOGRAMS}` };
  }
  const extraSteps = Math.max(0, Math.ceil(kilograms / 0.5) - 1);
  return { cents: zone.baseCents + extraSteps * zone.perHalfKilogramCents };
}
