import { expect, test } from "vitest";
import { spentOnPulls } from "../../../src/cli/report/spent-on-pulls.ts";
import { type PullWork, sealPullWork } from "../../../src/domain/ledger/pull-work.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { GitHubExport } from "../../../src/measures/history/github-export.ts";
import { renderUnblockWork } from "../../../src/wording/pull-request/unblock-work.ts";

const KEY = "5".repeat(64);
const BOT = { login: "github-actions[bot]", type: "Bot" };

const work = (usd?: number): PullWork => ({
  ...{ work: "unblock", run: 9, head: "a".repeat(40), at: "2026-08-20T10:00:00.000Z", most: 5 },
  ...(usd === undefined ? {} : { usage: { ...NO_USAGE, usd } }),
});

const body = (pull: number, usd?: number) =>
  renderUnblockWork({
    work: sealPullWork(work(usd), { place: { repositoryId: 7, issue: pull }, key: KEY }),
    runUrl: "https://github.com/OWNER/notes/actions/runs/9",
  });

const exported = (...comments: readonly (readonly [pull: number, body: string, user?: object])[]) =>
  GitHubExport.parse({
    repository: {
      ...{ id: 7, full_name: "OWNER/notes", html_url: "https://github.com/OWNER/notes" },
      default_branch: "main",
    },
    pulls: [],
    comments: comments.map(([pull, text, user = BOT]) => ({
      ...{ user, body: text },
      issue_url: `https://api.github.com/repos/OWNER/notes/issues/${pull}`,
    })),
  });

test("each order counts once, where an app says it and its seal holds", () => {
  const found = exported(
    [4, body(4, 0.25)],
    [4, body(4, 0.25)],
    [4, body(4)],
    [5, body(5, 1), { login: "eve", type: "User" }],
    [6, body(4, 2)],
    [7, body(7, 0.5).replace('"usd":0.5', '"usd":0')],
  );
  const spent = { issue: 4, at: "2026-08-20T10:00:00.000Z", usd: 0.25 };
  expect(spentOnPulls(found, KEY)).toEqual({
    spendings: [spent],
    disbelieved: ["#6: what it cost was changed", "#7: what it cost was changed"],
  });
});

test("without the key no seal is checked", () => {
  expect(spentOnPulls(exported([6, body(4, 2)]), undefined)).toMatchObject({
    spendings: [{ issue: 6, usd: 2 }],
    disbelieved: [],
  });
});
