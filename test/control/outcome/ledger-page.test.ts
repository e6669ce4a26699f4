import { describe, expect, test } from "vitest";
import { readLedger } from "../../../src/control/observed/ledger.ts";
import { appendEntry, type SealedEntry } from "../../../src/domain/ledger.ts";
import { LEDGER_MARKER, renderLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { writtenLength } from "../../../src/wording/issue/ledger-lines.ts";
import { manyOf } from "../../cases.ts";
import { commentOf } from "../changes.ts";
import {
  approve,
  CONFIG,
  commented,
  deliveries,
  doorbell,
  green,
  ledgerOf,
  lineOrderOf,
  newLine,
  stageShown,
  type TestLine,
  toProposed,
} from "../line.ts";

const LONG = `${CONFIG}limits: { attempts: 10, usdPerIssue: 900, usdPerDay: 9000 }\n`;

const FINDING = {
  severity: "blocker",
  path: "src/greet.ts",
  line: 1,
  claim: "\u3042".repeat(140),
  howItFails: "\u3044".repeat(140),
  suggestion: "",
} as const;

function wholeOf({ github, sealKey }: TestLine, issue: number) {
  return readLedger(github.comments(issue), {
    identity: github.identity.id,
    place: { repositoryId: github.repositoryId, issue },
    queued: false,
    ...(sealKey === undefined ? {} : { key: sealKey }),
  });
}

function pagesOf({ github }: TestLine, issue: number) {
  return github.comments(issue).filter(({ body }) => body.startsWith(`${LEDGER_MARKER}, page `));
}

/** Of what a comment takes, so much leaves an attempt too little. */
const FULL = 48_000;

type Rung = Parameters<TestLine["run"]>[1]["event"];

/** One attempt, which the reviewer sends back with all that a ledger takes. */
async function sendBack(line: TestLine, issue: number, event: Rung) {
  const claim = await line.run("claim", { event, issue });
  const order = lineOrderOf(claim);
  const proposals = green(line.github, order);
  proposals.review.verdict.decision = "rework";
  proposals.review.verdict.findings = Array.from({ length: 10 }, () => FINDING);
  await line.run("settle", { event, issue, order, proposals: deliveries(proposals) });
  line.nextRun();
  return claim;
}

async function goOn(line: TestLine, issue: number): Promise<void> {
  const event = commented(line.github, { issue, by: "ada", body: "/factory retry" });
  expect(await line.run("route", { event })).toMatchObject({ ok: true, next: "line" });
  line.nextRun();
}

/** What happened on this issue was so much that no attempt has room any more. */
function fill({ github, sealKey: key }: TestLine, issue: number): readonly SealedEntry[] {
  const { id, updatedAt: at } = commentOf({ github } as TestLine, issue, `${LEDGER_MARKER}\n`);
  const { entries, continues } = wholeOf({ github, sealKey: key } as TestLine, issue);
  const stage = entries.at(-1)?.stage ?? "ready";
  const refusal = { code: "check-failed", subject: "test", found: "x".repeat(1_900) } as const;
  const place = { repositoryId: github.repositoryId, issue };
  let full = entries;
  const standing = () => writtenLength(full.slice(continues?.sequence ?? 0));
  for (let run = 1; standing() < FULL; run += 1) {
    const entry = { at, run, stage, event: { kind: "refused", refusal } } as const;
    full = appendEntry(full, entry, { place, key });
  }
  const links = { repository: "https://github.com/OWNER/app" };
  const on = continues === undefined ? {} : { continues };
  github.editComment(id, renderLedgerComment({ entries: full, ...on, issue, stage, links }));
  return full;
}

/** An approved issue whose ledger is full. */
async function toFull(line: TestLine) {
  const issue = await toProposed(line);
  await sendBack(line, issue, approve(line, issue));
  return { issue, before: fill(line, issue) };
}

function kinds(entries: readonly SealedEntry[]): readonly string[] {
  return entries.map(({ event }) => event.kind);
}

describe("an issue whose ledger outgrows its comment", () => {
  test("by attempts that are sent back at length goes on, with all that was said", async () => {
    const line = newLine({ config: LONG });
    const issue = await toProposed(line);
    let event: Rung = approve(line, issue);
    for (let attempt = 1; pagesOf(line, issue).length < manyOf(2); attempt += 1) {
      const claim = await sendBack(line, issue, event);
      expect(claim).toMatchObject({ next: "line", attempt });
      if (attempt % 10 === 0) await goOn(line, issue);
      event = doorbell(line.github, issue);
    }
    const { entries, refusal } = wholeOf(line, issue);
    expect(refusal).toBeUndefined();
    expect(kinds(entries).filter((kind) => kind === "claimed").length).toBeGreaterThan(20);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  });

  test("twice: two pages, and the change is merged in the end", async () => {
    const line = newLine({ config: LONG });
    const { issue, before } = await toFull(line);
    await sendBack(line, issue, doorbell(line.github, issue));
    expect(pagesOf(line, issue)).toHaveLength(1);
    expect(wholeOf(line, issue).entries.slice(0, before.length)).toEqual(before);
    const more = fill(line, issue);
    const event = doorbell(line.github, issue);
    const claim = await line.run("claim", { event, issue });
    expect(claim.effects.map(({ kind }) => kind)).toEqual([
      "write-comment",
      "claim-branch",
      "write-comment",
      "set-labels",
    ]);
    const order = lineOrderOf(claim);
    const proposals = deliveries(green(line.github, order));
    await line.run("settle", { event, issue, order, proposals });
    const { entries, continues } = wholeOf(line, issue);
    expect(entries.slice(0, more.length)).toEqual(more);
    expect(kinds(entries.slice(more.length))).toEqual(["claimed", "published", "merged"]);
    expect(continues?.pages).toEqual(pagesOf(line, issue).map(({ id }) => id));
    expect(continues?.pages).toHaveLength(2);
    expect(ledgerOf(line.github, issue)).toEqual(entries.slice(continues?.sequence));
  });

  test.each([1, 2, 3, 4])(
    "and whose run dies after %i effects of the claim has one page in the end",
    async (effects) => {
      const line = newLine({ config: LONG });
      const { issue, before } = await toFull(line);
      const event = doorbell(line.github, issue);
      line.github.dieAfter(effects);
      const dead = line.run("claim", { event, issue });
      if (effects < 4) await expect(dead).rejects.toThrow();
      else await dead;
      line.github.dieAfter(undefined);
      line.nextRun();
      expect(wholeOf(line, issue).refusal).toBeUndefined();
      if (effects < 3) {
        const rung = doorbell(line.github, issue);
        const claim = await line.run("claim", { event: rung, issue });
        expect(claim).toMatchObject({ ok: true, next: "line" });
      }
      const { entries, continues } = wholeOf(line, issue);
      expect(entries.slice(0, before.length)).toEqual(before);
      expect(kinds(entries).filter((kind) => kind === "claimed")).toHaveLength(2);
      expect(pagesOf(line, issue).map(({ id }) => id)).toEqual(continues?.pages);
      expect(continues?.pages).toHaveLength(1);
    },
  );

  test("and whose page GitHub refuses claims nothing, and asks", async () => {
    const line = newLine({ config: LONG });
    const { issue, before } = await toFull(line);
    line.github.refuseNext("write-comment", { status: 403, reason: "no" });
    const claim = await line.run("claim", { event: doorbell(line.github, issue), issue });
    expect(claim).toMatchObject({ next: "none", refusals: [{ code: "permission-missing" }] });
    expect(claim.effects.map(({ kind }) => kind)).not.toContain("claim-branch");
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(pagesOf(line, issue)).toEqual([]);
    expect(wholeOf(line, issue).entries.slice(0, before.length)).toEqual(before);
  });

  test("and whose page is deleted is not believed; a person's word begins anew", async () => {
    const line = newLine({ config: LONG });
    const { issue } = await toFull(line);
    await sendBack(line, issue, doorbell(line.github, issue));
    const [page] = pagesOf(line, issue);
    line.github.deleteComment(page?.id ?? 0);
    const claim = await line.run("claim", { event: doorbell(line.github, issue), issue });
    expect(claim).toMatchObject({ next: "none", stage: "needs-human" });
    expect(claim.refusals).toMatchObject([
      { code: "ledger-invalid", found: `page 1, comment ${page?.id} is gone` },
    ]);
    line.github.changeIssue(issue, { labels: ["factory:needs-human"] });
    const event = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    expect(await line.run("route", { event })).toMatchObject({ next: "intake", stage: "queued" });
    expect(kinds(wholeOf(line, issue).entries)).toEqual(["submitted", "commanded"]);
    expect(wholeOf(line, issue).continues).toBeUndefined();
  });
});
