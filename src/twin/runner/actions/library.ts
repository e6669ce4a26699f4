import { StartupFailure } from "../workflow/failures.ts";
import { readWorkflowFile, type WorkflowReader } from "../workflow/workflow-file.ts";
import type { Source, WorkflowFile } from "../workflow/workflow-model.ts";
import type { ActionImages } from "./action-images.ts";
import { openRepository, type RepositoryFiles } from "./repository-files.ts";

/** Everything `uses:` can name: repositories of the twin, by name, at a commit. */
export interface Library {
  readonly reader: WorkflowReader;
  readonly images: ActionImages;
  /** Undefined when the twin has no such repository. */
  repository(name: string): RepositoryFiles | undefined;
  /**
   * The workflow in `uses`, seen from a file of `from`. @throws {StartupFailure} if it cannot be found,
   * {InvalidWorkflow} if it cannot be read.
   */
  calledWorkflow(uses: string, from: Source): Promise<WorkflowFile>;
}

export interface Reference {
  readonly source: Source;
  /** Path in the repository, "" for its root. */
  readonly path: string;
}

export function createLibrary(
  gitDirectoryOf: (repository: string) => string,
  { reader, images }: Pick<Library, "reader" | "images">,
): Library {
  function repository(name: string): RepositoryFiles | undefined {
    try {
      return openRepository(gitDirectoryOf(name));
    } catch {
      // A library may throw for an unknown name, with the same meaning.
      return undefined;
    }
  }

  return {
    reader,
    images,
    repository,
    async calledWorkflow(uses, from) {
      const own = uses.startsWith("./") ? { source: from, path: uses.slice(2) } : undefined;
      const reference = own ?? (await resolveReference(uses, from, repository));
      if (reference === undefined) {
        throw new StartupFailure(`'${uses}' was not found: ${waysToCall(uses)}`);
      }
      const { source, path } = reference;
      const content = await repository(source.repository)?.read(source.commit, path);
      if (content === undefined) {
        throw new StartupFailure(
          `'${uses}' was not found: ${source.repository} has no file ${path} at ${source.commit.slice(0, 12)}`,
        );
      }
      return readWorkflowFile({ source, path, content }, reader);
    },
  };
}

/**
 * Resolves `$/path` to the repository and commit of its file, and `OWNER/REPO/path@ref` to the present commit of the
 * ref. Undefined for another form, or if it cannot be found. Source of `$/`:
 * github.blog/changelog/2026-07-30-reference-same-repository-actions-with-self-repository-syntax
 */
export async function resolveReference(
  uses: string,
  from: Source,
  repositoryOf: (name: string) => RepositoryFiles | undefined,
): Promise<Reference | undefined> {
  if (uses.startsWith("$/")) {
    return { source: from, path: uses.slice(2) };
  }
  const match = /^([^/@\s]+\/[^/@\s]+)(?:\/([^@\s]*))?@(\S+)$/.exec(uses);
  const [, repository, path, ref] = match ?? [];
  if (repository === undefined || ref === undefined) {
    return undefined;
  }
  const commit = await repositoryOf(repository)?.resolve(ref);
  return commit === undefined
    ? undefined
    : { source: { repository, commit, ref }, path: path ?? "" };
}

function waysToCall(uses: string): string {
  return uses.includes("@")
    ? "the twin has no such repository or ref. Push it to the twin first"
    : "write ./.github/workflows/FILE, $/.github/workflows/FILE or OWNER/REPO/.github/workflows/FILE@REF";
}
