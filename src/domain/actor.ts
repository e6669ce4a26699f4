import { z } from "zod";

/** Roles of a repository in rising order, as `GET /collaborators/{login}/permission` answers them in `role_name`. */
export const PERMISSIONS = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export const Permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof Permission>;

/** Who did something. Identity is the numeric id: a login can be renamed and taken over. */
export const Actor = z.strictObject({
  id: z.int().positive(),
  login: z.string().min(1).max(100),
  type: z.enum(["User", "Bot", "Organization"]),
});
export type Actor = z.infer<typeof Actor>;

/** An actor with the permission that the API reported when it was asked. */
export const AuthorizedActor = Actor.extend({ permission: Permission });
export type AuthorizedActor = z.infer<typeof AuthorizedActor>;

export function permissionAtLeast(permission: Permission, floor: Permission): boolean {
  return PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(floor);
}

/** Only a person with write access commands the factory. Bots never authorize (threats AG-20, EV-05). */
export function mayCommand(actor: AuthorizedActor): boolean {
  return actor.type === "User" && permissionAtLeast(actor.permission, "write");
}
