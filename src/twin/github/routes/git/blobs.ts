import { git } from "../../git/git.ts";
import { hasCommits } from "../../git/read-refs.ts";
import type { RepositoryRequest } from "../api.ts";
import { emptyRepository } from "../refusals.ts";

export async function writeBlob(request: RepositoryRequest, bytes: Buffer): Promise<string> {
  return git(request.repository.gitDirectory, ["hash-object", "-w", "--stdin"], { input: bytes });
}

export async function assertNotEmpty(request: RepositoryRequest): Promise<void> {
  if (!(await hasCommits(request.repository.gitDirectory))) throw emptyRepository();
}
