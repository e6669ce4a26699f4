import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryState } from "../state/state.ts";
import type { BackendRequest } from "./backend.ts";

/**
 * Git calls it for each ref before anything moves: arguments are the ref, its old and its new commit. It does for a push
 * what `assertBringsNoWorkflow` does for the routes; the words are those of `workflowFileRefusal`.
 */
const UPDATE_HOOK = `#!/bin/sh
nothing=0000000000000000000000000000000000000000
[ "$3" = "$nothing" ] && exit 0
from=$2
[ "$from" = "$nothing" ] && from=refs/heads/$TWIN_DEFAULT_BRANCH
git rev-parse --verify --quiet "$from^{commit}" >/dev/null || exit 0
base=$(git merge-base "$from" "$3") || base=$from
path=$(git diff-tree -r --no-renames --name-only "$base" "$3" -- .github/workflows/) || exit 1
[ -z "$path" ] && exit 0
path=$(printf '%s\\n' "$path" | head -n 1)
printf 'refusing to allow a GitHub App to create or update workflow \`%s\` without \`workflows\` permission\\n' "$path" >&2
exit 1
`;

/** What `git http-backend` needs so that a push of a job's token brings no workflow file. */
export async function workflowJudgement(
  repository: RepositoryState,
): Promise<Pick<BackendRequest, "hooks" | "environment">> {
  const hooks = join(repository.gitDirectory, "twin-hooks");
  await mkdir(hooks, { recursive: true });
  await writeFile(join(hooks, "update"), UPDATE_HOOK, { mode: 0o755 });
  return { hooks, environment: { TWIN_DEFAULT_BRANCH: repository.defaultBranch } };
}
