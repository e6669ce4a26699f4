import { z } from "zod";

/** Roles that GitHub or the ledger fills. They contain a blank, which no login does. */
export const ASKED_ROLES = ["issue author", "contract approver", "code owners"] as const;
export type AskedRole = (typeof ASKED_ROLES)[number];

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}(\/[A-Za-z0-9][A-Za-z0-9_-]{0,99})?$/;

/** A login, or a team as OWNER/NAME. */
export const AskedName = z.string().regex(NAME, "expected a login or OWNER/TEAM, without @");

const ROLE_OR_NAME = new RegExp(`^(${ASKED_ROLES.join("|")})$|${NAME.source}`);

/** A role, a login or a team to call when a person is next. */
export const Asked = z
  .string()
  .regex(
    ROLE_OR_NAME,
    `expected ${ASKED_ROLES.map((role) => `"${role}"`).join(", ")}, a login or OWNER/TEAM, without @`,
  );

/** The most code owners of a change that are asked. */
export const OWNERS_NAMED = 10;

export function isAskedRole(asked: string): asked is AskedRole {
  return ASKED_ROLES.some((role) => role === asked);
}
