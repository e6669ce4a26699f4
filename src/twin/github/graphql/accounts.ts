import type { RestUser } from "./rest.ts";

const KINDS: readonly string[] = ["User", "Bot", "Organization", "Mannequin"];

/** An account as GraphQL shows it: a bot without REST's login suffix. */
export function account(user: RestUser | null) {
  if (user === null) return null;
  const __typename = KINDS.includes(user.type) ? user.type : "User";
  return { __typename, databaseId: user.id, login: user.login.replace(/\[bot\]$/, "") };
}
