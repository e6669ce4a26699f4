import type { Effect } from "../../domain/github/effect.ts";
import { endsList, type Receipt, type Withheld, withhold } from "../../domain/github/receipt.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { refuseLeak, suspicionRefusal } from "../../domain/secrets/refusals.ts";
import { type SecretScan, suspect } from "../../domain/secrets/scan.ts";
import type { GitHub } from "../../ports/github.ts";

export interface Guard {
  readonly scan: SecretScan;
  /** Texts that are already on the issue: showing them again shows nothing new. */
  readonly shown: string;
}

/**
 * Searches everything that control writes for secrets: bodies, titles, labels, branches, messages, check runs, inputs
 * and change sets. An effect that holds a secret of this run, or text that looks like one, is refused here and not sent
 * to GitHub. Effects before it are done, those after it are not. The gate judges the content of a change, because it
 * knows the base.
 */
export async function applyGuarded(
  github: Pick<GitHub, "apply">,
  effects: readonly Effect[],
  guard: Guard,
): Promise<readonly Receipt[]> {
  const { clean, withheld } = sift(effects, guard);
  const receipts = clean.length === 0 ? [] : await github.apply(clean);
  return withheld === undefined || receipts.some(endsList) ? receipts : [...receipts, withheld];
}

function sift(
  effects: readonly Effect[],
  guard: Guard,
): { readonly clean: readonly Effect[]; readonly withheld?: Withheld } {
  for (const [index, effect] of effects.entries()) {
    const refusal =
      refuseLeak({ [effect.kind]: effect }, guard.scan) ??
      refuseSuspiciousWords(effect, guard.shown);
    if (refusal === undefined) continue;
    return { clean: effects.slice(0, index), withheld: withhold(effect, refusal) };
  }
  return { clean: effects };
}

function refuseSuspiciousWords(effect: Effect, shown: string): Refusal | undefined {
  for (const [name, value] of Object.entries(effect)) {
    if (name === "changeSet") continue;
    const suspicion = suspect(typeof value === "string" ? value : JSON.stringify(value), shown);
    if (suspicion !== undefined) return suspicionRefusal(suspicion, `${effect.kind} ${name}`);
  }
  return undefined;
}
