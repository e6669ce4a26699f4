import type { NewDiscussion } from "../new-discussion.ts";
import { findRepository, type Twin, timestamp } from "./state.ts";

/**
 * A person starts a discussion on GitHub's site; REST has no such route. Discussions share the numbers of issues. Throws
 * for an unknown repository or person.
 */
export function startDiscussion(twin: Twin, fullName: string, asked: NewDiscussion): number {
  const repository = findRepository(twin, fullName);
  const author = twin.accounts.get(asked.author.toLowerCase());
  if (repository === undefined) throw new Error(`the twin has no repository ${fullName}`);
  if (author === undefined) throw new Error(`the twin has no account ${asked.author}`);
  const { title, body, labels = [] } = asked;
  repository.discussions ??= [];
  const number = repository.issues.size + repository.discussions.length + 1;
  const createdAt = timestamp(twin);
  repository.discussions.push({ number, author, title, body, labels, createdAt });
  return number;
}
