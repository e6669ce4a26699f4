import { type Actor, type AuthorizedActor, Permission } from "../../domain/actor.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import { PermissionAnswer } from "./answers.ts";
import type { Client } from "./client/client.ts";
import { requestErrorOf } from "./client/request-error.ts";

export interface Permissions {
  readonly byLogin: Readonly<Record<string, Permission>>;
  /** The actor with the permission found for its login; `none` for bots, for people who were not asked about and for a login's new owner. */
  authorize(actor: Actor): AuthorizedActor;
  /** The same, but only for people whom GitHub knows: unknown for a deleted account or a new owner. */
  find(actor: Actor): Part<AuthorizedActor>;
}

/** The present owner of a login, and its permission. */
interface Holder {
  /** Unknown if GitHub does not say. */
  readonly id: number | undefined;
  readonly permission: Permission;
}

/** The same, with its login. */
interface Shown extends Holder {
  readonly login: string;
}

const NOBODY: Holder = { id: undefined, permission: "none" };

/**
 * The permission of each distinct person whom the look has not shown, one request each. Bots are not asked about,
 * because they never authorize anything; nor is the repository's owner, who may do anything in it. GitHub is asked by
 * login, and a login can be renamed and taken over, so its answer counts only while the id matches.
 */
export async function readPermissions(
  client: Client,
  people: {
    readonly users: readonly Actor[];
    readonly actors: readonly Pick<Actor, "id" | "login">[];
    /** Owner of the repository; null if GitHub does not say. */
    readonly owner: Actor | null;
    /** Permissions that a look has already shown. */
    readonly shown?: readonly Shown[];
  },
): Promise<Permissions> {
  const wanted = [...people.users.filter(({ type }) => type === "User"), ...people.actors];
  const distinct = new Map(
    wanted.toReversed().map(({ login }) => [login.toLowerCase(), login] as const),
  );
  const known = await readHolders(client, [...distinct], knownOf(people));
  const holderOf = ({ login }: Pick<Actor, "login">) => known.get(login.toLowerCase()) ?? NOBODY;
  const permissionOf = ({ id, login }: Pick<Actor, "id" | "login">) => {
    const holder = holderOf({ login });
    return holder.id === undefined || holder.id === id ? holder.permission : "none";
  };
  const authorize = (actor: Actor): AuthorizedActor => ({
    ...actor,
    permission: actor.type === "User" ? permissionOf(actor) : "none",
  });
  return {
    byLogin: Object.fromEntries(wanted.map((one) => [one.login, permissionOf(one)])),
    authorize,
    find: (actor) => {
      if (actor.type !== "User") return { known: authorize(actor) };
      const holder = holderOf(actor);
      const same = holder !== NOBODY && (holder.id === undefined || holder.id === actor.id);
      return same
        ? { known: authorize(actor) }
        : { unknown: `${actor.login} is another account now` };
    },
  };
}

/** GitHub asks for few concurrent requests, and answers many with its secondary limit. */
const AT_ONCE = 8;

async function readHolders(
  client: Client,
  logins: readonly (readonly [folded: string, login: string])[],
  owner: ReadonlyMap<string, Holder>,
): Promise<ReadonlyMap<string, Holder>> {
  const known = new Map(owner);
  const asked = logins.filter(([folded]) => !known.has(folded));
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const some = asked.slice(at, at + AT_ONCE);
    const holders = await Promise.all(some.map(([, login]) => readHolder(client, login)));
    for (const [index, holder] of holders.entries()) known.set(some[index]?.[0] ?? "", holder);
  }
  return known;
}

/** An organization cannot act. */
function knownOf({
  owner,
  shown = [],
}: {
  readonly owner: Actor | null;
  readonly shown?: readonly Shown[];
}): ReadonlyMap<string, Holder> {
  const all: readonly Shown[] =
    owner?.type === "User" ? [...shown, { ...owner, permission: "admin" }] : shown;
  return new Map(all.map(({ login, ...holder }) => [login.toLowerCase(), holder]));
}

async function readHolder(client: Client, login: string): Promise<Holder> {
  if (login.endsWith("[bot]")) return NOBODY;
  try {
    const answer = await client.ask(PermissionAnswer, "GET /collaborators/{username}/permission", {
      username: login,
    });
    // A custom role has a name of its own; `permission` then names its built-in base.
    const role = Permission.safeParse(answer.role_name);
    const permission = role.success ? role.data : Permission.catch("none").parse(answer.permission);
    return { id: answer.user?.id, permission };
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return NOBODY;
    throw error;
  }
}
