import { describe, expect, test } from "vitest";
import { digestOfContract } from "../../../../src/domain/contract.ts";
import type { RefusalCode } from "../../../../src/domain/refusal.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import {
  approve,
  CONFIG,
  CONTRACT,
  CONTRACT_DIGEST,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  orderOf,
  stageShown,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";

function branchesOf(line: TestLine): number {
  return line.github.applied.filter(({ effect }) => effect.kind === "claim-branch").length;
}

function contractOf(line: TestLine, issue: number) {
  const found = line.github.comments(issue).find(({ body }) => body.includes("· contract"));
  if (found === undefined) throw new Error("there is a contract");
  return found;
}

describe("an approval that does not hold", () => {
  const CASES: readonly (readonly [
    string,
    RefusalCode,
    string,
    (line: TestLine, issue: number) => void,
  ])[] = [
    [
      "the contract was edited",
      "approval-stale",
      "proposed",
      (line, issue) => {
        const { id, body } = contractOf(line, issue);
        line.github.editComment(id, body.replace("Greet", "Insult"));
      },
    ],
    [
      "the contract cannot be read any more",
      "contract-changed",
      "proposed",
      (line, issue) =>
        line.github.editComment(
          contractOf(line, issue).id,
          "### Millwright · contract\n\nsurprise",
        ),
    ],
    [
      "the issue was edited",
      "issue-changed",
      "proposed",
      (line, issue) => line.github.changeIssue(issue, { title: "other" }),
    ],
    [
      "the issue was closed",
      "issue-changed",
      "proposed",
      (line, issue) => line.github.changeIssue(issue, { state: "closed" }),
    ],
    ["the config broke", "config-invalid", "proposed", (line) => line.github.setConfig("a: [")],
    [
      "the andon is raised",
      "andon-raised",
      "proposed",
      (line) => {
        line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
      },
    ],
    [
      "a branch of the issue that the ledger does not know and that holds something",
      "ledger-invalid",
      "needs-human",
      (line, issue) => line.github.addBranch(`factory/${issue}-7`, "b".repeat(40)),
    ],
  ];
  test.each(CASES)("%s: %s, and it stands at %s", async (_name, code, stage, change) => {
    const line = newLine();
    const issue = await toProposed(line);
    change(line, issue);
    const event = approve(line, issue);
    const result = await line.run("claim", { event, issue });
    // A config that cannot be read is a failure of the run; what a person has to decide is not.
    expect(result).toMatchObject({ next: "none", stage, ok: code !== "config-invalid" });
    expect(result.order).toBeUndefined();
    expect(result.refusals.map((one) => one.code)).toEqual([code]);
    expect(stageShown(line.github, issue)).toEqual([stage]);
    expect(branchesOf(line)).toBe(0);
  });

  test.each<readonly [string, string, string, boolean]>([
    ["tri", "triage", CONFIG, false],
    ["rea", "read", CONFIG, false],
    ["tri", "triage", `${CONFIG}andonFrom: triage\n`, true],
    ["wil", "write", CONFIG, true],
    ["helper[bot]", "none", CONFIG, true],
  ])(
    "the andon label of %s, who has %s, stops the line or is said to stop nothing",
    async (by, may, config, stops) => {
      const line = newLine();
      line.github.setConfig(config);
      const issue = await toProposed(line);
      const labels = ["factory:andon"];
      const raised = line.github.addIssue({ author: by, title: "", body: "", labels });
      const result = await line.run("claim", { event: approve(line, issue), issue });
      expect(result.refusals.map(({ code }) => code)).toEqual(stops ? ["andon-raised"] : []);
      expect(branchesOf(line)).toBe(stops ? 0 : 1);
      const said = `The andon label on issue ${raised} does not stop the line: ${by} put it there and has \`${may}\``;
      expect(result.summary.split(said)).toHaveLength(stops ? 1 : 2);
    },
  );

  test.each(["rea", "tri", "helper[bot]"])(
    "%s approves nothing, and nothing is written",
    async (login) => {
      const line = newLine();
      const issue = await toProposed(line);
      const before = line.github.applied.length;
      const result = await line.run("claim", { event: approve(line, issue, login), issue });
      expect(result.refusals).toMatchObject([{ code: "actor-not-permitted", subject: login }]);
      expect(line.github.applied).toHaveLength(before);
    },
  );

  test("a comment that was edited after it was written commands nothing", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    line.pass(5);
    const comment = line.github.comments(issue).find(({ body }) => body === "/factory approve");
    line.github.editComment(comment?.id ?? 0, "/factory approve");
    const result = await line.run("claim", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
    expect(branchesOf(line)).toBe(0);
  });

  test("an approval written before the contract's last edit is not for it", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    line.pass(5);
    const { id, body } = contractOf(line, issue);
    line.github.editComment(id, body);
    const result = await line.run("claim", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "approval-stale" }]);
  });

  test("an approval in the second of the contract's last edit is for it: GitHub tells no less, and the word says which", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    const { id, body } = contractOf(line, issue);
    line.github.editComment(id, body);
    const { createdAt } = line.github.comments(issue).at(-1) ?? {};
    expect(contractOf(line, issue).updatedAt).toBe(createdAt);
    expect(await line.run("claim", { event, issue })).toMatchObject({ next: "line", attempt: 1 });
  });

  test("an approval without a word is of the first version alone; the word of the standing one starts work", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    await proposeAgain(line, issue, { ...CONTRACT, goal: "Greets twice" });
    const word = contractOf(line, issue).body.match(/\/factory approve ([0-9a-f]{7})`/)?.[1] ?? "";
    const say = async (body: string) => {
      line.nextRun();
      const event = commented(line.github, { issue, by: "ada", body });
      return line.run("claim", { event, issue });
    };
    for (const body of ["/factory approve", `/factory approve ${CONTRACT_DIGEST.slice(0, 7)}`]) {
      const refused = await say(body);
      expect(refused.refusals).toMatchObject([
        { code: "approval-stale", hint: { code: "approve-this-version" } },
      ]);
      expect(branchesOf(line)).toBe(0);
    }
    const order = lineOrderOf(await say(`/factory approve ${word}`));
    expect(order.contract.goal).toBe("Greets twice");
  });

  test("a command that is nearly an approval is answered with the list", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory approve all of it" });
    const result = await line.run("claim", { event, issue });
    expect(result.summary).toContain("/factory rework");
    expect(result.stage).toBe("proposed");
  });

  test.each([
    "/factory approve",
    `/factory approve lockfile ${"a".repeat(64)}`,
    "/factory approve all of it",
  ])("%s by a stranger gets no answer, at whatever stage", async (body) => {
    for (const begin of [toProposed, async (line: TestLine) => (await toBuilding(line)).issue]) {
      const line = newLine();
      const issue = await begin(line);
      const before = line.github.applied.length;
      line.nextRun();
      const event = commented(line.github, { issue, by: "rea", body });
      const result = await line.run("claim", { event, issue });
      expect(result.refusals).toMatchObject([{ code: "actor-not-permitted", subject: "rea" }]);
      expect(line.github.applied).toHaveLength(before);
    }
  });

  test.each([
    "/factory approve",
    `/factory approve lockfile ${"a".repeat(64)}`,
    "/factory approve all of it",
  ])("%s that was edited is answered as edited", async (body) => {
    const line = newLine();
    const issue = await toProposed(line);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body });
    line.pass(5);
    const comment = line.github.comments(issue).find((one) => one.body === body);
    line.github.editComment(comment?.id ?? 0, body);
    const result = await line.run("claim", { event, issue });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
    expect(result.refusals[0]?.accepted ?? "").not.toContain("/factory rework");
  });

  test("a late doorbell is let ring", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const before = line.github.applied.length;
    const result = await line.run("claim", { event: doorbell(line.github, issue), issue });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "illegal-transition" }] });
    expect(line.github.applied).toHaveLength(before);
  });
});

describe("a claim", () => {
  test("of what was approved before and is ready again goes by that approval, not by a new one", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    const event = approve(line, building.issue, "wil");
    const result = await line.run("claim", { event, issue: building.issue });
    expect(result).toMatchObject({ next: "line", attempt: 2 });
    const approvals = ledgerOf(line.github, building.issue).filter(
      ({ event: { kind } }) => kind === "approved",
    );
    expect(approvals).toHaveLength(1);
  });

  test("is made once: a second approval meets an issue that is being built", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result.refusals).toMatchObject([{ code: "illegal-transition" }]);
    expect(result.stage).toBe("building");
    expect(branchesOf(line)).toBe(1);
  });

  test("that another run holds is left to it: nothing is written", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    const observe = line.github.observe;
    const before = line.github.applied.length;
    // The branch appears between the look and the claim, as a run beside this one would make it.
    line.github.observe = async (scope) => {
      const snapshot = await observe(scope);
      line.github.addBranch(`factory/${issue}-1`);
      return snapshot;
    };
    const result = await line.run("claim", { event, issue });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "claim-taken" }] });
    expect(line.github.applied.slice(before).map(({ effect }) => effect.kind)).toEqual([
      "claim-branch",
    ]);
  });

  test("that GitHub refuses leads to a person", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    line.github.refuseNext("claim-branch", { status: 403, reason: "contents: write" });
    const result = await line.run("claim", { event, issue });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "permission-missing" }]);
  });

  test("that could not be written down is not followed by work", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = approve(line, issue);
    line.github.refuseNext("write-comment", { status: 500, reason: "oops" });
    const result = await line.run("claim", { event, issue });
    expect(result).toMatchObject({ next: "none", ok: false });
    expect(result.order).toBeUndefined();
  });

  test("is refused while the budget is spent", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.github.setConfig("limits: { usdPerIssue: 0.05 }\n");
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result.refusals).toMatchObject([{ code: "budget-exhausted" }]);
    expect(result.stage).toBe("needs-human");
  });
});

describe("a claim that was made and never written down", () => {
  /** What a claim whose answer was lost leaves behind: the branch, where it was wanted. */
  function leave(line: TestLine, ...branches: readonly string[]): void {
    for (const branch of branches) line.github.addBranch(branch);
  }

  const WAYS: readonly (readonly [string, (line: TestLine, issue: number) => void, number])[] = [
    ["one", (line, issue) => leave(line, `factory/${issue}-1`), 2],
    ["two", (line, issue) => leave(line, `factory/${issue}-1`, `factory/${issue}-2`), 3],
    [
      "one that the default branch has left behind since",
      (line, issue) => {
        leave(line, `factory/${issue}-1`);
        line.github.moveHead();
        line.pass(3 * 3_600);
      },
      2,
    ],
  ];

  test.each(WAYS)(
    "%s: the next approval takes the next number, and the ledger says so",
    async (_name, before, attempt) => {
      const line = newLine();
      const issue = await toProposed(line);
      before(line, issue);
      line.nextRun();
      const result = await line.run("claim", { event: approve(line, issue), issue });
      expect(result).toMatchObject({ next: "line", attempt, refusals: [] });
      const ledger = ledgerOf(line.github, issue);
      const said = ledger.flatMap(({ event }) => (event.kind === "refused" ? [event.refusal] : []));
      expect(said.map(({ code, subject }) => [code, subject])).toEqual(
        Array.from({ length: attempt - 1 }, (_, index) => [
          "effect-unanswered",
          `branch factory/${issue}-${index + 1}`,
        ]),
      );
      expect(stageShown(line.github, issue)).toEqual(["building"]);
    },
  );

  test("by a doorbell too, and after a person asked how it stands", async () => {
    const line = newLine({ config: CONFIG.replace("approve: always", "approve: never") });
    const issue = await toProposed(line);
    leave(line, `factory/${issue}-1`);
    line.pass(7_200);
    const event = commented(line.github, { issue, by: "wil", body: "/factory status" });
    await line.run("route", { event });
    line.nextRun();
    const rung = doorbell(line.github, issue);
    expect(await line.run("route", { event: rung })).toMatchObject({ next: "line" });
    const result = await line.run("claim", { event: rung, issue });
    expect(result).toMatchObject({ next: "line", attempt: 2, refusals: [] });
  });

  test("within the run whose answer was lost: it goes on with the next number", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { apply } = line.github;
    let lost = 0;
    line.github.apply = async (effects) => {
      const [first] = effects;
      if (first?.kind !== "claim-branch" || lost > 0) return apply(effects);
      lost += 1;
      await apply([first]);
      return [{ kind: first.kind, key: first.key, outcome: "already", unsure: true }];
    };
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result).toMatchObject({ next: "line", attempt: 2, refusals: [], ok: true });
    expect(kindsOf(line.github, issue).slice(-3)).toEqual(["approved", "refused", "claimed"]);
  });

  test("a job whose every answer is lost gives up quietly", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.github.apply = async (effects) =>
      effects
        .slice(0, 1)
        .map(({ key }) => ({ kind: "claim-branch", key, outcome: "already", unsure: true }));
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "effect-unanswered" }] });
  });
});

describe("a ledger that cannot be trusted", () => {
  function ledgerComment(line: TestLine, issue: number) {
    const found = line.github.comments(issue).find(({ body }) => body.startsWith(LEDGER_MARKER));
    if (found === undefined) throw new Error("there is a ledger");
    return found;
  }

  test.each<readonly [string, (line: TestLine, issue: number) => void]>([
    [
      "forged",
      (line, issue) => {
        const { id, body } = ledgerComment(line, issue);
        line.github.editComment(id, body.replace('"stage":"proposed"', '"stage":"ready"'));
      },
    ],
    ["cut", (line, issue) => line.github.editComment(ledgerComment(line, issue).id, LEDGER_MARKER)],
  ])(
    "%s: it is left as a witness, a person is asked, and their retry begins anew",
    async (_name, spoil) => {
      const line = newLine();
      const issue = await toProposed(line);
      spoil(line, issue);
      const witness = ledgerComment(line, issue).body;
      const result = await line.run("claim", { event: approve(line, issue), issue });
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(result.refusals).toMatchObject([{ code: "ledger-invalid" }]);
      expect(ledgerComment(line, issue).body).toBe(witness);
      expect(line.github.comments(issue).at(-1)?.body).toContain("/factory retry");
      expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
      line.nextRun();
      const event = commented(line.github, { issue, by: "wil", body: "/factory retry" });
      const retry = await line.run("route", { event });
      expect(retry).toMatchObject({ next: "intake", stage: "queued" });
      expect(kindsOf(line.github, issue)).toEqual(["submitted", "commanded"]);
    },
  );

  test("a comment of somebody else is only text", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { body } = ledgerComment(line, issue);
    line.github.addComment({ issue, author: "wil", body });
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result).toMatchObject({ next: "line" });
    expect(ledgerOf(line.github, issue)).toHaveLength(4);
  });

  test("sealed with another key: it is not believed", async () => {
    const line = newLine({ sealKey: "one".repeat(11) });
    const issue = await toProposed(line);
    const result = await line.run("claim", {
      event: approve(line, issue),
      issue,
      sealKey: "two".repeat(11),
    });
    expect(result.refusals).toMatchObject([{ code: "ledger-invalid" }]);
    expect(branchesOf(line)).toBe(0);
  });

  test("twice there: no retry chooses between them, a person deletes one", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { body } = ledgerComment(line, issue);
    const double = line.github.addComment({ issue, author: line.github.identity.login, body });
    const retry = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    const refused = await line.run("route", { event: retry });
    expect(refused).toMatchObject({ next: "none", stage: "needs-human" });
    expect(refused.summary).toContain("delete");
    line.github.deleteComment(double);
    const again = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    expect(await line.run("route", { event: again })).toMatchObject({ next: "intake" });
  });
});

describe("what is said where nothing is claimed", () => {
  test("a doorbell that rings early, or late", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.nextRun();
    const event = doorbell(line.github, issue);
    const early = await line.run("claim", { event, issue });
    expect(early).toMatchObject({
      effects: [],
      refusals: [
        {
          code: "illegal-transition",
          subject: "proposed → building",
          accepted: "the stage ready",
        },
      ],
    });
  });

  test("a command that nobody knows is answered; a stranger's is not", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.nextRun();
    const said = (by: string) =>
      line.run("claim", {
        event: commented(line.github, { issue, by, body: "/factory aprove" }),
        issue,
      });
    const answered = await said("ada");
    expect(answered).toMatchObject({ stage: "proposed", next: "none" });
    expect(answered.refusals).toEqual([
      { code: "event-not-understood", subject: "/factory aprove", hint: "list-the-commands" },
    ]);
    expect(answered.effects).not.toEqual([]);
    expect(await said("rea")).toMatchObject({
      effects: [],
      refusals: [{ code: "actor-not-permitted" }],
    });
  });

  test("the first effect is the branch, at the head that was seen", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const claim = await line.run("claim", { event: approve(line, issue), issue });
    expect(claim.effects[0]).toEqual({
      kind: "claim-branch",
      key: `claim/factory/${issue}-1/${line.github.head()}`,
      branch: `factory/${issue}-1`,
      sha: line.github.head(),
    });
  });

  test("no issue to claim", async () => {
    const line = newLine();
    const event = doorbell(line.github, "", "ada");
    expect((await line.run("claim", { event })).refusals).toEqual([
      { code: "event-not-understood", subject: "no issue to claim" },
    ]);
    const unknown = { name: "fork", payload: {} };
    expect((await line.run("claim", { event: unknown })).refusals).toMatchObject([
      { code: "event-not-understood", subject: "fork" },
    ]);
  });

  test("a contract of other words, with its digest and when it was written", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { id, body } = contractOf(line, issue);
    line.pass(5);
    line.github.editComment(id, body.replace("Greet", "Insult"));
    const contract = { ...CONTRACT, goal: CONTRACT.goal.replace("Greet", "Insult") };
    const { updatedAt } = contractOf(line, issue);
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result.refusals).toEqual([
      {
        code: "approval-stale",
        subject: `comment ${id}`,
        found: `digest ${digestOfContract(contract)}, last written ${updatedAt}`,
        hint: "make-a-new-contract",
      },
    ]);
  });

  test("an issue of other words", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.github.changeIssue(issue, { title: "other" });
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result.refusals).toEqual([{ code: "issue-changed", subject: `issue ${issue}` }]);
  });

  test("a second approval at ready needs the first to stand, and adds none", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    const event = approve(line, building.issue, "wil");
    const result = await line.run("claim", { event, issue: building.issue });
    expect(result).toMatchObject({ next: "line", attempt: 2 });
    const approvals = kindsOf(line.github, building.issue).filter((kind) => kind === "approved");
    expect(approvals).toHaveLength(1);
  });
});

/** A person asks for another contract, and the next version stands in the place of the first. */
async function proposeAgain(line: TestLine, issue: number, contract: typeof CONTRACT) {
  line.nextRun();
  const event = commented(line.github, { issue, by: "ada", body: "/factory rework: more" });
  await line.run("route", { event, issue });
  const order = orderOf(await line.run("open", { event, issue }));
  const proposals = [deliver("intake-normalize", intake(order, contract))];
  await line.run("propose", { event, issue, order, proposals });
  expect(stageShown(line.github, issue)).toEqual(["proposed"]);
}
