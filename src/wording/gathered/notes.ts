/** Why a gatherer sees less than it could. */
const NOTES = {
  shallow:
    "there is no history here (a shallow clone, or a folder without git): what the repository once had is not known, and much stays undecided",
  "no-browser":
    "no browser was found: install chromium, or name one in the variable CHROME; none is downloaded",
  "not-seen": "the browser came back with nothing; what it and the application printed:",
  blocked: "the application asks for a host beyond this machine, which was not reached:",
  "no-measures": "say in a file what to measure: --with FILE, with sizes or probes",
  "no-runs": "the commit has no file of runs yet; --output FOLDER writes one to commit",
  "no-files": "no file matches, after setup",
  "not-numbers": "expected numbers, one on a line; found",
  "no-history": "without --history only the workflows are looked at, not what the factory did",
  "no-pages": "say in a file what to look at: --with FILE, with start, url and pages",
} as const;

export function noteText(note: keyof typeof NOTES): string {
  return NOTES[note];
}
