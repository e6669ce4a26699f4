import { permissionAtLeast } from "../../domain/actor.ts";
import type { AndonLabel, Part } from "../../domain/github/snapshot.ts";
import type { View } from "./issue-view.ts";

/** An andon label without effect, and the person who added it. */
export interface IdleAndon {
  readonly issue: number;
  readonly login: string;
  readonly permission: string;
  /** The permission from which on it would stop the line. */
  readonly floor: string;
}

export interface Andons {
  /** Labels that stop the line. */
  readonly standing: readonly AndonLabel[];
  readonly idle: readonly IdleAndon[];
}

type Looking = Pick<View, "input" | "config" | "snapshot">;

/**
 * Sorts the andon labels by effect. Only a label by a person who is known to have less than the required permission has
 * none. Because a stop is cheap, a label by an unknown author or an app also stops the line.
 */
export function readAndons({ input, config, snapshot }: Looking): Part<Andons> {
  if ("unknown" in snapshot.andon) return snapshot.andon;
  const floor = (input.order?.config ?? config).andonFrom;
  const standing: AndonLabel[] = [];
  const idle: IdleAndon[] = [];
  for (const label of snapshot.andon.known) {
    const { issue, by } = label;
    const weak =
      "known" in by &&
      by.known.type === "User" &&
      by.known.id !== input.identity.id &&
      !permissionAtLeast(by.known.permission, floor);
    if (weak) {
      idle.push({ issue, login: by.known.login, permission: by.known.permission, floor });
    } else {
      standing.push(label);
    }
  }
  return { known: { standing, idle } };
}

export function idleAndons(view: Looking): readonly IdleAndon[] {
  const andons = readAndons(view);
  return "known" in andons ? andons.known.idle : [];
}
