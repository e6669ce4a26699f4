import type { CoderAnswer } from "../../../agent/roles/coder/answer.ts";
import type { Correction } from "../../../domain/evidence/tests-written.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Workspace } from "../../../ports/sandbox.ts";
import type { Bench, Look } from "../bench.ts";
import { correctTests, MAXIMUM_CORRECTIONS, notAsked } from "./corrections.ts";
import { asOnBase, putBack, refuseTouched, sayTouched, touchedIn } from "./guard.ts";
import type { TesterBench, WrittenTests } from "./write-tests.ts";

type Asked = NonNullable<CoderAnswer["corrections"]>;

/** Protects the tests from the coder, after each of its rounds. */
export interface Keeper {
  /** The current tests; undefined if the coder writes all of them. */
  tests(): WrittenTests | undefined;
  /** How often the tester was asked again; each time the coder gets one more round. */
  turns(): number;
  settle(round: {
    readonly look: Look;
    readonly asked: Asked;
    /** No further round follows in which the coder could fix anything. */
    readonly isLast: boolean;
  }): Promise<{ readonly faults: readonly string[] } | { readonly refusal: Refusal }>;
  readonly corrections: readonly Correction[];
  /** Restored paths. */
  readonly takenBack: readonly string[];
}

/** Without a tester's tests, nothing is protected. */
export const NO_KEEPER: Keeper = {
  tests: () => undefined,
  turns: () => 0,
  settle: async () => ({ faults: [] }),
  corrections: [],
  takenBack: [],
};

/** @param workspace the coder's, where the tests stand */
export function keepTests(bench: Bench, tester: TesterBench, first: WrittenTests): Keeper {
  const { workspace } = bench;
  const facts = { repository: tester.given.ports.repository, base: bench.order.base };
  const corrections: Correction[] = [];
  const takenBack: string[] = [];
  let tests = first;
  let turns = 0;

  const judge = async (asked: Asked) => {
    const named = new Set(tests.answer.proofs.flatMap((proof) => proof.tests));
    const theirs = asked.filter(({ test }) => named.has(test));
    const faults = asked.filter(({ test }) => !named.has(test)).map(sayNotTheirs);
    if (theirs.length === 0) return { faults };
    if (turns >= MAXIMUM_CORRECTIONS) {
      corrections.push(...notAsked(theirs));
      return { faults };
    }
    turns += 1;
    const corrected = await correctTests(tester, tests, theirs);
    if ("refusal" in corrected) return corrected;
    await exchange(workspace, { before: tests, now: corrected.tests }, facts);
    tests = corrected.tests;
    corrections.push(...corrected.corrections);
    return { faults: [...faults, ...corrected.corrections.map(sayCorrection)] };
  };

  return {
    tests: () => tests,
    turns: () => turns,
    corrections,
    takenBack,
    settle: async ({ look, asked, isLast }) => {
      const touched = touchedIn(bench, tests.files, look);
      if (touched.length > 0) {
        if (isLast || takenBack.length > 0) return { refusal: refuseTouched(touched) };
        await workspace.write(await putBack(touched, tests.files, facts));
        takenBack.push(...touched.map(({ path }) => path));
      }
      const judged = await judge(asked);
      if ("refusal" in judged) return judged;
      return { faults: [...touched.map(sayTouched), ...judged.faults] };
    },
  };
}

/** The tester's current files, without those that it has removed. */
async function exchange(
  workspace: Workspace,
  { before, now }: { readonly before: WrittenTests; readonly now: WrittenTests },
  facts: Parameters<typeof asOnBase>[1],
): Promise<void> {
  const kept = new Set(now.files.map(({ path }) => path));
  const gone = before.files.map(({ path }) => path).filter((path) => !kept.has(path));
  const files = [...now.files, ...(await asOnBase(gone, facts))];
  if (files.length > 0) await workspace.write(files);
}

function sayNotTheirs({ test }: Asked[number]): string {
  return `${test} is no test that the tester named: it is yours to correct`;
}

function sayCorrection({ test, decision, because }: Correction): string {
  const did = decision === "corrected" ? "was corrected by the tester" : "stays as it is";
  return `${test} ${did}: ${because || "without a word"}`;
}
