import type { Twin } from "../../twin/shape.ts";

/** What came of each wish that a pull request be mended, as GitHub shows it. */
export interface Mended {
  readonly pullRequest: number;
  /** `suggestion`: on a branch of its own. `branch`: as a commit on the branch of the pull request. */
  readonly result: "suggestion" | "branch" | "refused";
}

interface Listed {
  readonly number: number;
}

/** Of every open pull request on which the factory answered such a wish. */
export async function mendedOn(place: {
  readonly twin: Twin;
  readonly repository: string;
}): Promise<readonly Mended[]> {
  const path = `/repos/${place.repository}`;
  const ask = async <Answer>(route: string) =>
    (await place.twin.request("GET", `${path}${route}`)) as Answer;
  const pulls = await ask<readonly Listed[]>("/pulls?state=open&per_page=100");
  const mended: Mended[] = [];
  for (const { number } of pulls.toSorted((left, right) => left.number - right.number)) {
    const comments = await ask<readonly { body: string }[]>(`/issues/${number}/comments`);
    const answers = comments.filter(({ body }) => body.startsWith("### Millwright · unblock of "));
    if (answers.length === 0) continue;
    const branches = await ask<readonly unknown[]>(
      `/git/matching-refs/heads/factory/unblock-${number}-`,
    );
    const isMended = answers.some(({ body }) => body.includes("✅"));
    const result = branches.length > 0 ? "suggestion" : isMended ? "branch" : "refused";
    mended.push({ pullRequest: number, result });
  }
  return mended;
}

const WORDS = {
  suggestion: "was mended on a branch of its own",
  branch: "was mended by a commit on its branch",
  refused: "was not mended, and says why",
} as const satisfies Record<Mended["result"], string>;

export function sayMended(mended: readonly Mended[]): string {
  return mended
    .map(({ pullRequest, result }) => `Pull request #${pullRequest} ${WORDS[result]}.`)
    .join(" ");
}
