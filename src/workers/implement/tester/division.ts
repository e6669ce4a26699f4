import type { Config } from "../../../domain/config/schema.ts";
import { tellsTests } from "../../../domain/config/scoped-checks.ts";
import type { Contract, Criterion } from "../../../domain/contract.ts";
import type { WhyCoder, WrittenFor } from "../../../domain/evidence/tests-written.ts";

/** Who writes which tests, before any is written. */
export interface Division {
  /** Ids of the criteria whose tests the tester writes; if empty, it is not asked. */
  readonly testers: readonly string[];
  readonly coders: readonly WrittenFor[];
}

/**
 * The tester writes if a test can be seen before the change, by name, in a report. If the contract leaves the shape
 * open, no report names tests, or the kind of a criterion does not say which way, the coder writes them with its change.
 * A removal, a command or a matter of judgement needs no test.
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

/** The tester's criteria without those that it leaves open. */
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
