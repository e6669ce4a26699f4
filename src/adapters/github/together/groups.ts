import type { Effect, EffectKind } from "../../../domain/github/effect.ts";
import type { OwnComment } from "../memory.ts";

/** Display only: nothing depends on whether it was written, and later effects continue without it. */
const DISPLAY: readonly EffectKind[] = ["write-check-run"];

/**
 * The effect that undoes this one; undefined if none does: a notification about a new comment or a merge cannot be
 * withdrawn. An edit in place notifies nobody, and is undone by its earlier text. @param former the comment before it is
 * overwritten
 */
export function inverseOf(effect: Effect, former?: OwnComment): Effect | undefined {
  const key = `${effect.key}/back`;
  switch (effect.kind) {
    case "write-comment":
      return former === undefined
        ? undefined
        : { ...effect, key, comment: former.id, body: former.body };
    case "set-labels":
      return { ...effect, key, add: effect.remove, remove: effect.add };
    case "close-issue":
      return { ...effect, kind: "reopen-issue", key };
    case "reopen-issue":
      return { ...effect, kind: "close-issue", key };
    default:
      return undefined;
  }
}

/**
 * Whether an effect may share a document with those before it. GitHub continues after a refused field; one by one,
 * nothing is done after a refusal. So the effect must be undoable or independent of those before it, or nothing may
 * depend on those before it.
 */
export function mayFollow(
  effect: Effect,
  before: readonly Effect[],
  inverse: (effect: Effect) => Effect | undefined = inverseOf,
): boolean {
  return standsAlone(effect) || inverse(effect) !== undefined || before.every(hangsNothing);
}

function standsAlone(effect: Effect): boolean {
  return effect.kind === "write-comment" && effect.standsAlone === true;
}

function hangsNothing(effect: Effect): boolean {
  return (
    DISPLAY.includes(effect.kind) || (effect.kind === "write-comment" && effect.ahead === true)
  );
}

interface Known {
  /** Whether it has a GraphQL form. */
  readonly isWritable: (effect: Effect) => boolean;
  readonly inverse: (effect: Effect) => Effect | undefined;
}

/** The longest run of these effects from the first on that one document may hold; at least one. */
export function firstGroup(
  effects: readonly Effect[],
  { isWritable, inverse }: Known,
): readonly Effect[] {
  const end = effects.findIndex((effect, at) => {
    const before = effects.slice(0, at);
    return !isWritable(effect) || !mayFollow(effect, before, inverse);
  });
  return effects.slice(0, end === -1 ? effects.length : Math.max(1, end));
}
