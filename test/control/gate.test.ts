import { describe, expect, test } from "vitest";
import { GATE, weigh } from "../../src/control/gate.ts";
import type { Gate } from "../../src/control/gate-rule.ts";
import { authorityOver } from "../../src/control/merge-authority.ts";
import type { RefusalCode } from "../../src/domain/refusal.ts";
import { fakeId } from "../fakes/github.ts";
import { CONTRACT, type Green, green, newLine, toBuilding } from "./line.ts";

/** A green gate to be spoilt in one place. All of it is plain data, so that a test may write into it. */
type Spoilable<Type> = Type extends object
  ? { -readonly [Key in keyof Type]: Spoilable<Type[Key]> }
  : Type;

async function greenGate(config?: string): Promise<Spoilable<Gate>> {
  const line = newLine(config === undefined ? {} : { config });
  const { order } = await toBuilding(line);
  const proposals: Green = green(line.github, order);
  return JSON.parse(JSON.stringify({ order, contract: CONTRACT, ...proposals, sealed: true }));
}

type Spoil = (gate: Spoilable<Gate>) => void;
const OTHER = fakeId("other");

/** For each rule, what makes it refuse and no other. */
const SPOILT: readonly (readonly [string, RefusalCode, Spoil])[] = [
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
      implement.changeSet.files.push({ path: "src/GREET.ts", deleted: true });
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
    ({ contract, implement }) => {
      contract.boundaries.paths = [];
      implement.changeSet.files.push({ path: ".GitHub/workflows/ci.yml", deleted: true });
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
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "criterion" && piece.criterion === "AC1") piece.status = "unproven";
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
      if (first) first.met = false;
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

describe("the gate", () => {
  test("opens when every rule holds, and says so for each", async () => {
    const { refusals, lines } = weigh(await greenGate());
    expect(refusals).toEqual([]);
    expect(lines).toHaveLength(GATE.length);
    expect(lines.every(({ ok }) => ok)).toBe(true);
  });

  test("has a name of its own for every rule, and a case here in which that rule alone refuses", () => {
    const names = GATE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(SPOILT.map(([name]) => name))).toEqual(new Set(names));
  });

  test.each(SPOILT)("%s refuses alone with %s", async (name, code, spoil) => {
    const gate = await greenGate();
    spoil(gate);
    const { refusals, lines } = weigh(gate);
    expect(lines.filter(({ ok }) => !ok).map((line) => line.name)).toEqual([name]);
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  });
});

describe("authority to merge", () => {
  const trust = (level: string) => `checks: { test: npm test }\ntrust: { default: ${level} }\n`;
  test.each<readonly [string, string, Spoil | undefined, "factory" | "person"]>([
    ["medium risk under scoped autonomy", "scoped-autonomy", undefined, "factory"],
    ["medium risk under low-risk trust", "auto-merge-low-risk", undefined, "person"],
    ["no trust beyond a pull request", "open-pr", undefined, "person"],
    [
      "no seal key",
      "full-factory",
      (gate) => {
        gate.sealed = false;
      },
      "person",
    ],
    [
      "risk that the reviewer raised",
      "scoped-autonomy",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "person",
    ],
    [
      "high risk under full trust",
      "full-factory",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "factory",
    ],
    [
      "a protected path under full trust",
      "full-factory",
      (gate) => {
        gate.implement.changeSet.files.push({ path: "src/Package.json", deleted: true });
      },
      "person",
    ],
    [
      "a path that the config protects",
      "full-factory",
      (gate) => {
        gate.order.config.protect = ["src/greet.ts"];
      },
      "person",
    ],
    [
      "one path of lower trust",
      "full-factory",
      (gate) => {
        gate.order.config.trust.scopes = [{ paths: ["test/**"], level: "open-pr" }];
      },
      "person",
    ],
  ])("%s", async (_name, level, spoil, by) => {
    const gate = await greenGate(trust(level));
    spoil?.(gate);
    expect(authorityOver(gate).by).toBe(by);
  });

  test("the reviewer raises the risk and never lowers it", async () => {
    const gate = await greenGate();
    gate.verify.changedLines = 500;
    gate.review.verdict.risk = "low";
    expect(authorityOver(gate).risk.risk).toBe("high");
  });
});
