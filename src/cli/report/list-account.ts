import { type Get, GitHubRefusal, listOf } from "./gather-export.ts";

const CONFIG = ".github/factory.yml";

/** The repositories of an account, apart by whether they hold a config of a factory. */
export interface Listed {
  readonly withFactory: readonly string[];
  readonly withoutFactory: readonly string[];
}

/**
 * Every repository of an organization or a person that the token may see, by name, and which of them have a config.
 * @throws with GitHub's own words if the account cannot be listed
 */
export async function listAccount(
  get: Get,
  account: string,
  shows: (what: string) => void,
): Promise<Listed> {
  shows(`the repositories of ${account}`);
  const { type } = (await get(`/users/${account}`)).body as { readonly type?: string };
  const list = type === "Organization" ? "orgs" : "users";
  const rows = await listOf(get, `/${list}/${account}/repos?sort=full_name&per_page=100`);
  const names = rows.map((row) => (row as { readonly full_name: string }).full_name);
  const withFactory: string[] = [];
  const withoutFactory: string[] = [];
  for (const name of names) {
    shows(`whether ${name} has a factory`);
    ((await hasConfig(get, name)) ? withFactory : withoutFactory).push(name);
  }
  return { withFactory, withoutFactory };
}

/** GitHub answers 404 for a file that is not there, in an empty repository too. */
async function hasConfig(get: Get, name: string): Promise<boolean> {
  try {
    await get(`/repos/${name}/contents/${CONFIG}`);
    return true;
  } catch (error) {
    if (error instanceof GitHubRefusal && error.status === 404) return false;
    throw error;
  }
}
