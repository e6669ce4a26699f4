import type { Gate } from "../../src/control/gate/rule.ts";
import type { RefusalCode } from "../../src/domain/refusal.ts";
import { noticedOf } from "../domain/noticed.ts";
import { fakeId } from "../fakes/github.ts";

/** A green gate to be spoilt in one place. All of it is plain data, so that a test may write into it. */
export type Spoilable<Type> = Type extends Uint8Array
  ? Type
  : Type extends object
    ? { -readonly [Key in keyof Type]: Spoilable<Type[Key]> }
    : Type;

export type Spoil = (gate: Spoilable<Gate>) => void;
const OTHER = fakeId("other");
/** The rest of a token that nobody has; written in two, so that no scanner takes this file for one. */
const FRESH = ["Zk4Qw8Lr2Tn6Vx0Bc5", "Md9Fs1Gh7Jp3Ky8Ue4"].join("");

/** For each rule, what makes it refuse and no other. */
export const SPOILT: readonly (readonly [string, RefusalCode, Spoil])[] = [
  [
    "base",
    "change-set-invalid",
    ({ implement }) => {
      implement.changeSet.base = OTHER;
    },
  ],
  [
    "something",
    "nothing-produced",
    ({ implement }) => {
      implement.changeSet.files = [];
    },
  ],
  [
    "shape",
    "change-set-invalid",
    ({ implement }) => {
      implement.changeSet.files.push({ path: "src/a.", deleted: true });
    },
  ],
  [
    "shape",
    "change-set-invalid",
    ({ implement }) => {
      const file = {
        path: "src/GREET.ts",
        mode: "100644",
        encoding: "utf-8",
        content: "",
      } as const;
      implement.changeSet.files.push(file);
    },
  ],
  [
    "paths",
    "path-not-allowed",
    ({ implement }) => {
      implement.changeSet.files.push({ path: "docs/a.md", deleted: true });
    },
  ],
  [
    "workflows",
    "path-protected",
    ({ order: { contract }, implement }) => {
      contract.boundaries.paths = [];
      implement.changeSet.files.push({ path: ".GitHub/workflows/ci.yml", deleted: true });
    },
  ],
  [
    "dependencies",
    "dependencies-unapproved",
    ({ order: { contract }, implement }) => {
      contract.boundaries.paths = [];
      implement.changeSet.files.push({ path: "packages/a/Package.json", deleted: true });
    },
  ],
  [
    "dependencies",
    "dependencies-refused",
    ({ order: { contract }, implement }) => {
      contract.boundaries.paths = [];
      const file = { path: "yarn.lock", mode: "100644", encoding: "utf-8", content: "" } as const;
      implement.changeSet.files.push(file);
    },
  ],
  [
    "trust",
    "trust-too-low",
    ({ order }) => {
      order.config.trust.scopes = [{ paths: ["src/**"], level: "read-only" }];
    },
  ],
  [
    "secrets",
    "secret-found",
    ({ implement }) => {
      const content = `export const key = "ghp_${FRESH}";\n`;
      const file = { path: "src/key.ts", mode: "100644", encoding: "utf-8", content } as const;
      implement.changeSet.files.push(file);
    },
  ],
  [
    "secrets",
    "secret-found",
    ({ implement }) => {
      implement.changeSet.files.push({ path: `src/ghp_${FRESH}.ts`, deleted: true });
    },
  ],
  [
    "size",
    "limit-exceeded",
    ({ verify }) => {
      verify.changedLines = 601;
    },
  ],
  [
    "evidence",
    "evidence-missing",
    ({ verify }) => {
      for (const piece of verify.evidence) if (piece.kind === "check") piece.subject.tree = OTHER;
    },
  ],
  [
    "evidence",
    "evidence-missing",
    ({ verify }) => {
      verify.evidence.push({
        ...criterion(verify),
        subject: { base: OTHER, tree: verify.subject.tree },
      });
    },
  ],
  [
    "checks passed",
    "check-failed",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "check" && piece.name === "lint") piece.status = "failed";
    },
  ],
  [
    "checks passed",
    "check-failed",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "check" && piece.name === "test") piece.status = "timed-out";
    },
  ],
  [
    "checks ran",
    "evidence-missing",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(
        (piece) => piece.kind !== "check" || piece.name !== "lint",
      );
    },
  ],
  [
    "checks ran",
    "evidence-missing",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "check" && piece.name === "lint") piece.on = "base";
    },
  ],
  [
    "nothing broke",
    "check-failed",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "test-comparison") piece.passToFail = ["greets"];
    },
  ],
  [
    "tests prove it",
    "tests-not-failing-on-base",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "test-comparison") piece.failToPass = [];
    },
  ],
  [
    "tests prove it",
    "evidence-missing",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(({ kind }) => kind !== "test-comparison");
    },
  ],
  [
    "criteria",
    "criterion-unproven",
    ({ verify, implement }) => {
      implement.namings = [];
      for (const piece of verify.evidence)
        if (piece.kind === "criterion" && piece.criterion === "AC1")
          Object.assign(piece, { status: "unproven", reasons: [{ code: "no-test-named" }] });
    },
  ],
  [
    "criteria",
    "criterion-unproven",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(
        (piece) => piece.kind !== "criterion" || piece.criterion !== "AC2",
      );
    },
  ],
  [
    "noticed lines",
    "lines-unnoticed",
    ({ order, verify }) => {
      order.config.gate.noticed = 1;
      verify.evidence.push(noticedOf(verify.subject, [{ noticed: "unnoticed" }]));
    },
  ],
  [
    "noticed lines",
    "lines-untried",
    ({ order, verify }) => {
      order.config.gate.noticed = 1;
      const part = { noticed: "untried", because: "time" } as const;
      verify.evidence.push(noticedOf(verify.subject, [part]));
    },
  ],
  [
    "noticed lines",
    "evidence-missing",
    ({ order }) => {
      order.config.gate.noticed = 0.5;
    },
  ],
  [
    "reviewed bytes",
    "tree-mismatch",
    ({ review }) => {
      review.verdict.subject = { ...review.verdict.subject, tree: OTHER };
    },
  ],
  [
    "no person wanted",
    "review-escalated",
    ({ review }) => {
      review.verdict.decision = "escalate";
    },
  ],
  [
    "no rework wanted",
    "review-rework",
    ({ review }) => {
      review.verdict.decision = "rework";
    },
  ],
  [
    "no blocker",
    "review-rework",
    ({ review }) => {
      review.verdict.findings = [
        {
          severity: "blocker",
          path: "src/greet.ts",
          line: 1,
          claim: "wrong",
          howItFails: "always",
        },
      ];
    },
  ],
  [
    "criteria met",
    "review-rework",
    ({ review }) => {
      const [first] = review.verdict.criteria;
      if (first) first.answer = "no";
    },
  ],
  [
    "criteria met",
    "review-rework",
    ({ review }) => {
      review.verdict.criteria = review.verdict.criteria.slice(1);
    },
  ],
];

function criterion(verify: Spoilable<Gate>["verify"]) {
  const found = verify.evidence.find(({ kind }) => kind === "criterion");
  if (found === undefined) throw new Error("the green gate has a criterion");
  return found;
}
