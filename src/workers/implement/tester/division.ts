import type { Config } from "../../../domain/config/schema.ts";
import { tellsTests } from "../../../domain/config/scoped-checks.ts";
import type { Contract, Criterion } from "../../../domain/contract.ts";
import type { WhyCoder, WrittenFor } from "../../../domain/evidence/tests-written.ts";

/** Whose tests are whose, before anybody wrote one. */
export interface Division {
  /** Ids of the criteria whose tests the tester writes; empty: it is not asked. */
  readonly testers: readonly string[];
  readonly coders: readonly WrittenFor[];
}

/**
 * The tester writes where a test can be seen before the change, by name, in a report. Where the contract leaves the shape
 * open, where no report names tests, or where nobody said which way a criterion goes, the coder writes them beside its change.
 * What is gone, a command or a matter of judgement has no test to write.
 */
export function divideTests({ acceptance }: Contract, { checks }: Config): Division {
  const missing: WhyCoder | undefined =
    checks.test === undefined
      ? "no-test-check"
      : !tellsTests(checks.test)
        ? "no-report"
        : undefined;
  const asked = acceptance.filter(({ kind }) => TESTED.has(kind));
  const rows = asked.map(({ id, kind, shape }) => ({
    criterion: id,
    why: missing ?? whyNotFirst(kind, shape),
  }));
  return {
    testers: rows.filter(({ why }) => why === undefined).map(({ criterion }) => criterion),
    coders: rows.flatMap(({ criterion, why }) =>
      why === undefined ? [] : [{ criterion, by: "coder", why }],
    ),
  };
}

const TESTED: ReadonlySet<Criterion["kind"]> = new Set(["changes", "keeps", "test"]);

function whyNotFirst(kind: Criterion["kind"], shape: Criterion["shape"]): WhyCoder | undefined {
  if (kind === "test") return "kind-not-said";
  return shape === "open" ? "shape-open" : undefined;
}

/** What is left of the tester's criteria when it has said which of them it leaves open. */
export function withOpen(
  { testers, coders }: Division,
  open: readonly { readonly criterion: string; readonly because: string }[],
): Division {
  const becauseOf = (id: string) =>
    open.find(({ criterion }) => criterion === id || criterion === "all")?.because;
  return {
    testers: testers.filter((id) => becauseOf(id) === undefined),
    coders: [
      ...coders,
      ...testers.flatMap((criterion): WrittenFor[] => {
        const because = becauseOf(criterion);
        return because === undefined ? [] : [{ criterion, by: "coder", why: "left-open", because }];
      }),
    ],
  };
}
