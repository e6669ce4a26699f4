import { describe, expect, test } from "vitest";
import { digestOfRisk } from "../../../../src/control/vetoes/risk-approval.ts";
import { versionWord } from "../../../../src/domain/command.ts";
import { digestOfContract } from "../../../../src/domain/contract.ts";
import type { Order } from "../../../../src/domain/order.ts";
import {
  aboutItsTree,
  CONFIG,
  CONTRACT,
  CONTRACT_DIGEST,
  commented,
  deliveries,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  type TestLine,
  toBuilding,
} from "../../line.ts";

const HIGH = digestOfRisk(CONTRACT_DIGEST, "high");
const SENSITIVE = "touches authentication, payment, migration or secrets";

interface Change {
  /** Of files that are riskier than the contract let expect. */
  readonly paths?: readonly string[];
  readonly changedLines?: number;
}

function proposalsOf(line: TestLine, order: Order, { paths = [], changedLines }: Change) {
  const pieces = green(line.github, order);
  pieces.implement.changeSet.files.push(
    ...paths.map((path) => ({
      ...{ path, mode: "100644" as const, encoding: "utf-8" as const },
      content: "export const b = 2;\n",
    })),
  );
  if (changedLines !== undefined) pieces.verify.changedLines = changedLines;
  aboutItsTree(line.github, pieces);
  return pieces;
}

async function settle(change: Change, line: TestLine = newLine()) {
  const building = await toBuilding(line);
  const pieces = proposalsOf(line, building.order, change);
  const result = await line.run("settle", { ...building, proposals: deliveries(pieces) });
  return { line, result, issue: building.issue };
}

const logins = (count: number) =>
  Array.from({ length: count }, (_, index) => `src/auth/login-${index + 1}.ts`);

describe("a change that goes beyond what was shown", () => {
  test("is not published, and its cost is written down", async () => {
    const { line, result, issue } = await settle({ paths: ["src/auth/login.ts"] });
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toEqual([
      {
        code: "risk-unapproved",
        subject: "src/auth/login.ts",
        found: expect.stringMatching(new RegExp(`^risk high: .+, ${SENSITIVE}$`)),
        accepted: "at most medium, as was shown",
        hint: { code: "approve-risk", risk: "high", digest: HIGH },
      },
    ]);
    const written = line.github.applied.map(({ effect }) => effect.kind);
    expect(written).not.toContain("publish-commit");
    expect(ledgerOf(line.github, issue).at(-1)?.usage?.usd).toBeCloseTo(0.2);
  });

  test.each<readonly [string, Change, string]>([
    ["two", { paths: logins(2) }, logins(2).join(", ")],
    ["five", { paths: logins(5) }, logins(5).join(", ")],
    ["the first five of six", { paths: logins(6) }, `${logins(5).join(", ")}, and 1 more`],
    ["the first five of eight", { paths: logins(8) }, `${logins(5).join(", ")}, and 3 more`],
    [
      "300 characters at most",
      { paths: logins(3).map((path) => path.replace("login", `login-${"x".repeat(120)}`)) },
      logins(3)
        .map((path) => path.replace("login", `login-${"x".repeat(120)}`))
        .join(", ")
        .slice(0, 300),
    ],
  ])("names its paths: %s", async (_, change, subject) => {
    const { result } = await settle(change);
    expect(result.refusals[0]).toMatchObject({ code: "risk-unapproved", subject });
    expect(result.refusals[0]?.subject.length).toBeLessThanOrEqual(300);
  });

  test("is named as a whole where no file alone is riskier", async () => {
    const line = newLine({ config: `${CONFIG}limits: { changedLines: 2000 }\n` });
    const { result } = await settle({ changedLines: 401 }, line);
    expect(result.refusals).toMatchObject([
      {
        code: "risk-unapproved",
        subject: "the change as a whole",
        found: expect.stringMatching(/^risk high: .*, 401 changed lines$/),
      },
    ]);
  });

  test("is none at the bound", async () => {
    const line = newLine({ config: `${CONFIG}limits: { changedLines: 2000 }\n` });
    const { result } = await settle({ changedLines: 400 }, line);
    expect(result).toMatchObject({ next: "release", refusals: [] });
  });
});

describe("an approval of the risk that is taken back", () => {
  test("once the pull request is open: the ledger records it, and a person merges", async () => {
    const line = newLine();
    const { issue } = await settle({ paths: ["src/auth/login.ts"] }, line);
    line.nextRun();
    const body = `/factory approve ${versionWord(HIGH)}`;
    const event = commented(line.github, { issue, by: "wil", body });
    const order = lineOrderOf(await line.run("claim", { event, issue }));
    const { observe } = line.github;
    line.github.observe = async (scope) => {
      const isOpened = line.github.applied.some(
        ({ effect }) => effect.kind === "open-pull-request",
      );
      if (isOpened) line.github.setPermission("wil", "read");
      return await observe(scope);
    };
    const proposals = deliveries(proposalsOf(line, order, { paths: ["src/auth/login.ts"] }));
    const result = await line.run("settle", { event, issue, order, proposals });
    expect(result).toMatchObject({ next: "none" });
    expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain(
      "merge-pull-request",
    );
    expect(kindsOf(line.github, issue)).toContain("published");
  });
});

describe("flaky tests that verify found", () => {
  const FLAKY = { all: 2, tests: ["greets twice", "greets late"] };

  test.each<readonly [string, "approve" | "rework", string]>([
    ["published", "approve", "published"],
    ["sent back", "rework", "sent-back"],
  ])("are recorded of an attempt that is %s", async (_, decision, kind) => {
    const line = newLine();
    const building = await toBuilding(line);
    const pieces = proposalsOf(line, building.order, {});
    pieces.review.verdict.decision = decision;
    for (const piece of pieces.verify.evidence) {
      if (piece.kind === "test-comparison") piece.flaky = [...FLAKY.tests];
    }
    await line.run("settle", { ...building, proposals: deliveries(pieces) });
    const entry = ledgerOf(line.github, building.issue).find(({ event }) => event.kind === kind);
    expect(entry?.event).toMatchObject({ kind, flaky: FLAKY });
  });

  test("are none where it found none, or delivered nothing", async () => {
    for (const without of [false, true]) {
      const line = newLine();
      const building = await toBuilding(line);
      const { verify, ...others } = proposalsOf(line, building.order, {});
      const delivered = without ? others : { ...others, verify };
      await line.run("settle", { ...building, proposals: deliveries(delivered) });
      const events = ledgerOf(line.github, building.issue).map(({ event }) => event);
      expect(events.some((event) => "flaky" in event)).toBe(false);
      expect(events.at(-1)?.kind).toBe(without ? "refused" : "merged");
    }
  });
});

test("an order of another contract is named with its issue and the standing contract", async () => {
  const line = newLine();
  const building = await toBuilding(line);
  const contract = { ...CONTRACT, goal: "Insult the person by name" };
  const order = { ...building.order, contract, contractDigest: digestOfContract(contract) };
  const proposals = deliveries(green(line.github, order));
  const result = await line.run("settle", { ...building, order, proposals });
  expect(result.refusals).toEqual([
    { code: "contract-changed", subject: `issue ${building.issue}`, found: CONTRACT_DIGEST },
  ]);
});
