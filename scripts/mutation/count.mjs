/** Results of the mutants in a Stryker report, per room. A room is a folder of the first two levels below `src/`. */
export function countRooms(files) {
  const rooms = new Map();
  for (const [path, { mutants }] of Object.entries(files)) {
    const room = roomOf(path);
    rooms.set(room, [...(rooms.get(room) ?? []), ...mutants]);
  }
  return [...rooms]
    .map(([room, mutants]) => ({ room, ...tally(mutants) }))
    .sort((left, right) => (left.room < right.room ? -1 : 1));
}

function roomOf(path) {
  const [, part, folder, rest] = path.split("/");
  return rest === undefined ? part : `${part}/${folder}`;
}

function tally(mutants) {
  const are = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const statics = mutants.filter(isStatic).length;
  return {
    killed: are("Killed", "RuntimeError"),
    survived: are("Survived"),
    timeout: are("Timeout"),
    noCoverage: are("NoCoverage"),
    refused: are("CompileError"),
    static: statics,
    ignored: are("Ignored") - statics,
  };
}

function isStatic({ status, statusReason }) {
  return status === "Ignored" && (statusReason ?? "").startsWith("Static mutant");
}

const FIELDS = ["killed", "survived", "timeout", "noCoverage", "refused", "static", "ignored"];

/** The sum of some rooms; an older count does not tell what the compiler refused. */
export function sumOf(rooms) {
  return Object.fromEntries(
    FIELDS.map((field) => [field, rooms.reduce((sum, room) => sum + (room[field] ?? 0), 0)]),
  );
}

/**
 * Share of noticed mutants in %, with one decimal; those that no test reaches count as unnoticed, those that the compiler refuses
 * do not count. Undefined for none.
 */
export function scoreOf({ killed, survived, timeout, noCoverage }) {
  const judged = killed + survived + timeout + noCoverage;
  // Rounded down: 89.96 is not 90.
  return judged === 0 ? undefined : Math.floor(((killed + timeout) / judged) * 1_000) / 10;
}

/**
 * Confidence interval of the score of all mutants, 19 times of 20, if only a sample was judged (Wilson 1927). Mutants of
 * neighboring lines are alike, so the true interval is somewhat wider.
 */
export function intervalOf({ killed, survived, timeout, noCoverage }) {
  const judged = killed + survived + timeout + noCoverage;
  if (judged === 0) return undefined;
  const [share, z] = [(killed + timeout) / judged, 1.96];
  const middle = share + z ** 2 / (2 * judged);
  const reach = z * Math.sqrt((share * (1 - share)) / judged + z ** 2 / (4 * judged ** 2));
  return [middle - reach, middle + reach].map(
    (each) => Math.round((each / (1 + z ** 2 / judged)) * 1_000) / 10,
  );
}

/** One line for each mutant that no test noticed. */
export function survivorsIn(files) {
  return Object.entries(files).flatMap(([path, { mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, mutatorName, replacement, status }) => ({
        line: location.start.line,
        text: `${path}:${location.start.line}:${location.start.column} ${mutatorName}${
          status === "NoCoverage" ? " (no test reaches it)" : ""
        }: ${(replacement ?? "").replaceAll(/\s+/g, " ").slice(0, 80)}`,
      }))
      .sort((left, right) => left.line - right.line)
      .map(({ text }) => text),
  );
}
