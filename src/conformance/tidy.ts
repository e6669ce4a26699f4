import { LabelList, PullList, RefList } from "./answers.ts";
import { CANARY, CANARY_NAME } from "./canary.ts";
import type { Probe } from "./probe.ts";

/** Closes and removes all leftovers of conformance runs; returns those still there. */
export async function tidy(probe: Probe): Promise<readonly string[]> {
  const pulls = await probe.get(PullList, "GET /pulls", { state: "open", per_page: 100 });
  // By the base branch, because a stranger's fork can give its own branches any name.
  for (const { number } of pulls.filter(({ base }) => base.ref.startsWith(CANARY))) {
    const parameters = { pull_number: number, state: "closed" };
    await probe.write({ route: "PATCH /pulls/{pull_number}", parameters });
  }
  for (const { ref } of await branches(probe)) {
    const parameters = { ref: ref.replace("refs/", "") };
    await probe.write({ route: "DELETE /git/refs/{ref}", parameters });
  }
  for (const name of await labels(probe)) {
    await probe.write({ route: "DELETE /labels/{name}", parameters: { name } });
  }
  return [...(await branches(probe)).map(({ ref }) => ref), ...(await labels(probe))];
}

function branches(probe: Probe) {
  return probe.get(RefList, "GET /git/matching-refs/{ref}", { ref: `heads/${CANARY}` });
}

async function labels(probe: Probe): Promise<readonly string[]> {
  const found = await probe.get(LabelList, "GET /labels", { per_page: 100 });
  return found.map(({ name }) => name).filter((name) => name.startsWith(`${CANARY_NAME}-`));
}
