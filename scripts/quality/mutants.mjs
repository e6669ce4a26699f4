// The last counts of `npm run mutation`, in the form of the audit's mutation report.
export const MUTANTS = "docs/reference/mutation.json";

/** A room is a folder; of a sample only the mutants of some lines were judged, which the source says. */
export function mutantsIn(text) {
  if (text === undefined) return undefined;
  const { rooms } = JSON.parse(text);
  const samples = [...new Set(rooms.flatMap(({ sample }) => sample ?? []))].sort(
    (left, right) => left - right,
  );
  const said = samples.length === 0 ? "" : `; of some rooms ${samples.join(" or ")} % of the lines`;
  return {
    source: `npm run mutation, in ${MUTANTS}${said}`,
    files: rooms.map(({ room, killed, timeout, survived, noCoverage }) => ({
      path: `src/${room}/`,
      noticed: killed + timeout,
      judged: killed + timeout + survived + noCoverage,
    })),
  };
}
