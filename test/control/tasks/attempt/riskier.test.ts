import { describe, expect, test } from "vitest";
import { digestOfRisk } from "../../../../src/control/vetoes/risk-approval.ts";
import {
  aboutItsTree,
  CONFIG,
  CONTRACT_DIGEST,
  deliveries,
  green,
  ledgerOf,
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

async function settle({ paths = [], changedLines }: Change, line: TestLine = newLine()) {
  const building = await toBuilding(line);
  const pieces = green(line.github, building.order);
  pieces.implement.changeSet.files.push(
    ...paths.map((path) => ({
      ...{ path, mode: "100644" as const, encoding: "utf-8" as const },
      content: "export const b = 2;\n",
    })),
  );
  if (changedLines !== undefined) pieces.verify.changedLines = changedLines;
  aboutItsTree(line.github, pieces);
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
