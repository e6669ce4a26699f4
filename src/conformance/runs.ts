import { NOT_MET } from "../domain/platform/checks.ts";
import type { Findings } from "../domain/platform/conformance.ts";
import { RunAnswer, RunList } from "./answers.ts";
import type { Probe } from "./probe.ts";

/** How many runs wait in one group: without `queue: max` the third replaces the second. */
const RUNS = 3;
/** Looks, a pace apart, for a run to appear and for all of them to end. */
const LOOKS = { appear: 120, end: 600 };

/** Dispatches short runs of the caller's workflow into one group, and reruns the first of them. */
export async function measureRuns(
  probe: Probe,
  workflow: string,
  branch: string,
): Promise<Findings> {
  const parameters = { workflow_id: workflow };
  const list = async () => {
    const route = "GET /actions/workflows/{workflow_id}/runs";
    const query = { ...parameters, event: "workflow_dispatch", per_page: 50 };
    return (await probe.get(RunList, route, query)).workflow_runs;
  };
  const known = new Set((await list()).map(({ id }) => id));
  const since = async () => (await list()).filter(({ id }) => !known.has(id));
  let lag = NOT_MET;
  for (let sent = 1; sent <= RUNS; sent += 1) {
    const appeared = async () => ((await since()).length >= sent ? true : undefined);
    const { status, message } = await probe.write({
      route: "POST /actions/workflows/{workflow_id}/dispatches",
      parameters: { ...parameters, ref: branch, inputs: { probe: "queue" } },
      lookUp: async () => (await probe.until(5, appeared))?.seen,
    });
    if (status >= 300) return { "1.3": `${status} ${message}` };
    const seen = await probe.until(LOOKS.appear, appeared);
    if (seen === undefined) return { "1.3": "starts nothing" };
    if (sent === 1) lag = String(seen.seconds);
  }
  const ended = await probe.until(LOOKS.end, async () => {
    const runs = await since();
    return runs.every(({ status }) => status === "completed") ? runs : undefined;
  });
  const runs = ended?.seen ?? [];
  const done = runs.filter(({ conclusion }) => conclusion === "success");
  const [first] = done.toSorted((left, right) => left.id - right.id);
  return {
    "1.3": "starts",
    "2.9": `${done.length} of ${RUNS}`,
    "7.4": lag,
    ...(first && (await measureAttempt(probe, first.id))),
  };
}

/** The second attempt uploads the first one's artifact under its name. It fails if names are shared by all attempts. */
async function measureAttempt(probe: Probe, id: number): Promise<Findings> {
  const read = () => probe.get(RunAnswer, "GET /actions/runs/{run_id}", { run_id: id });
  const { status, message } = await probe.write({
    route: "POST /actions/runs/{run_id}/rerun",
    parameters: { run_id: id },
    lookUp: async () => ((await read()).run_attempt === 1 ? undefined : {}),
  });
  if (status >= 300) return { "7.7": `${status} ${message}` };
  const ended = await probe.until(LOOKS.end, async () => {
    const run = await read();
    return run.run_attempt !== 1 && run.status === "completed" ? run : undefined;
  });
  if (ended === undefined) return {};
  const { run_attempt: attempt = 1, conclusion } = ended.seen;
  return { "7.7": String(attempt), "3.11": conclusion === "success" ? "free" : "taken" };
}
