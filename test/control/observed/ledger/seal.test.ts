import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refuseLedger } from "../../../../src/domain/ledger.ts";
import { DISTRUST_MARKER } from "../../../../src/wording/issue/asks.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../../../src/wording/issue/ledger-comment.ts";
import { cases } from "../../../cases.ts";
import { commentOf } from "../../changes.ts";
import {
  approve,
  commented,
  deliveries,
  doorbell,
  green,
  kindsOf,
  newLine,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";

const ledgerComment = (line: TestLine, issue: number) => commentOf(line, issue, LEDGER_MARKER);

/** Edits the lines for machines, and nothing else. */
function editLines(edit: (lines: string[]) => string[]) {
  return (line: TestLine, issue: number): void => {
    const { id, body } = ledgerComment(line, issue);
    const all = body.split("\n");
    const start = all.indexOf("```json") + 1;
    const end = all.lastIndexOf("```");
    const lines = edit(all.slice(start, end));
    line.github.editComment(id, [...all.slice(0, start), ...lines, ...all.slice(end)].join("\n"));
  };
}

type Forge = (line: TestLine, issue: number) => void | Promise<void>;

/** What somebody with the bot's own token can do to the comment that holds the history. */
const FORGERIES: readonly (readonly [string, Forge])[] = [
  [
    "a line is edited",
    editLines(([first = "", ...rest]) => [first.replace(/"run":\d+/, '"run":7'), ...rest]),
  ],
  ["the first line is taken out", editLines((lines) => lines.slice(1))],
  ["lines change places", editLines((lines) => lines.toReversed())],
  ["a line stands twice", editLines((lines) => [...lines, lines.at(-1) ?? ""])],
  ["all lines are taken out but not the comment", editLines(() => ["{}"])],
  [
    "a line is added without a seal",
    editLines((lines) => [...lines, (lines.at(-1) ?? "").replace(/"v1:[0-9a-f]+"/, '"none"')]),
  ],
  [
    "a seal of zeros",
    editLines((lines) => lines.map((one) => one.replace(/v1:[0-9a-f]+/, `v1:${"0".repeat(64)}`))),
  ],
  [
    "a seal of another version",
    editLines((lines) => lines.map((one) => one.replace("v1:", "v2:"))),
  ],
  [
    "it is cut short",
    (line, issue) => {
      const { id, body } = ledgerComment(line, issue);
      line.github.editComment(id, body.slice(0, body.lastIndexOf("```")));
    },
  ],
  ["it is deleted", (line, issue) => line.github.deleteComment(ledgerComment(line, issue).id)],
  [
    "a second one stands beside it",
    (line, issue) => {
      const { body } = ledgerComment(line, issue);
      line.github.addComment({ issue, author: line.github.identity.login, body });
    },
  ],
  [
    "another issue's stands in its place",
    async (line, issue) => {
      const { body } = ledgerComment(line, await toProposed(line));
      line.github.editComment(ledgerComment(line, issue).id, body);
    },
  ],
];

/** Of two lines the second is the last: without it the ledger is an older version of itself, which is another story. */
const FORGERIES_OF_LONGER: typeof FORGERIES = [
  ...FORGERIES,
  ["a line is taken out", editLines(([first = "", _second, ...rest]) => [first, ...rest])],
];

describe("a ledger that somebody wrote into", () => {
  test.each(FORGERIES)("%s: refused, a person is asked, the andon is up", async (_name, forge) => {
    const line = newLine();
    const issue = await toProposed(line);
    await forge(line, issue);
    const result = await line.run("claim", { event: approve(line, issue), issue });
    expect(result.refusals[0]).toMatchObject({ code: "ledger-invalid" });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(line.github.branch(`factory/${issue}-1`)).toBeUndefined();
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(line.github.issue(issue).labels).toContain("factory:andon");
    expect(commentOf(line, issue, DISTRUST_MARKER).body).toContain("andon label");
  });

  test.each(FORGERIES_OF_LONGER)(
    "%s, while it is being built: nothing is published",
    async (_name, forge) => {
      const line = newLine();
      const building = await toBuilding(line);
      const { runId } = building.order;
      await forge(line, building.issue);
      line.backTo(runId);
      const proposals = deliveries(green(line.github, building.order));
      const result = await line.run("settle", { ...building, proposals });
      expect(result.refusals[0]).toMatchObject({ code: "ledger-invalid" });
      expect(result).toMatchObject({ next: "none", stage: "needs-human" });
      expect(line.github.issue(building.issue).labels).toContain("factory:andon");
      expect(line.github.applied.some(({ effect }) => effect.kind === "publish-commit")).toBe(
        false,
      );
    },
  );

  test("a person lowers the andon and begins anew", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.github.deleteComment(ledgerComment(line, issue).id);
    await line.run("claim", { event: approve(line, issue), issue });
    line.nextRun();
    const retry = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    expect(await line.run("route", { event: retry })).toMatchObject({ next: "intake" });
    const held = await line.run("open", { event: retry, issue });
    expect(held.refusals).toMatchObject([{ code: "andon-raised" }]);
    line.github.changeIssue(issue, { labels: ["factory:queued"] });
    expect(await line.run("open", { event: retry, issue })).toMatchObject({ next: "intake" });
    expect(kindsOf(line.github, issue)).toEqual(["submitted", "commanded"]);
  });

  test("an issue that has only its label has no ledger yet, and nothing is wrong", async () => {
    const line = newLine();
    const issue = submit(line);
    line.nextRun();
    const event = doorbell(line.github, issue, "ada");
    expect(await line.run("route", { event })).toMatchObject({ next: "intake", refusals: [] });
  });
});

describe("an older version of the ledger", () => {
  async function secondAttempt(line: TestLine) {
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    const earlier = ledgerComment(line, building.issue).body;
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    const claim = await line.run("claim", { event, issue: building.issue });
    return { ...building, event, earlier, order: claim.order ?? building.order };
  }

  test("is found by the branches that it does not know, at the claim and at the settlement", async () => {
    const line = newLine();
    const { issue, event, order, earlier } = await secondAttempt(line);
    line.github.editComment(ledgerComment(line, issue).id, earlier);
    const proposals = deliveries(green(line.github, order));
    const settled = await line.run("settle", { event, issue, order, proposals });
    expect(settled.refusals[0]).toMatchObject({ code: "ledger-invalid" });
    expect(line.github.issue(issue).labels).toContain("factory:andon");
    // An attempt takes longer than the job that wrote the line before it.
    line.pass(600);
    line.github.editComment(ledgerComment(line, issue).id, earlier);
    line.github.changeIssue(issue, { labels: ["factory:ready"] });
    line.nextRun();
    const claimed = await line.run("claim", { event, issue });
    expect(claimed.refusals[0]).toMatchObject({ code: "ledger-invalid" });
    expect(claimed).toMatchObject({ next: "none", stage: "needs-human" });
    expect(line.github.issue(issue).labels).toContain("factory:andon");
  });

  test("from before the first attempt gains nothing: the contract is to be approved again", async () => {
    const line = newLine();
    const proposed = await toProposed(line);
    const earlier = ledgerComment(line, proposed).body;
    const event = approve(line, proposed);
    await line.run("claim", { event, issue: proposed });
    line.github.editComment(ledgerComment(line, proposed).id, earlier);
    line.github.deleteBranch(`factory/${proposed}-1`);
    line.nextRun();
    const ring = doorbell(line.github, proposed);
    const result = await line.run("claim", { event: ring, issue: proposed });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "illegal-transition" }] });
  });

  test("that does not know of a stop is overruled by the stop itself", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const earlier = ledgerComment(line, building.issue).body;
    const event = commented(line.github, {
      issue: building.issue,
      by: "wil",
      body: "/factory stop",
    });
    await line.run("route", { event });
    line.github.editComment(ledgerComment(line, building.issue).id, earlier);
    const proposals = deliveries(green(line.github, building.order));
    const result = await line.run("settle", { ...building, proposals });
    expect(result.refusals).toMatchObject([
      { code: "stopped-by-person", found: expect.stringContaining("wil") },
    ]);
    expect(line.github.applied.some(({ effect }) => effect.kind === "publish-commit")).toBe(false);
  });
});

describe("the key", () => {
  test("without one trust is capped: a person merges, whatever the config says", async () => {
    for (const sealKey of [null, " \n "]) {
      const line = newLine({ sealKey });
      const building = await toBuilding(line);
      const proposals = deliveries(green(line.github, building.order));
      const result = await line.run("settle", { ...building, proposals });
      expect(result).toMatchObject({ next: "none", stage: "gating", refusals: [] });
      expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain(
        "merge-pull-request",
      );
    }
  });

  test("a short one could be tried out: nothing starts with it", async () => {
    const line = newLine({ sealKey: "hunter2" });
    const issue = submit(line);
    line.nextRun();
    const event = doorbell(line.github, issue, "ada");
    const result = await line.run("open", { event, issue });
    expect(result.refusals).toMatchObject([
      { code: "config-invalid", subject: "FACTORY_SEAL_KEY" },
    ]);
    expect(result.summary).toContain("openssl rand -hex 32");
  });

  const OLD = "old".repeat(12);
  const NEW = "new".repeat(12);
  test.each([
    ["old and new", "line", `${NEW} ${OLD}`],
    ["old and new in lines", "line", `${NEW}\n${OLD}\n`],
    ["the new one alone", "none", NEW],
    ["no key any more", "none", " "],
  ])("is rotated: with %s an issue under way leads to %s", async (_name, next, sealKey) => {
    const line = newLine({ sealKey: OLD });
    const issue = await toProposed(line);
    const event = approve(line, issue);
    const result = await line.run("claim", { event, issue, sealKey });
    expect(result).toMatchObject({ next });
    if (next === "none") return;
    // What the new key has gone on with, the old one cannot go on with again.
    const place = { repositoryId: line.github.repositoryId, issue };
    const parsed = parseLedgerComment(ledgerComment(line, issue).body);
    if ("fault" in parsed) throw new Error(parsed.fault);
    expect(refuseLedger(parsed.entries, { place, key: sealKey })).toBeUndefined();
    expect(refuseLedger(parsed.entries, { place, key: OLD })).toBeDefined();
  });
});

describe("every byte", () => {
  test("that is changed in the lines for machines is found", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    const { body } = ledgerComment(line, issue);
    const place = { repositoryId: line.github.repositoryId, issue };
    const start = body.indexOf("```json");
    const end = body.lastIndexOf("```");
    expect(parseLedgerComment(body)).toHaveProperty("entries");
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: end - 1 }),
        fc.integer({ min: 1, max: 0xff_ff }),
        (at, code) => {
          const letter = String.fromCharCode(code);
          fc.pre(body[at] !== letter && letter !== "\r");
          const parsed = parseLedgerComment(body.slice(0, at) + letter + body.slice(at + 1));
          const found =
            "fault" in parsed || refuseLedger(parsed.entries, { place, key: line.sealKey });
          expect(found).toBeTruthy();
        },
      ),
      cases(400),
    );
  });
});
