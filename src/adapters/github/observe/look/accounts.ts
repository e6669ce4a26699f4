import { z } from "zod";
import { Permission } from "../../../../domain/actor.ts";
import { GHOST, type UserAnswer } from "../../answers.ts";

/** The used parts of GraphQL's answers, in the terms of REST. */
const Who = z.object({
  __typename: z.string(),
  login: z.string().min(1),
  databaseId: z.int().positive().nullish(),
});

/** GraphQL omits REST's suffix of a bot's login. An unknown kind of account may command nothing. */
export const Account = Who.nullable().transform((who): UserAnswer | null => {
  if (who?.databaseId == null) return null;
  const { __typename: kind, databaseId: id, login } = who;
  if (kind === "User" || kind === "Organization") return { id, login, type: kind };
  const isShort = kind === "Bot" && !login.endsWith("[bot]");
  return { id, login: isShort ? `${login}[bot]` : login, type: "Bot" };
});
export const Author = Account.transform((user) => user ?? GHOST);

/** GraphQL writes a permission in capitals. */
export const Collaborators = z
  .object({
    edges: z.array(
      z.object({
        permission: z.string().toLowerCase(),
        node: z.object({ databaseId: z.int().positive().nullish(), login: z.string().min(1) }),
      }),
    ),
  })
  .transform(({ edges }) =>
    edges.map(({ permission, node: { databaseId: id, login } }) => ({
      login,
      id: id ?? undefined,
      permission: Permission.catch("none").parse(permission),
    })),
  );
