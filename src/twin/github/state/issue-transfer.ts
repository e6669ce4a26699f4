import type { Transfer } from "../twin-github.ts";
import { addIssue, announceIssue, type Change, noteEvent, touch } from "./issue-changes.ts";
import type { IssueState } from "./issue-state.ts";
import { findRepository, nextId, type RepositoryState, serialise, type Twin } from "./state.ts";

/**
 * Moves an issue to another repository of the twin, as its owner does on GitHub's site; REST has no such route. Text,
 * comments and existing labels move along; branches and pull requests stay. Returns its new number. Source:
 * docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository
 */
export async function transferIssue(twin: Twin, { from, number, to }: Transfer): Promise<number> {
  const repository = knownRepository(twin, from);
  const target = knownRepository(twin, to);
  const issue = repository.issues.get(number);
  if (issue === undefined || issue.pull !== undefined || issue.movedTo !== undefined) {
    throw new Error(`${from} has no issue ${number} that could be transferred`);
  }
  const changeIn = (place: RepositoryState): Change => ({
    ...{ twin, repository: place },
    caller: { kind: "person", account: repository.owner },
  });
  const arrived = await serialise(target, async () => arrive(changeIn(target), issue));
  await serialise(repository, async () => {
    await announceIssue(changeIn(repository), issue, { action: "transferred" });
    issue.movedTo = { repository: target.fullName, number: arrived.number };
    issue.state = "closed";
    issue.comments.length = 0;
    touch(changeIn(repository), issue);
  });
  return arrived.number;
}

function arrive(change: Change, issue: IssueState): IssueState {
  const { twin, repository } = change;
  const { author, title, body } = issue;
  const arrived = addIssue(twin, repository, { author, title, body });
  arrived.state = issue.state;
  arrived.labels = issue.labels.flatMap(
    ({ name }) => repository.labels.get(name.toLowerCase()) ?? [],
  );
  arrived.comments.push(
    ...issue.comments.map((comment) => ({
      ...comment,
      id: nextId(twin),
      issueNumber: arrived.number,
    })),
  );
  noteEvent(change, arrived, { event: "transferred" });
  return arrived;
}

function knownRepository(twin: Twin, fullName: string): RepositoryState {
  const repository = findRepository(twin, fullName);
  if (repository === undefined) throw new Error(`the twin has no repository ${fullName}`);
  return repository;
}
