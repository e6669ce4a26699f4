import { createHash } from "node:crypto";
import type { Findings } from "../domain/platform/conformance.ts";
import { CommitAnswer, RefAnswer, ShaAnswer, TreeAnswer } from "./answers.ts";
import { CANARY_NAME, type Canary } from "./canary.ts";
import type { Probe } from "./probe.ts";

const SCRIPT = "#!/bin/sh\n";
/** Created by the first commit, deleted by the second. */
const GONE = `${CANARY_NAME}/gone.txt`;

/** Branches of the canary with a commit on the second, whose tree is known beforehand. */
export async function measureCommits(
  probe: Probe,
  canary: Canary,
  start: string,
): Promise<{ readonly head: string; readonly findings: Findings }> {
  await makeBranch(probe, canary.base, start);
  await makeBranch(probe, canary.head, start);
  const taken = await probe.write({
    route: "POST /git/refs",
    parameters: refOf(canary.head, start),
  });
  const { tree: base } = await probe.get(CommitAnswer, "GET /git/commits/{commit_sha}", {
    commit_sha: start,
  });
  const first = await commit(probe, {
    ...{ base: base.sha, parent: start },
    tree: [
      {
        path: `${CANARY_NAME}/run.sh`,
        mode: "100755",
        type: "blob",
        sha: await blob(probe, SCRIPT),
      },
      { path: `${CANARY_NAME}/empty`, mode: "100644", type: "blob", sha: await blob(probe, "") },
      { path: GONE, mode: "100644", type: "blob", sha: await blob(probe, "gone\n") },
    ],
  });
  const second = await commit(probe, {
    ...{ base: first.tree.sha, parent: first.sha },
    tree: [{ path: GONE, mode: "100644", type: "blob", sha: null }],
  });
  await probe.make(RefAnswer, {
    route: "PATCH /git/refs/{ref}",
    parameters: { ref: `heads/${canary.head}`, sha: second.sha, force: false },
    lookUp: () => branchAt(probe, canary.head, second.sha),
  });
  const made = await probe.get(TreeAnswer, "GET /git/trees/{tree_sha}", {
    tree_sha: second.tree.sha,
  });
  const folder = made.tree.find(({ path }) => path === CANARY_NAME)?.sha;
  return {
    head: second.sha,
    findings: {
      "6.1": `${taken.status} ${taken.message}`,
      "6.2": folder === expectedTree() ? "as git has it" : `tree ${folder ?? "missing"}`,
      "6.3": second.verification?.verified
        ? "verified"
        : (second.verification?.reason ?? "not said"),
    },
  };
}

function refOf(branch: string, sha: string) {
  return { ref: `refs/heads/${branch}`, sha };
}

async function makeBranch(probe: Probe, branch: string, sha: string): Promise<void> {
  await probe.make(RefAnswer, {
    route: "POST /git/refs",
    parameters: refOf(branch, sha),
    lookUp: () => branchAt(probe, branch, sha),
  });
}

/** Waits until the branch is at this commit. */
async function branchAt(probe: Probe, branch: string, sha: string): Promise<unknown> {
  const { status, body } = await probe.read("GET /git/ref/{ref}", { ref: `heads/${branch}` });
  const found = status === 200 ? RefAnswer.parse(body) : undefined;
  return found?.object.sha === sha ? found : undefined;
}

async function blob(probe: Probe, content: string): Promise<string> {
  const parameters = { content, encoding: "utf-8" };
  return (await probe.make(ShaAnswer, { route: "POST /git/blobs", parameters })).sha;
}

async function commit(
  probe: Probe,
  made: { readonly base: string; readonly parent: string; readonly tree: readonly unknown[] },
) {
  const tree = await probe.make(ShaAnswer, {
    route: "POST /git/trees",
    parameters: { base_tree: made.base, tree: made.tree },
  });
  return probe.make(CommitAnswer, {
    route: "POST /git/commits",
    parameters: {
      message: "Try what GitHub makes of a commit",
      tree: tree.sha,
      parents: [made.parent],
    },
  });
}

/** The id that git gives to the folder, computed here by the docs of git-hash-object. */
export function expectedTree(): string {
  const entry = (mode: string, name: string, content: string) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(hash("blob", content), "hex")]);
  return hash(
    "tree",
    Buffer.concat([entry("100644", "empty", ""), entry("100755", "run.sh", SCRIPT)]),
  );
}

function hash(kind: "blob" | "tree", content: string | Buffer): string {
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
}
