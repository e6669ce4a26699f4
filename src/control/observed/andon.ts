import { permissionAtLeast } from "../../domain/actor.ts";
import type { AndonLabel, Part } from "../../domain/github/snapshot.ts";
import type { View } from "./issue-view.ts";

/** An andon label that stops nothing, and the person who put it there. */
export interface IdleAndon {
  readonly issue: number;
  readonly login: string;
  readonly permission: string;
  /** From which permission on it would stop the line. */
  readonly floor: string;
}

export interface Andons {
  /** Those that stop the line. */
  readonly standing: readonly AndonLabel[];
  readonly idle: readonly IdleAndon[];
}

type Looking = Pick<View, "input" | "config" | "snapshot">;

/**
 * The andon labels by what they are worth. Only a person who is known to have less than the config asks for stops nothing:
 * a stop is cheap, so who put a label there stays a stop where nobody can tell, and so does one of an app.
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
