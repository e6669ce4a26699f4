/** Cents for a parcel of this weight in kilograms. */
export function price(kilograms) {
  return 400 * kilograms;
}
