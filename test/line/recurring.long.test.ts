import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../src/domain/digest.ts";
import { appendEntry, type LedgerEntry, type SealedEntry } from "../../src/domain/ledger.ts";
import { renderLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { REVIEW_MARKER } from "../../src/wording/pages/report/review-issue.ts";
import { headOf, PATIENCE_MS, REPOSITORY, ROOT, raise, SEAL_KEY, type World } from "./rig.ts";
import { jobsOf, summariesOf } from "./standing.ts";

// Real runs: what is tested is the templates and workflows of what comes back each week, with the shipped bundle and its token.

const LEARNING = "factory-learning";
const REVIEW = "factory-operational-review";
const DAY_MS = 86_400_000;
/** Issues of the last days; of the first three an attempt was sent back by the linter. */
const ISSUES = 12;
const FORGOTTEN = 3;

async function files(): Promise<Readonly<Record<string, string>>> {
  const entries = [LEARNING, REVIEW].map(async (name) => {
    const text = await readFile(join(ROOT, "workflow-templates", `${name}.yml`), "utf8");
    return [`.github/workflows/${name}.yml`, text] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function start(world: World, name: string): Promise<void> {
  await world.send("POST", `/actions/workflows/${name}.yml/dispatches`, { ref: "main" });
  await world.idle();
}

/** What control would have written on an issue, days ago. */
function ledgerOf(issue: number, about: { readonly repositoryId: number; readonly base: string }) {
  const digest = digestOf(`issue ${issue}`);
  const bound = { contract: digest, issue: digest };
  const sentBack: Pick<LedgerEntry, "stage" | "event"> = {
    stage: "ready",
    event: {
      ...{ kind: "sent-back", attempt: 1, findings: ["lint: exit code 1"] },
      mistakes: [{ cause: "check-red", place: { kind: "check", name: "lint" } }],
    },
  };
  const events: readonly Pick<LedgerEntry, "stage" | "event">[] = [
    { stage: "queued", event: { kind: "submitted", by: 101, issue: digest } },
    { stage: "proposed", event: { kind: "proposed", ...bound, comment: 1, version: 1 } },
    { stage: "ready", event: { kind: "approved", by: 101, ...bound, comment: 2 } },
    {
      stage: "building",
      event: { kind: "claimed", attempt: 1, branch: `factory/${issue}-1`, base: about.base },
    },
    ...(issue <= FORGOTTEN ? [sentBack] : []),
  ];
  const place = { repositoryId: about.repositoryId, issue };
  const day = Math.floor(Date.now() / 1_000) * 1_000 - (2 + issue) * DAY_MS;
  const at = new Date(day).toISOString().replace(".000Z", "Z");
  const entries = events.reduce<readonly SealedEntry[]>(
    (ledger, entry) => appendEntry(ledger, { at, run: 1, ...entry }, { place, key: SEAL_KEY }),
    [],
  );
  const stage = events.at(-1)?.stage ?? "queued";
  return renderLedgerComment({ issue, entries, stage, links: { repository: "https://x.example" } });
}

/** The issues with their ledgers, written by the account of a job. */
async function layLedgers(world: World): Promise<void> {
  const { id: repositoryId } = await world.get<{ id: number }>("");
  const base = await headOf(world);
  const token = world.twin.github.mintJobToken({
    ...{ repository: REPOSITORY, permissions: { issues: "write" }, runId: 1, jobId: "1" },
  });
  for (let issue = 1; issue <= ISSUES; issue += 1) {
    await world.send("POST", "/issues", { title: `Issue ${issue}`, body: "" });
    const address = `${world.twin.github.url}/repos/${REPOSITORY}/issues/${issue}/comments`;
    const answer = await fetch(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ body: ledgerOf(issue, { repositoryId, base }) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
  await world.idle();
}

let world: World;

beforeAll(async () => {
  world = await raise({ runner: "twin", files: await files() });
  await layLedgers(world);
}, PATIENCE_MS);

afterAll(() => world?.[Symbol.asyncDispose]());

describe("the template of the operational review", () => {
  test(
    "writes one issue from the ledgers, and edits it the week after",
    async () => {
      const before = jobsOf(world).length;
      await start(world, REVIEW);
      await start(world, REVIEW);
      expect(jobsOf(world).slice(before)).toEqual(["operational-review", "operational-review"]);
      const issues = await world.get<readonly { title: string; body: string }[]>("/issues");
      const own = issues.filter(({ body }) => body.includes(REVIEW_MARKER));
      expect(own).toHaveLength(1);
      expect(own[0]?.body).toContain("Sent back");
      expect(own[0]?.body).not.toContain("Not counted");
      expect(summariesOf(world)).toContain("Attempts");
    },
    PATIENCE_MS,
  );
});

describe("the template of learning", () => {
  test(
    "proposes the lesson of a mistake that was made again in one pull request, and once",
    async () => {
      const before = jobsOf(world).length;
      await start(world, LEARNING);
      await start(world, LEARNING);
      expect(jobsOf(world).slice(before)).toEqual(["learn", "learn"]);
      const pulls =
        await world.get<
          readonly { title: string; body: string; head: { ref: string }; user: { login: string } }[]
        >("/pulls?state=all");
      expect(pulls).toHaveLength(1);
      const [pull] = pulls;
      expect(pull?.user.login).toBe("github-actions[bot]");
      expect(pull?.body).toContain("3 times in 12 attempts");
      const guide = await world.get<{ content: string }>(
        `/contents/AGENTS.md?ref=${pull?.head.ref}`,
      );
      expect(Buffer.from(guide.content, "base64").toString()).toContain("Run the check `lint`");
      for (const run of world.twin.runner.runs().filter((one) => one.repository === REPOSITORY)) {
        expect(run.conclusion).toBe("success");
      }
    },
    PATIENCE_MS,
  );
});
