import { expect, test } from "vitest";
import { appendEntry, refuseLedger, type SealedEntry } from "../../../src/domain/ledger.ts";
import {
  LEDGER_MARKER,
  parseLedgerComment,
  renderLedgerComment,
} from "../../../src/wording/issue/ledger-comment.ts";
import { writtenLength } from "../../../src/wording/issue/ledger-lines.ts";
import { readPages } from "../../../src/wording/issue/ledger-page.ts";
import { PATIENCE_MS, raise, SEAL_KEY, say, submit, type World } from "../rig.ts";
import { entriesOf, standing } from "../standing.ts";

interface Comment {
  readonly id: number;
  readonly body: string;
}

async function commentsOf(world: World, issue: number) {
  const all = await world.get<readonly Comment[]>(`/issues/${issue}/comments?per_page=100`);
  return all.filter(({ body }) => body.startsWith(LEDGER_MARKER));
}

/** So much has happened on this issue that no attempt has room any more. */
async function fill(world: World, issue: number): Promise<readonly SealedEntry[]> {
  const [ledger] = await commentsOf(world, issue);
  const repository = await world.get<{ id: number }>("");
  const context = { place: { repositoryId: repository.id, issue }, key: SEAL_KEY };
  const refusal = { code: "check-failed", subject: "test", found: "x".repeat(1_900) } as const;
  let entries = entriesOf(ledger?.body ?? "");
  const { at = "", run = 0, stage = "proposed" } = entries.at(-1) ?? {};
  while (writtenLength(entries) < 48_000) {
    const entry = { at, run, stage, event: { kind: "refused", refusal } } as const;
    entries = appendEntry(entries, entry, context);
  }
  const links = { repository: "https://github.com/OWNER/greeter" };
  const body = renderLedgerComment({ entries, issue, stage, links });
  await world.send("PATCH", `/issues/comments/${ledger?.id}`, { body });
  return entries;
}

test(
  "an issue whose ledger outgrew its comment is built and merged, and its ledger is whole",
  async () => {
    await using world = await raise({ config: { approve: "always" } });
    const issue = await submit(world);
    const before = await fill(world, issue);

    await say(world, issue, "/factory approve");
    const { stages, ledger } = await standing(world, issue);
    expect(stages).toEqual(["done"]);
    const [, ...pages] = await commentsOf(world, issue);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.body).toMatch(/^### Millwright · ledger, page 1: lines 1 to [0-9]+ · /);
    const parsed = parseLedgerComment(ledger);
    if ("fault" in parsed) throw new Error(parsed.fault);
    const whole = readPages(parsed, (page) => pages.find(({ id }) => id === page)?.body);
    if ("fault" in whole) throw new Error(whole.fault);
    expect(whole.continues).toBeUndefined();
    expect(whole.entries.slice(0, before.length)).toEqual(before);
    const kinds = whole.entries.slice(before.length).map(({ event }) => event.kind);
    expect(kinds.slice(0, 2)).toEqual(["approved", "claimed"]);
    expect(kinds).toContain("merged");
    const repository = await world.get<{ id: number }>("");
    const place = { repositoryId: repository.id, issue };
    expect(refuseLedger(whole.entries, { place, key: SEAL_KEY })).toBeUndefined();
  },
  PATIENCE_MS,
);
