import type { ObjectId } from "../domain/digest.ts";
import { Proposal } from "../domain/proposal.ts";
import { decide } from "./decide.ts";
import type { Situation } from "./situation.ts";
import { parseStrictJson } from "./strict-json.ts";

/** What some paths hold at a commit, all together; a path that is not there adds nothing. Rejects when it cannot be read. */
export type BaseText = (commit: ObjectId, paths: readonly string[]) => Promise<string>;

/**
 * Asks for the base only where a change would be refused for looking like a secret: what the changed paths held before is
 * no leak of this change. Nearly every run asks nothing.
 */
export async function readBefore(
  situation: Situation,
  read: BaseText | undefined,
): Promise<Pick<Situation, "before">> {
  const { task, order } = situation.input;
  if (read === undefined || task !== "settle" || order === undefined) return {};
  const suspicious = decide(situation).refusals.some(({ code }) => code === "secret-found");
  return suspicious ? { before: await read(order.base, changedPaths(situation)) } : {};
}

function changedPaths({ input }: Situation): readonly string[] {
  const delivery = input.proposals.find(({ worker }) => worker === "implement");
  const json = delivery === undefined ? undefined : parseStrictJson(delivery.bytes);
  if (json === undefined || "fault" in json) return [];
  const { data } = Proposal.safeParse(json.value);
  return data?.worker === "implement" ? data.changeSet.files.map(({ path }) => path) : [];
}
