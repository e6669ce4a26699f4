/** Hours of one day, as minutes since midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** Whether a shop with these hours is open at a minute of the day. */
export function isOpen(hours: Hours, minute: number): boolean {
  return hours.from <= minute && minute < hours.to;
}
