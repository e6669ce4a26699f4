import type { Findings } from "../domain/platform/conformance.ts";
import type { WireReply } from "../ports/wire.ts";
import { PullAnswer, PullList } from "./answers.ts";
import type { Canary } from "./canary.ts";
import type { Probe } from "./probe.ts";

/** How often `mergeable`, and how often a list, is asked for before it counts as never. */
const LOOKS = 90;
/** How often a merge is sent that GitHub refuses because of a base that nobody moved. */
const MERGES = 10;
const METHODS = ["merge", "squash", "rebase"] as const;
const NOWHERE = "0".repeat(40);

/** A pull request between two branches of the canary, from opening to merge. Undefined number: none may be opened. */
export async function measurePull(
  probe: Probe,
  canary: Canary,
  head: string,
): Promise<{ readonly number: number | undefined; readonly findings: Findings }> {
  const opened = await open(probe, canary);
  if (opened.status === 403) return { number: undefined, findings: { "1.6": "forbidden" } };
  if (opened.status >= 300) throw new Error(`POST /pulls: ${opened.status} ${opened.message}`);
  const { number } = PullAnswer.parse(opened.body);
  const since = probe.elapsed();
  const isListed = (await inList(probe, canary)) !== undefined;
  const merges = { refused: 0 };
  // At once, as a line with a quick gate does: GitHub may answer 405 first.
  const early = await merge(probe, { number, sha: NOWHERE }, merges);
  const listed = isListed
    ? undefined
    : await probe.until(LOOKS, () => inList(probe, canary), since);
  const known = await probe.until(LOOKS, async () => {
    const pull = await read(probe, number);
    return typeof pull.mergeable === "boolean" ? pull : undefined;
  });
  const stale = early.status === 409 ? early : await merge(probe, { number, sha: NOWHERE }, merges);
  const { method, reply } = await mergeAnyhow(probe, { number, sha: head }, merges);
  return {
    number,
    findings: {
      "1.6": "allowed",
      "5.5": reply.status === 200 ? method : `${reply.status} ${reply.message}`,
      "6.4": String(stale.status),
      "6.5": String(merges.refused),
      "6.6": known === undefined ? `over ${LOOKS}` : String(known.looks - 1),
      "7.1": isListed ? "0" : String(listed?.seconds ?? `over ${LOOKS}`),
    },
  };
}

function open(probe: Probe, canary: Canary): Promise<WireReply> {
  return probe.write({
    route: "POST /pulls",
    parameters: {
      title: "Try what GitHub makes of a pull request",
      body: `${canary.marker}\nOpened and merged by the conformance workflow, between two branches that it removes.`,
      head: canary.head,
      base: canary.base,
    },
    lookUp: () => inList(probe, canary),
  });
}

async function inList(probe: Probe, canary: Canary) {
  const pulls = await probe.get(PullList, "GET /pulls", { state: "all", base: canary.base });
  return pulls.find(({ head }) => head.ref === canary.head);
}

function read(probe: Probe, number: number) {
  return probe.get(PullAnswer, "GET /pulls/{pull_number}", { pull_number: number });
}

interface Merge {
  readonly number: number;
  readonly sha: string;
  readonly method?: (typeof METHODS)[number];
}

/** Repeats a merge that was refused for a modified base, because nobody else writes to it. */
async function merge(probe: Probe, wanted: Merge, count: { refused: number }): Promise<WireReply> {
  for (let tried = 1; ; tried += 1) {
    const reply = await probe.write({
      route: "PUT /pulls/{pull_number}/merge",
      parameters: {
        pull_number: wanted.number,
        sha: wanted.sha,
        ...(wanted.method && { merge_method: wanted.method }),
      },
      lookUp: async () =>
        (await read(probe, wanted.number)).merged ? { merged: true } : undefined,
    });
    if (reply.status !== 405 || !/base branch was modified/i.test(reply.message)) return reply;
    count.refused += 1;
    if (tried === MERGES) return reply;
  }
}

/** The first merge method that the repository's settings allow. */
async function mergeAnyhow(probe: Probe, wanted: Merge, count: { refused: number }) {
  for (const method of METHODS) {
    const reply = await merge(probe, { ...wanted, method }, count);
    const isForbidden = reply.status === 405 && /not allowed/i.test(reply.message);
    if (!isForbidden || method === "rebase") return { method, reply };
  }
  throw new Error("unreachable: the last method returns");
}
