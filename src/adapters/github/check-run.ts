import type { Annotation, EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything, CheckRunAnswer, CheckRunsAnswer } from "./answers.ts";
import { createOnce, type Execution } from "./execution.ts";

/** The most annotations in one request; later requests add theirs. https://docs.github.com/en/rest/checks/runs */
export const ANNOTATIONS_AT_ONCE = 50;

/** Only for display: the gate never reads it back (DESIGN §5.7). */
export async function writeCheckRun(
  { client, memory }: Execution,
  effect: EffectOf<"write-check-run">,
): Promise<ResultOf<"write-check-run">> {
  const { title, summary, annotations = [] } = effect;
  const contentFrom = (first: number) => {
    const some = annotations.slice(first, first + ANNOTATIONS_AT_ONCE).map(asGitHubHasIt);
    const output = { title, summary, ...(some.length === 0 ? {} : { annotations: some }) };
    return { status: "completed", conclusion: effect.conclusion, output };
  };
  let isRepeated = false;
  const { outcome, value } = await createOnce(client, {
    find: async () => {
      if (!isRepeated && memory.isNew(effect.sha)) return undefined;
      const { check_runs: runs } = await client.ask(
        CheckRunsAnswer,
        "GET /commits/{ref}/check-runs",
        { ref: effect.sha, check_name: effect.name, per_page: 100 },
      );
      return runs.find(
        ({ name, external_id }) => name === effect.name && external_id === effect.key,
      );
    },
    create: async () => {
      isRepeated = true;
      return await client.askOnce(CheckRunAnswer, "POST /check-runs", {
        name: effect.name,
        head_sha: effect.sha,
        external_id: effect.key,
        ...contentFrom(0),
      });
    },
  });
  const patch = async (first: number) =>
    await client.ask(Anything, "PATCH /check-runs/{check_run_id}", {
      check_run_id: value.id,
      ...contentFrom(first),
    });
  // Adds what a run that died halfway left out, and nothing twice.
  const first = Math.min(annotations.length, ANNOTATIONS_AT_ONCE);
  const counted = value.output?.annotations_count ?? annotations.length;
  const marked = outcome === "done" ? first : counted;
  for (let next = marked; next < annotations.length; next += ANNOTATIONS_AT_ONCE) {
    await patch(next);
  }
  if (outcome === "already" && value.conclusion !== effect.conclusion) {
    if (marked >= annotations.length) await patch(annotations.length);
    return { outcome: "done", number: value.id };
  }
  return { outcome, number: value.id };
}

function asGitHubHasIt({ path, line, column, level, message }: Annotation) {
  const columns = column === undefined ? {} : { start_column: column, end_column: column };
  return {
    path,
    start_line: line,
    end_line: line,
    ...columns,
    annotation_level: level,
    message,
  };
}
