import { expect, test } from "vitest";
import { PATIENCE_MS, REPOSITORY, raise, submit, type World } from "../rig.ts";
import { standing } from "../standing.ts";

const OTHER = "wil";

interface Thread {
  readonly isResolved: boolean;
}
interface Comment {
  readonly body: string;
  readonly in_reply_to_id?: number;
}

async function threadsOf(world: World, number: number): Promise<readonly Thread[]> {
  const query = `query ($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) {
        reviewThreads(first: 100) {
          nodes { isResolved }
        }
      }
    }
  }`;
  const [owner, name] = REPOSITORY.split("/");
  const answer = await fetch(`${world.twin.github.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.twin.userOf(OTHER).token}` },
    body: JSON.stringify({ query, variables: { owner, name, number } }),
  });
  const { data } = (await answer.json()) as {
    data: { repository: { pullRequest: { reviewThreads: { nodes: readonly Thread[] } } } };
  };
  return data.repository.pullRequest.reviewThreads.nodes;
}

test(
  "the next attempt answers both threads of a review, and resolves the one whose line it changed",
  async () => {
    await using world = await raise({
      scripts: ["one-line-otherwise"],
      config: { trust: { default: "open-pr" } },
      collaborators: { [OTHER]: "write" },
    });
    const issue = await submit(world);
    const [pull] = (await standing(world, issue)).pulls;
    const number = pull?.number ?? 0;
    const review = {
      event: "REQUEST_CHANGES",
      body: "Two things.",
      comments: [
        { path: "src/greet.js", line: 2, body: "Say why." },
        { path: "test/greet.test.js", line: 10, body: "Is this all?" },
      ],
    };
    await world.send("POST", `/pulls/${number}/reviews`, review, OTHER);
    await world.idle();

    const { stages, events } = await standing(world, issue);
    expect(stages).toEqual(["gating"]);
    expect(events.slice(-4)).toEqual(["commanded", "sent-back", "claimed", "published"]);
    const written = await world.get<readonly Comment[]>(`/pulls/${number}/comments`);
    const answers = written.filter(({ in_reply_to_id: first }) => first !== undefined);
    expect(answers.map(({ body }) => body.split("\n")[2]?.slice(0, 17))).toEqual([
      "This line changed",
      "This line is as i",
    ]);
    const threads = await threadsOf(world, number);
    expect(threads.map(({ isResolved }) => isResolved)).toEqual([true, false]);
  },
  PATIENCE_MS,
);
