import type { Effect, EffectKind } from "../../../domain/github/effect.ts";
import type { OwnComment } from "../memory.ts";

/** For people to look at: nothing hangs on whether it was written, and what follows is done without it. */
const DISPLAY: readonly EffectKind[] = ["write-check-run"];

/**
 * The effect that takes this one back; undefined where nothing does: who was told of a new comment or a merge stays told. An
 * edit in place tells nobody: it is taken back by what stood there.
 * @param former the comment as it stood before it is written over
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
 * Whether an effect may stand in one document with those before it. GitHub goes on after a field that it refused; one by one,
 * nothing is done behind a refusal. So it has to be an effect that can be taken back or that hangs on none before it, or
 * nothing may hang on those before it.
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
  /** Whether it has words of GraphQL. */
  readonly isWritable: (effect: Effect) => boolean;
  readonly inverse: (effect: Effect) => Effect | undefined;
}

/** As many of these effects, from the first on, as one document may hold; one at least. */
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
