import type { ObjectId } from "../../domain/digest.ts";
import { Proposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import {
  exposedWorkflows,
  isWorkflowPath,
  refuseExposures,
  refuseUnlisted,
  startsWorkflows,
} from "../exposure/branch-workflows.ts";
import type { Situation } from "../observed/situation.ts";
import { parseStrictJson } from "../observed/strict-json.ts";
import { decide } from "./decide.ts";

/** What some paths hold at a commit, all together; a path that is not there adds nothing. Rejects when it cannot be read. */
export type BaseText = (commit: ObjectId, paths: readonly string[]) => Promise<string>;

/** What a decision needs of the repository's files beyond the snapshot. Nearly every run asks nothing. */
export async function readBefore(
  situation: Situation,
  read: BaseText | undefined,
): Promise<Pick<Situation, "before" | "exposed">> {
  if (read === undefined) return {};
  const exposed = await readExposed(situation, read);
  const known = exposed === undefined ? situation : { ...situation, exposed };
  return {
    ...(exposed === undefined ? {} : { exposed }),
    ...(await readChanged(known, read)),
  };
}

/**
 * Asks for the base only where a change would be refused for looking like a secret: what the changed paths held before is
 * no leak of this change.
 */
async function readChanged(
  situation: Situation,
  read: BaseText,
): Promise<Pick<Situation, "before">> {
  const { task, order } = situation.input;
  if (task !== "settle" || order === undefined) return {};
  const suspicious = decide(situation).refusals.some(({ code }) => code === "secret-found");
  return suspicious ? { before: await read(order.base, changedPaths(situation)) } : {};
}

/** Tasks that publish, and the one that would spend money before another can refuse to. */
const PUBLISHING: readonly Situation["input"]["task"][] = ["claim", "settle", "nightly-settle"];

/** One request for each workflow file, and only where the identity is one whose pushes start workflows. */
async function readExposed(
  { input, snapshot }: Situation,
  read: BaseText,
): Promise<Refusal | undefined> {
  if (!PUBLISHING.includes(input.task) || !startsWorkflows(input.identity)) return undefined;
  if (snapshot.paths === null) return refuseUnlisted();
  const { head, defaultBranch } = snapshot.repository;
  const files = [];
  for (const path of snapshot.paths.filter(isWorkflowPath)) {
    files.push({ path, text: utf8(await read(head, [path])) });
  }
  const own = input.run.workflowFile;
  return refuseExposures(exposedWorkflows(files, { defaultBranch, own }));
}

/** The port hands bytes over, one character each. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function changedPaths({ input }: Situation): readonly string[] {
  const delivery = input.proposals.find(({ worker }) => worker === "implement");
  const json = delivery === undefined ? undefined : parseStrictJson(delivery.bytes);
  if (json === undefined || "fault" in json) return [];
  const { data } = Proposal.safeParse(json.value);
  return data?.worker === "implement" ? data.changeSet.files.map(({ path }) => path) : [];
}
