import type { Refusal } from "../../../domain/refusal.ts";

/** An entry that the walk cannot or must not enter, and why. */
export interface Obstacle {
  readonly refusal: Refusal;
  /** Below the workspace, in the bytes of the file system; none if it cannot be read. */
  readonly place?: Buffer;
}

/** A refusal of an entry that a change set cannot hold. */
export function refused(path: string, found: string): Refusal {
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(path).slice(0, 300),
    found,
    accepted: "regular files; links, submodules and special files stay as the base has them",
  };
}

export function tooMuch(subject: string, found: number, accepted: number): Refusal {
  return {
    code: "limit-exceeded",
    subject: subject.slice(0, 300),
    found: `${found}`,
    accepted: `at most ${accepted}`,
  };
}

/** The system's short code of a failure; never a path of the host. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error instanceof Error ? error.message : "unknown";
}
