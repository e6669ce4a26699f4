import { indexSecrets, type KnownSecret, type SecretIndex } from "./forms.ts";
import { isPlaceholder, SECRET_RULES, type SecretRule } from "./rules.ts";
import { type Inflate, lineOfSqueezed, squeeze, viewsOf } from "./views.ts";

/** Where a secret of this run stands, in words that do not hold it. */
export interface Leak {
  /** The name of the secret. */
  readonly name: string;
  /** How it is written: `""` for as it is, or like `base64 of reversed`. */
  readonly form: string;
  /** From 1; absent where the text had to be decoded first. */
  readonly line?: number;
}

/** Looks for the secrets of one run, in every form that `secret-forms.ts` and `secret-views.ts` know. */
export type SecretScan = (text: string) => Leak | undefined;

/**
 * A scan for these secrets; linear in the text. Without `inflate` it does not look into compressed parts. Values of fewer
 * than twelve letters and digits are not looked for: ordinary text holds them.
 */
export function createSecretScan(
  secrets: readonly KnownSecret[],
  options: { readonly inflate?: Inflate } = {},
): SecretScan {
  let find: SecretIndex | undefined;
  return (text) => {
    find ??= indexSecrets(secrets);
    for (const [index, view] of viewsOf(text, options.inflate).entries()) {
      const found = find(squeeze(view));
      if (found === undefined) continue;
      const { name, form, at } = found;
      return { name, form, ...(index === 0 ? { line: lineOfSqueezed(view, at) } : {}) };
    }
    return undefined;
  };
}

/** What looks like a secret that nobody told us of. */
export interface Suspicion {
  readonly rule: string;
  /** From 1. */
  readonly line: number;
}

/** The first credential-like text by rule, unless `before` holds the very same: what stands there already is no leak. */
export function suspect(text: string, before = ""): Suspicion | undefined {
  for (const rule of SECRET_RULES) {
    const { name, marks, pattern, holds } = rule;
    if (!marks.some((mark) => text.includes(mark))) continue;
    // Words that stood there before pass, and the same words are judged once: a file holds them as often as it has room.
    const passed = new Set(
      [...before.matchAll(pattern)].map((match) => foundBy(rule, match).secret),
    );
    for (const match of text.matchAll(pattern)) {
      const { whole, secret } = foundBy(rule, match);
      if (passed.has(secret)) continue;
      if (!isPlaceholder(secret) && holds?.(whole) !== false && !before.includes(secret)) {
        return { rule: name, line: text.slice(0, match.index).split("\n").length };
      }
      passed.add(secret);
    }
  }
  return undefined;
}

function foundBy({ whole }: SecretRule, match: RegExpExecArray) {
  if (whole !== undefined) return { whole: whole(match), secret: whole(match) };
  return {
    whole: match[0],
    secret: match.slice(1).find((group) => group !== undefined) ?? match[0],
  };
}
