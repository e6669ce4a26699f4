import { hasCommits } from "../../git/read-refs.ts";
import type { RepositoryRequest } from "../api.ts";
import { emptyRepository } from "../refusals.ts";

export async function assertNotEmpty(request: RepositoryRequest): Promise<void> {
  if (!(await hasCommits(request.repository.gitDirectory))) throw emptyRepository();
}
