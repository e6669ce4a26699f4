import { type Actor, type AuthorizedActor, Permission } from "../../domain/actor.ts";
import { PermissionAnswer } from "./answers.ts";
import type { Client } from "./client.ts";
import { failureOf } from "./failures.ts";

export interface Permissions {
  readonly byLogin: Readonly<Record<string, Permission>>;
  /** The actor with what was found for its login; `none` for bots and for whoever was not asked about. */
  authorize(actor: Actor): AuthorizedActor;
}

/** The permission of each distinct person, one request each. Bots are not asked: they never authorise anything. */
export async function readPermissions(
  client: Client,
  people: { readonly users: readonly Actor[]; readonly logins: readonly string[] },
): Promise<Permissions> {
  const logins = [
    ...people.users.filter(({ type }) => type === "User").map(({ login }) => login),
    ...people.logins,
  ];
  const distinct = new Map(logins.toReversed().map((login) => [login.toLowerCase(), login]));
  const known = new Map(
    await Promise.all(
      [...distinct.values()].map(
        async (login) => [login.toLowerCase(), await readPermission(client, login)] as const,
      ),
    ),
  );
  const permissionOf = (login: string) => known.get(login.toLowerCase()) ?? "none";
  return {
    byLogin: Object.fromEntries(logins.map((login) => [login, permissionOf(login)])),
    authorize: (actor) => ({
      ...actor,
      permission: actor.type === "User" ? permissionOf(actor.login) : "none",
    }),
  };
}

async function readPermission(client: Client, login: string): Promise<Permission> {
  if (login.endsWith("[bot]")) return "none";
  try {
    const answer = await client.ask(PermissionAnswer, "GET /collaborators/{username}/permission", {
      username: login,
    });
    // A custom role has a name of its own; `permission` then says which built-in one it stands on.
    const role = Permission.safeParse(answer.role_name);
    return role.success ? role.data : Permission.catch("none").parse(answer.permission);
  } catch (error: unknown) {
    if (failureOf(error)?.status === 404) return "none";
    throw error;
  }
}
