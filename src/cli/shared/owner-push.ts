import type { OwnerTurn } from "../../twin/model/script.ts";
import type { Twin } from "../../twin/shape.ts";

type Push = Omit<Extract<OwnerTurn, { readonly push: unknown }>["push"], "to">;

interface Place {
  readonly twin: Twin;
  readonly repository: string;
  /** Where the person pushes to. */
  readonly branch: string;
}

/** A commit of the person on a branch, as a push makes it: one text of a file reads otherwise. */
export async function pushAsOwner(place: Place, push: Push): Promise<void> {
  const { twin, repository, branch } = place;
  const ask = async <Answer>(method: string, path: string, body?: unknown) =>
    (await twin.request(method, `/repos/${repository}${path}`, body)) as Answer;
  const ref = `heads/${branch}`;
  const tip = await ask<{ object: { sha: string } }>("GET", `/git/ref/${ref}`);
  const parent = tip.object.sha;
  const file = await ask<{ content: string }>("GET", `/contents/${push.path}?ref=${parent}`);
  const before = Buffer.from(file.content, "base64").toString("utf8");
  if (!before.includes(push.old_string)) {
    throw new Error(`the push to ${branch} finds no such text in ${push.path}`);
  }
  const content = before.replace(push.old_string, () => push.new_string);
  const commit = await ask<{ tree: { sha: string } }>("GET", `/git/commits/${parent}`);
  const tree = await ask<{ sha: string }>("POST", "/git/trees", {
    base_tree: commit.tree.sha,
    tree: [{ path: push.path, mode: "100644", type: "blob", content }],
  });
  const message = `Change ${push.path}`;
  const parents = [parent];
  const made = await ask<{ sha: string }>("POST", "/git/commits", {
    message,
    tree: tree.sha,
    parents,
  });
  await ask("PATCH", `/git/refs/${ref}`, { sha: made.sha });
}
