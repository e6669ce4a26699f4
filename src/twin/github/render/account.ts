import type { Twin } from "../state/state.ts";
import type { Account } from "../twin-github.ts";

/** Node ids are opaque to clients; stable because they consist of kind and number. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
}

export function renderAccount(twin: Twin, account: Account): Record<string, unknown> {
  const url = `${twin.origin}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${twin.origin}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${twin.origin}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

export function renderOptionalAccount(twin: Twin, account: Account | null) {
  return account === null ? null : renderAccount(twin, account);
}
