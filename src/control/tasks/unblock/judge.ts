import { CHECK_NAMES } from "../../../domain/config/check.ts";
import { checksFor } from "../../../domain/config/scoped-checks.ts";
import { countsAsPassed } from "../../../domain/evidence/known-failure.ts";
import type { CheckRun } from "../../../domain/evidence.ts";
import { SIDES, type Side, type TwoSides, UNBLOCK_LISTED } from "../../../domain/github/unblock.ts";
import type { UnblockOrder } from "../../../domain/order.ts";
import { foldPath } from "../../../domain/path.ts";
import type { ImplementProposal, VerifyProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { isProtected, needsPerson, protectedPathsOf } from "../../../domain/trust/protection.ts";

/** A result, and what verify found in it. */
export interface Result {
  readonly order: UnblockOrder;
  readonly implement: ImplementProposal;
  readonly verify: VerifyProposal;
}

/**
 * Every reason not to offer a result; empty means that it is offered. Proof comes from both sides' tests, run on exactly
 * these bytes; anything unknown is unproven. The author answers for the pull request's own changes: only edits and
 * resolutions made here need a person if their paths ask for one.
 */
export function refuseResult(result: Result): readonly Refusal[] {
  const { order, verify } = result;
  const { twoSides, subject } = verify;
  if (subject.base !== order.base || twoSides?.head !== order.unblock.head) return [OTHER_BYTES];
  return [
    ...refuseChecks(result),
    ...SIDES.flatMap((side) => refuseSide(side, twoSides)),
    ...refusePaths(result, twoSides),
    ...refuseWorkflows(result),
  ];
}

const OTHER_BYTES: Refusal = {
  code: "evidence-missing",
  subject: "both sides",
  found: "what verify found is not of this head and this base",
};

/** Each configured check has to have run on the result, and to pass or to fail as on the base. */
function refuseChecks({ order, implement, verify: { evidence } }: Result): readonly Refusal[] {
  const runs = evidence.filter((piece) => piece.kind === "check");
  const paths = implement.changeSet.files.map(({ path }) => path);
  const checks = checksFor(order.config.checks, paths);
  const wanted = CHECK_NAMES.filter((name) => checks[name] !== undefined);
  return wanted.flatMap((name): readonly Refusal[] => {
    const run = runs.find((one) => one.name === name && one.on === "change");
    if (run === undefined) return [{ code: "evidence-missing", subject: name, found: "no run" }];
    return countsAsPassed(run, evidence) ? [] : [refuseRun(run)];
  });
}

function refuseRun({ name, status, note, exitCode }: CheckRun): Refusal {
  const ended = status === "timed-out" ? "it timed out" : `exit code ${exitCode ?? "of a signal"}`;
  const found = [ended, ...(note === undefined ? [] : [note])].join("; ").slice(0, 2_000);
  return { code: "check-failed", subject: name, found };
}

const NAMES: Readonly<Record<Side, string>> = { head: "the pull request", base: "the base" };

function refuseSide(side: Side, { sides }: TwoSides): readonly Refusal[] {
  const { tests } = sides[side];
  if (tests === null) {
    return [
      {
        code: "evidence-missing",
        subject: `the tests of ${NAMES[side]}`,
        found: "a run named no tests, so that nobody can tell whether they pass: unproven",
        accepted: "`checks.test` with a report, which is written on both sides",
      },
    ];
  }
  if (tests.lost.total === 0) return [];
  const found = tests.lost.names.slice(0, 10).join(", ").slice(0, 2_000);
  const subject = `${tests.lost.total} of the tests of ${NAMES[side]}`;
  return [{ code: "check-failed", subject, found, accepted: "every test of both sides" }];
}

function refusePaths({ order, implement }: Result, two: TwoSides): readonly Refusal[] {
  const { conflicts, edited } = two;
  if (Math.max(conflicts.length, edited.length) >= UNBLOCK_LISTED.paths) {
    return [
      {
        code: "limit-exceeded",
        subject: "paths in conflict, or edited",
        found: `${UNBLOCK_LISTED.paths} or more`,
        accepted: `fewer than ${UNBLOCK_LISTED.paths}`,
      },
    ];
  }
  const additional = protectedPathsOf(order.config);
  const files = new Map(implement.changeSet.files.map((file) => [file.path, file]));
  const touched = [...conflicts, ...edited];
  return touched
    .filter((path) => needsPerson(files.get(path) ?? { path, deleted: true }, additional))
    .slice(0, 5)
    .map((path) => ({
      code: "path-protected",
      subject: path,
      found: conflicts.includes(path) ? "a conflict in it" : "an edit of it",
      accepted: "a person resolves it",
    }));
}

/** Protected paths that the result changes on the base: the pull request's own, which its checks and tests may follow. */
export function steeredBy({ order, implement }: Result): readonly string[] {
  const additional = protectedPathsOf(order.config);
  const paths = implement.changeSet.files.map(({ path }) => path);
  return paths.filter((path) => isProtected(path, additional)).slice(0, 20);
}

/** GitHub rejects commits that change a workflow by the job's token, and by an App without that permission. */
function refuseWorkflows({ implement }: Result): readonly Refusal[] {
  const workflow = implement.changeSet.files.find(({ path }) =>
    foldPath(path).startsWith(".github/workflows/"),
  );
  if (workflow === undefined) return [];
  return [
    {
      code: "path-protected",
      subject: workflow.path,
      found: "the pull request changes a workflow",
      accepted: "a person brings it up to date",
    },
  ];
}
