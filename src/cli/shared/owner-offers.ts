import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/shape.ts";
import { pushAsOwner } from "./owner-push.ts";

interface Place {
  readonly twin: Twin;
  readonly repository: string;
}

type Offer = Extract<OwnerTurn, { readonly offer: unknown }>["offer"];

/** Opens a pull request of a person's own, from the default branch as it is now. */
export async function offerAsOwner(place: Place, { branch, title, edits }: Offer): Promise<void> {
  const { twin, repository } = place;
  const { default_branch: base } = (await twin.request("GET", `/repos/${repository}`)) as {
    readonly default_branch: string;
  };
  const tip = (await twin.request("GET", `/repos/${repository}/git/ref/heads/${base}`)) as {
    readonly object: { readonly sha: string };
  };
  const ref = `refs/heads/${branch}`;
  await twin.request("POST", `/repos/${repository}/git/refs`, { ref, sha: tip.object.sha });
  for (const edit of edits) await pushAsOwner({ ...place, branch }, edit);
  const pull = { title, head: branch, base, body: "" };
  await twin.request("POST", `/repos/${repository}/pulls`, pull);
}

/** Writes on the open pull request of a branch. */
export async function sayOnOffer(
  { twin, repository }: Place,
  { on, command }: { readonly on: string; readonly command: string },
): Promise<void> {
  const path = `/repos/${repository}`;
  const pulls = (await twin.request("GET", `${path}/pulls?state=open`)) as readonly {
    readonly number: number;
    readonly head: { readonly ref: string };
  }[];
  const pull = pulls.find(({ head }) => head.ref === on);
  if (pull === undefined) throw new Error(`there is no open pull request of the branch ${on}`);
  await twin.request("POST", `${path}/issues/${pull.number}/comments`, { body: command });
}
