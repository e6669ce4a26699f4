import type { TwinEvent } from "../github/twin-github.ts";
import type { Library } from "./actions/library.ts";
import type { RepositoryFiles } from "./actions/repository-files.ts";
import { isStartedBy } from "./workflow/events.ts";
import { InvalidWorkflow } from "./workflow/failures.ts";
import { eventNamesOf, readWorkflowFile, type WorkflowText } from "./workflow/workflow-file.ts";
import type { Source, WorkflowFile } from "./workflow/workflow-model.ts";

/** A workflow that an event starts, or a file that is too broken for that. */
export type StartedWorkflow =
  | { readonly kind: "valid"; readonly workflow: WorkflowFile }
  | { readonly kind: "invalid"; readonly path: string; readonly error: string };

/**
 * Workflows that an event starts, read at the event's commit: the tip of the default branch, the pushed commit, or the
 * pull request's. If the repository lacks that commit, the default branch is read.
 */
export async function startedWorkflows(
  event: TwinEvent,
  library: Library,
  runs: (repository: string, path: string) => boolean = () => true,
): Promise<readonly StartedWorkflow[]> {
  const repository = library.repository(event.repository);
  const source = repository === undefined ? undefined : await sourceOf(event, repository);
  if (repository === undefined || source === undefined) {
    return [];
  }
  const started: StartedWorkflow[] = [];
  const paths = await repository.workflowPaths(source.commit);
  for (const path of paths.filter((path) => runs(event.repository, path))) {
    const content = (await repository.read(source.commit, path)) ?? "";
    const found = await startedBy({ source, path, content }, event, { library, repository });
    if (found !== undefined) {
      started.push(found);
    }
  }
  return started;
}

async function sourceOf(
  event: TwinEvent,
  repository: RepositoryFiles,
): Promise<Source | undefined> {
  const own = /^[0-9a-f]{40}$/.test(event.sha) ? await repository.resolve(event.sha) : undefined;
  if (own !== undefined) {
    return { repository: event.repository, commit: own, ref: event.ref };
  }
  const ref = await repository.defaultBranch();
  const commit = await repository.resolve(ref);
  return commit === undefined ? undefined : { repository: event.repository, commit, ref };
}

async function startedBy(
  text: WorkflowText,
  event: TwinEvent,
  places: { readonly library: Library; readonly repository: RepositoryFiles },
): Promise<StartedWorkflow | undefined> {
  const { library, repository } = places;
  try {
    const workflow = readWorkflowFile(text, library.reader);
    const started = await isStartedBy(workflow, event, repository.changed);
    return started ? { kind: "valid", workflow } : undefined;
  } catch (error) {
    if (!(error instanceof InvalidWorkflow)) {
      throw error;
    }
    const names = eventNamesOf(text, library.reader.language);
    // GitHub shows a broken file on every push, and the twin also on an event that would have started it.
    const concerned = names === undefined || event.name === "push" || names.includes(event.name);
    return concerned ? { kind: "invalid", path: text.path, error: error.message } : undefined;
  }
}
