import type { JobPermissions, TwinEvent } from "../../github/twin-github.ts";
import { field } from "../workflow/events.ts";

/** A run on a pull request with its head in another repository: GitHub gives it no secret and no write permission. */
export function isFromFork({ name, payload, repository }: TwinEvent): boolean {
  if (name !== "pull_request") return false;
  const head = field(field(payload.pull_request, "head"), "repo");
  return field(head, "full_name") !== repository;
}

/** Whatever a workflow requests, a fork's run may at most read it. */
export function withinFork(permissions: JobPermissions, event: TwinEvent): JobPermissions {
  if (!isFromFork(event)) return permissions;
  return Object.fromEntries(Object.keys(permissions).map((key) => [key, "read" as const]));
}
