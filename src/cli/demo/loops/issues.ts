import { readFindingMarker } from "../../../wording/loops/finding.ts";
import { loopMarker } from "../../../wording/loops/issue.ts";
import type { Playing } from "../audit.ts";

/** An issue as the API answers it. */
export interface IssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

async function allIssues({ twin, repository }: Playing): Promise<readonly IssueAnswer[]> {
  const path = `/repos/${repository}/issues?state=all&per_page=100&direction=asc`;
  return (await twin.request("GET", path)) as readonly IssueAnswer[];
}

/** What the loop filed. */
export async function issuesOf(playing: Playing, loop: string): Promise<readonly IssueAnswer[]> {
  return (await allIssues(playing)).filter(({ body }) => {
    const marker = (body ?? "").trimEnd().split("\n").at(-1) ?? "";
    return readFindingMarker(marker)?.loop === loop;
  });
}

/** The one that tells of the loop. */
export async function rollingOf(playing: Playing, loop: string): Promise<IssueAnswer | undefined> {
  const all = await allIssues(playing);
  return all.find(({ body }) => (body ?? "").trimEnd().endsWith(`\n${loopMarker(loop)}`));
}

/** Numbers of those that are open. */
export function openOf(issues: readonly IssueAnswer[]): readonly number[] {
  return issues.filter(({ state }) => state === "open").map(({ number }) => number);
}
