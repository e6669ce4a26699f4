import {
  type ChangeProof,
  type ProvenCheck,
  TEST_LISTS,
  type TestList,
} from "../../domain/evidence/change-proof.ts";
import { counted } from "../figures.ts";
import { WEAKER } from "../pull-request/weaker-tests.ts";

/** One fact of a proof, in plain text: where it is shown decides what is done with names of others. */
export interface ProofLine {
  readonly tone: "good" | "bad" | "doubt" | "plain";
  readonly text: string;
  /** Names that others gave; none where they would tell nothing. */
  readonly names: readonly string[];
  /** How many more there are. */
  readonly more: number;
}

/** How many names of a list are shown. */
const SHOWN = 5;

interface Told {
  readonly tone: ProofLine["tone"];
  readonly one: string;
  readonly many: string;
}

const same = (tone: ProofLine["tone"], text: string): Told => ({ tone, one: text, many: text });

const LISTS: Readonly<Record<TestList, Told>> = {
  failToPass: {
    tone: "good",
    one: "fails without the change and passes with it",
    many: "fail without the change and pass with it",
  },
  passToPass: { tone: "plain", one: "passes on both", many: "pass on both" },
  passToFail: same("bad", "passed on the base and no longer"),
  newFailing: { tone: "bad", one: "is new and fails", many: "are new and fail" },
  gone: same("bad", "passed on the base and no longer there"),
  removed: {
    tone: "doubt",
    one: "was taken out of its file by the change",
    many: "were taken out of their files by the change",
  },
  altered: {
    tone: "doubt",
    one: "asserts something else now: as it stood on the base it does not pass",
    many: "assert something else now: as they stood on the base they do not pass",
  },
  new: {
    tone: "doubt",
    one: "is new and was never seen failing",
    many: "are new and were never seen failing",
  },
  flaky: {
    tone: "doubt",
    one: "failed once and passed once on the base: it proves nothing",
    many: "failed once and passed once on the base: they prove nothing",
  },
  unstable: {
    tone: "doubt",
    one: "has another name in each run: it proves nothing",
    many: "have other names in each run: they prove nothing",
  },
  failToFail: {
    tone: "plain",
    one: "fails on both, and does not count against the change",
    many: "fail on both, and do not count against the change",
  },
};

/** Everything a proof says beside its outcome, what got worse first. */
export function proofLines(proof: ChangeProof): readonly ProofLine[] {
  const lines = [
    ...proof.checks.filter(({ counts }) => counts === false).map(sayFailure),
    ...testLines(proof),
    ...weakerLine(proof),
    ...noticedLines(proof),
    ...unreadLine(proof),
  ];
  const order: readonly ProofLine["tone"][] = ["bad", "good", "doubt", "plain"];
  return order.flatMap((tone) => lines.filter((line) => line.tone === tone));
}

function unreadLine({ unread }: ChangeProof): readonly ProofLine[] {
  if (unread === undefined) return [];
  const text = `the config extends ${unread}, whose file was not read: what only that file states does not count here`;
  return [{ tone: "doubt", text, names: [], more: 0 }];
}

function sayFailure({ name, status, note }: ProvenCheck): ProofLine {
  const how = status === "timed-out" ? "does not finish" : "fails";
  return {
    tone: "bad",
    text: `the check ${name} ${how} on the change`,
    names: note === undefined ? [] : [note],
    more: 0,
  };
}

function testLines({ tests }: ChangeProof): readonly ProofLine[] {
  if (tests === null) return [];
  const byExitCode: readonly ProofLine[] =
    tests.source === "per-test"
      ? []
      : [{ tone: "doubt", text: "no report names the tests: only exit codes speak", ...NONE }];
  const told = TEST_LISTS.flatMap((list): readonly ProofLine[] => {
    const { total, names } = tests.lists[list];
    if (total === 0) return [];
    const { tone, one, many } = LISTS[list];
    const text = `${counted(total, "test")} ${total === 1 ? one : many}`;
    if (list === "passToPass") return [{ tone, text, ...NONE }];
    const shown = names.slice(0, SHOWN);
    return [{ tone, text, names: shown, more: total - shown.length }];
  });
  return [...byExitCode, ...told];
}

const NONE = { names: [], more: 0 } as const;

function weakerLine({ ratchet }: ChangeProof): readonly ProofLine[] {
  const { findings, more } = ratchet;
  if (findings.length === 0) return [];
  const shown = findings.slice(0, SHOWN);
  const total = findings.length + more;
  return [
    {
      tone: "doubt",
      text: `${counted(total, "place")} where a test may prove less than before`,
      names: shown.map(({ path, line, rule }) => `${path}:${line} ${WEAKER[rule]}`),
      more: total - shown.length,
    },
  ];
}

/** Which changed lines somebody notices: the share, then the parts that nobody does. */
function noticedLines({ noticed }: ChangeProof): readonly ProofLine[] {
  if (noticed === null) return [{ tone: "plain", text: "noticed lines: not measured", ...NONE }];
  const { lines, unnoticed, more } = noticed;
  const { changed, byTests, byCompiler, untried } = lines;
  const told = [
    `tests notice ${byTests} of ${counted(changed, "changed source line")}`,
    ...(byCompiler === 0 ? [] : [`the compiler ${byCompiler}`]),
    ...(untried === 0 ? [] : [`${untried} not tried`]),
  ];
  const total = unnoticed.length + more;
  const shown = unnoticed.slice(0, SHOWN);
  const nobody: readonly ProofLine[] =
    total === 0
      ? []
      : [
          {
            tone: "doubt",
            text: `${counted(total, "part")} of the source that no test notices when it is taken back`,
            names: shown.map(
              ({ path, from, to }) => `${path}:${from}${to === from ? "" : `-${to}`}`,
            ),
            more: total - shown.length,
          },
        ];
  return [{ tone: "plain", text: told.join(", "), ...NONE }, ...nobody];
}
