import type { CoderAnswer } from "../../../agent/roles/coder/answer.ts";
import type { ChangedFile } from "../../../domain/change-set.ts";
import type { Correction } from "../../../domain/evidence/tests-written.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { cut } from "../../../domain/text/cut.ts";
import type { Repository } from "../../../ports/repository.ts";
import { type TesterBench, type WrittenTests, writeTests } from "./write-tests.ts";

/** How often the coder may ask the tester for corrections in one attempt. */
export const MAXIMUM_CORRECTIONS = 2;

/** Limit of the proposal's schema. */
const DIFF = 4_000;

type Asked = NonNullable<CoderAnswer["corrections"]>;

/** The result: the current tests, and the text for people. */
export interface Corrected {
  readonly tests: WrittenTests;
  readonly corrections: readonly Correction[];
}

/**
 * The tester judges requested corrections, in its own workspace and by the contract. Its files show whether a byte
 * changed; its explanation is only a claim.
 */
export async function correctTests(
  tester: TesterBench,
  before: WrittenTests,
  asked: Asked,
): Promise<Corrected | { readonly refusal: Refusal }> {
  const written = await writeTests(tester, asked);
  if ("refusal" in written) return written;
  const { repository } = tester.given.ports;
  const diff = await diffOf(before.files, written.files, {
    repository,
    base: tester.bench.order.base,
  });
  const corrections = asked.map(({ test, reason }): Correction => {
    const said = written.answer.corrections.find((answer) => answer.test === test);
    const isCorrected = diff !== undefined && said?.decision !== "kept";
    return {
      test,
      reason,
      decision: isCorrected ? "corrected" : "kept",
      because: said?.because ?? "",
      ...(isCorrected ? { diff } : {}),
    };
  });
  return { tests: { ...written, rounds: before.rounds + written.rounds }, corrections };
}

/** Corrections that the tester was no longer asked about. */
export function notAsked(asked: Asked): readonly Correction[] {
  return asked.map((one) => ({ ...one, decision: "not-asked", because: "" }));
}

async function diffOf(
  before: readonly ChangedFile[],
  now: readonly ChangedFile[],
  { repository, base }: { readonly repository: Repository; readonly base: string },
): Promise<string | undefined> {
  const [was, is] = [
    await repository.treeWith({ base, files: [...before] }),
    await repository.treeWith({ base, files: [...now] }),
  ];
  if (was === is) return undefined;
  return cut((await repository.diff(was, is, DIFF)).text, DIFF);
}
