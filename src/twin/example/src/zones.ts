/** A price zone: a base price, and a price for every started half kilogram above the first. */
export interface Zone {
  readonly name: string;
  readonly countries: readonly string[];
  readonly baseCents: number;
  readonly perHalfKilogramCents: number;
}

export const ZONES: readonly Zone[] = [
  { name: "domestic", countries: ["DK"], baseCents: 490, perHalfKilogramCents: 60 },
  {
    name: "nordic",
    countries: ["FI", "IS", "NO", "SE"],
    baseCents: 740,
    perHalfKilogramCents: 100,
  },
  {
    name: "europe",
    countries: ["AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "PT"],
    baseCents: 1190,
    perHalfKilogramCents: 140,
  },
  {
    name: "world",
    countries: ["AU", "BR", "CA", "IN", "JP", "US"],
    baseCents: 2490,
    perHalfKilogramCents: 420,
  },
];

/** The zone of an ISO 3166 country code in any case, or undefined when nobody delivers there. */
export function zoneOf(country: string): Zone | undefined {
  const code = country.trim().toUpperCase();
  return ZONES.find(({ countries }) => countries.includes(code));
}
