import { expect } from "vitest";
import {
  CONFIG,
  commented,
  deliveries,
  doorbell,
  green,
  type Implement,
  lineOrderOf,
  type TaskInput,
  type TestLine,
  toBuilding,
} from "../../line.ts";

export const PERSON_MERGES = CONFIG.replace("scoped-autonomy", "open-pr");

/** An issue whose pull request 2 waits for a person. */
export async function gating(
  line: TestLine,
  namings?: NonNullable<Implement["namings"]>,
): Promise<number> {
  const building = await toBuilding(line);
  const made = green(line.github, building.order);
  const implement = namings === undefined ? made.implement : { ...made.implement, namings };
  const proposals = deliveries({ ...made, implement });
  const settled = await line.run("settle", { ...building, proposals });
  expect(settled).toMatchObject({ stage: "gating" });
  line.nextRun();
  return building.issue;
}

/** The event of a review, or of a comment in a thread, as GitHub sends it. */
export function reviewed(
  line: TestLine,
  said: { readonly id: number; readonly by: string; readonly body: string; readonly thread?: true },
) {
  const { id: sender, type } = line.github.actor(said.by);
  const { number, head } = line.github.pullRequest(2);
  const words = { id: said.id, body: said.body };
  const payload = {
    pull_request: { number, head: { ref: head.branch } },
    sender: { id: sender, login: said.by, type },
  };
  return said.thread === true
    ? {
        name: "pull_request_review_comment",
        payload: { ...payload, action: "created", comment: words },
      }
    : { name: "pull_request_review", payload: { ...payload, action: "submitted", review: words } };
}

/** A comment in the conversation of the pull request. */
export function saidOnPull(line: TestLine, said: { readonly by: string; readonly body: string }) {
  const event = commented(line.github, { issue: 2, ...said });
  return { ...event, payload: { ...event.payload, issue: { number: 2, pull_request: {} } } };
}

/** Claims what stands at ready. */
export async function claimNext(
  line: TestLine,
  issue: number,
  held: Pick<TaskInput, "treeAt" | "bytesAt"> = {},
) {
  const event = doorbell(line.github, issue);
  const claim = await line.run("claim", { event, issue, ...held });
  expect(claim).toMatchObject({ next: "line" });
  return { event, issue, order: lineOrderOf(claim) };
}

export async function settleGreen(
  line: TestLine,
  building: Awaited<ReturnType<typeof claimNext>>,
  content?: string,
) {
  const made = green(line.github, building.order);
  if (content !== undefined) expect(made.implement.changeSet.files).not.toEqual([]);
  return await line.run("settle", {
    ...building,
    proposals: deliveries(made),
    bytesAt: async (_commit, paths) =>
      paths.map(() => ({ known: new TextEncoder().encode(content ?? "") })),
  });
}
