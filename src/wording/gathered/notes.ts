/** Why a gatherer sees less than it could. */
const NOTES = {
  shallow:
    "the clone is shallow: what the repository once had is not known, and much stays undecided; git fetch --unshallow brings the rest",
} as const;

export function openingText(note: keyof typeof NOTES): string {
  return NOTES[note];
}
