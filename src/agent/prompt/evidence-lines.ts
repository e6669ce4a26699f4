import { type NoticedBy, rangeOf } from "../../domain/evidence/noticed.ts";
import { lengthOf } from "../../domain/evidence/summed.ts";
import type { CriterionProof, Evidence, Noticed, TestComparison } from "../../domain/evidence.ts";

/** The most names of tests shown for one list. */
const NAMES = 40;

/** Characters of a failed check's output for a reviewer. */
const TAIL = 1_500;

export function lineOf(piece: Evidence): string {
  switch (piece.kind) {
    case "check": {
      const tail = piece.status === "passed" ? "" : `\n${piece.tail.slice(-TAIL)}`;
      const note = piece.note === undefined ? "" : `; ${piece.note}`;
      return `check ${piece.name} on ${piece.on}: ${piece.status}, exit code ${piece.exitCode}${note}${tail}`;
    }
    case "test-comparison":
      return [
        `tests (${piece.source}): ${lengthOf(piece, "passToPass")} pass on both`,
        listOf("failed before, pass now", piece, "failToPass"),
        listOf("passed before, fail now", piece, "passToFail"),
        listOf("failed before and now", piece, "failToFail"),
        ...sometimes(piece),
      ].join("\n");
    case "criterion":
      return linesOfCriterion(piece);
    case "coverage": {
      const covered = piece.files.reduce((sum, file) => sum + file.covered, 0);
      const total = piece.files.reduce((sum, file) => sum + file.total, 0);
      return `coverage: ${covered} of ${total} lines in ${piece.files.length} files (${piece.source})`;
    }
    case "ratchet": {
      const found = piece.findings.map(
        ({ path, line, rule, before, after }) =>
          `${path}:${line} ${rule}, before ${JSON.stringify(before)}, now ${JSON.stringify(after)}`,
      );
      return namesOf("what the change takes away from tests, read from their syntax", found);
    }
    case "noticed":
      return linesOfNoticed(piece);
    case "dependencies":
      return namesOf(
        "packages added by the lockfile a person approved",
        piece.added.map(({ name, version }) => `${name} ${version}`),
      );
  }
}

/** The naming for a criterion, and its observed results. The reviewer says whether it asserts the criterion. */
function linesOfCriterion(proof: CriterionProof): string {
  const { criterion, as, status, reasons } = proof;
  const why = reasons.map(({ code, about }) => (about === undefined ? code : `${code} (${about})`));
  const head = `criterion ${criterion} (${as}): ${[status, ...why].join("; ")}`;
  const tests = proof.tests.map(({ name, base, change, file, inChange, alsoFor }) => {
    const place = file === undefined ? "" : ` in ${file}${inChange === true ? " (changed)" : ""}`;
    const others = alsoFor === undefined ? "" : `; named for ${alsoFor.join(", ")}, too`;
    return `  test ${name}${place}: ${base} on the base, ${change} on the change${others}`;
  });
  const named = [
    ...(proof.symbols ?? []).map((symbol) => `  name ${symbol}`),
    ...(proof.checks ?? []).map((check) => `  check ${check}`),
  ];
  return [head, ...tests, ...named].join("\n");
}

/** Unnoticed parts of the source. The reviewer says what they are for. */
function linesOfNoticed({ lines, hunks, more }: Noticed): string {
  const those = (noticed: NoticedBy) => hunks.filter((hunk) => hunk.noticed === noticed);
  const open = those("by-compiler").flatMap(({ path, pieces }) =>
    (pieces?.tried ?? [])
      .filter(({ noticed }) => noticed === "unnoticed")
      .map((piece) => rangeOf({ ...piece, path })),
  );
  const untried = those("untried").map((hunk) => `${rangeOf(hunk)} ${hunk.because ?? ""}`.trim());
  return [
    `changed source lines: ${lines.changed}; taken back one part at a time, named tests notice ${lines.byTests}, the compiler ${lines.byCompiler}, nobody ${lines.unnoticed}; not tried ${lines.untried}`,
    namesOf("parts that no named test notices", those("unnoticed").map(rangeOf)),
    ...(open.length === 0
      ? []
      : [
          namesOf(
            "statements in parts that do not build without, which no named test notices",
            open,
          ),
        ]),
    ...(untried.length === 0 ? [] : [namesOf("parts not tried", untried, untried.length + more)]),
  ].join("\n");
}

/** Lists that most comparisons lack; an absent one is not mentioned. */
function sometimes(piece: TestComparison): readonly string[] {
  const lists = [
    ["new, never seen failing", "new"],
    ["new and failing", "newFailing"],
    ["gone", "gone"],
    ["taken out of a test file by the change", "removed"],
    ["named differently in each run", "unstable"],
    ["asserted something else before", "altered"],
    ["failed on the base only once of two runs", "flaky"],
  ] as const;
  return lists.flatMap(([title, key]) =>
    piece[key] === undefined ? [] : [listOf(title, piece, key)],
  );
}

type ListOfTests =
  | "failToPass"
  | "passToFail"
  | "failToFail"
  | "new"
  | "newFailing"
  | "gone"
  | "removed"
  | "unstable"
  | "altered"
  | "flaky";

/** A list that may have been summed up, so that more may be left out than it contains. */
function listOf(title: string, piece: TestComparison, key: ListOfTests): string {
  return namesOf(title, piece[key] ?? [], lengthOf(piece, key));
}

function namesOf(title: string, names: readonly string[], count = names.length): string {
  const shown = names.slice(0, NAMES);
  const more = count > shown.length ? [`… ${count - shown.length} more`] : [];
  return `${title}: ${[...shown, ...more].join("; ") || "none"}`;
}
