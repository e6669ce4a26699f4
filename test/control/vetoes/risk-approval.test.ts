import { describe, expect, test } from "vitest";
import { digestOfRisk } from "../../../src/control/vetoes/risk-approval.ts";
import { versionWord } from "../../../src/domain/command.ts";
import type { Order } from "../../../src/domain/order.ts";
import {
  aboutItsTree,
  CONFIG,
  CONTRACT_DIGEST,
  commented,
  deliver,
  deliveries,
  failed,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  orderOf,
  type TestLine,
  toBuilding,
} from "../line.ts";

const HIGH = digestOfRisk(CONTRACT_DIGEST, "high");
const WORD = versionWord(HIGH);

/** A change of three answers that touches what the contract did not let expect. */
function risky(line: TestLine, order: Order, path = "src/auth/login.ts") {
  const pieces = green(line.github, order);
  pieces.implement.changeSet.files.push({
    path,
    mode: "100644",
    encoding: "utf-8",
    content: "export const b = 2;\n",
  });
  aboutItsTree(line.github, pieces);
  return deliveries(pieces);
}

async function toAsked(line: TestLine) {
  const building = await toBuilding(line);
  const proposals = risky(line, building.order);
  const result = await line.run("settle", { ...building, proposals });
  return { ...building, result };
}

function say(line: TestLine, issue: number, body: string, by = "ada") {
  line.nextRun();
  return { event: commented(line.github, { issue, by, body }), issue };
}

const written = (line: TestLine) => line.github.applied.map(({ effect }) => effect.kind);

describe("a change that is riskier than what was shown", () => {
  test("asks before anything is published, with what it touches and what to type", async () => {
    const line = newLine();
    const { issue, result } = await toAsked(line);
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: true });
    expect(result.refusals).toMatchObject([
      {
        code: "risk-unapproved",
        subject: "src/auth/login.ts",
        accepted: "at most medium, as was shown",
        hint: { code: "approve-risk", risk: "high", digest: HIGH },
      },
    ]);
    expect(written(line)).not.toContain("publish-commit");
    expect(written(line)).not.toContain("open-pull-request");
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("· ledger"));
    expect(ledger?.body).toContain(`/factory approve ${WORD}`);
    expect(ledger?.body).toContain("so nothing was published");
    expect(ledgerOf(line.github, issue).at(-1)?.usage?.usd).toBeGreaterThan(0);
  });

  test("goes on once a person approved that risk: the next attempt is published", async () => {
    const line = newLine();
    const { issue } = await toAsked(line);
    const said = say(line, issue, `/factory approve ${WORD}`, "wil");
    const order = lineOrderOf(await line.run("claim", said));
    expect(order.attempt).toBe(2);
    expect(order.prior.at(-1)?.findings[0]).toContain("approved a change of risk high");
    expect(kindsOf(line.github, issue).slice(-3)).toEqual(["commanded", "sent-back", "claimed"]);
    const proposals = risky(line, order, "src/oauth/login.ts");
    const result = await line.run("settle", { ...said, order, proposals });
    expect(result.refusals).toEqual([]);
    expect(written(line)).toContain("open-pull-request");
  });

  test.each<readonly [string, (line: TestLine, comment: number) => void]>([
    ["edited", (line, comment) => line.github.editComment(comment, "/factory stop it")],
    ["deleted", (line, comment) => line.github.deleteComment(comment)],
    ["of somebody who lost the right", (line) => line.github.setPermission("wil", "read")],
  ])("asks again where the approval was %s meanwhile", async (_name, spoil) => {
    const line = newLine();
    const { issue } = await toAsked(line);
    const said = say(line, issue, `/factory approve ${WORD}`, "wil");
    const order = orderOf(await line.run("claim", said));
    line.pass(5);
    spoil(line, line.github.comments(issue).at(-1)?.id ?? 0);
    const proposals = risky(line, order);
    const result = await line.run("settle", { ...said, order, proposals });
    expect(result.refusals.map(({ code }) => code)).not.toEqual([]);
    expect(written(line)).not.toContain("publish-commit");
  });

  test("is not asked about where the config wants nobody asked, nor where the tree is as was shown", async () => {
    const line = newLine({ config: CONFIG.replace(/^approve:.*$/m, "approve: never") });
    const building = await toBuilding(line);
    const proposals = risky(line, building.order);
    const result = await line.run("settle", { ...building, proposals });
    expect(result.refusals.map(({ code }) => code)).not.toContain("risk-unapproved");
    expect(written(line)).toContain("open-pull-request");
    const other = newLine();
    const plain = await toBuilding(other);
    const honest = deliveries(green(other.github, plain.order));
    const settled = await other.run("settle", { ...plain, proposals: honest });
    expect(settled.refusals).toEqual([]);
  });
});

describe("an approval of a risk that does not hold", () => {
  test.each(["", ` ${CONTRACT_DIGEST.slice(0, 7)}`, ` ${"0".repeat(7)}`])(
    "by the word %j is answered with the word that waits",
    async (word) => {
      const line = newLine();
      const { issue } = await toAsked(line);
      const result = await line.run("claim", say(line, issue, `/factory approve${word}`));
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(result.refusals).toMatchObject([
        { code: "approval-stale", subject: "the risk", hint: { digest: HIGH } },
      ]);
      const again = await line.run("claim", say(line, issue, `/factory approve ${WORD}`));
      expect(again.next).toBe("line");
    },
  );

  test.each(["rea", "tri", "helper[bot]"])("by %s is not heard", async (login) => {
    const line = newLine();
    const { issue } = await toAsked(line);
    const before = line.github.applied.length;
    const result = await line.run("claim", say(line, issue, `/factory approve ${WORD}`, login));
    expect(result.refusals).toMatchObject([{ code: "actor-not-permitted" }]);
    expect(line.github.applied).toHaveLength(before);
  });

  test("where nothing waits for it says so", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = [deliver("implement", failed(building.order, "implement"))];
    await line.run("settle", { ...building, proposals });
    const result = await line.run("claim", say(line, building.issue, `/factory approve ${WORD}`));
    expect(result.next).toBe("none");
    expect(result.refusals).toMatchObject([{ code: "approval-stale", hint: "see-the-status" }]);
  });
});
