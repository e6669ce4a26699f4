import { indexSecrets, type KnownSecret, type SecretIndex } from "./forms.ts";
import { isPlaceholder, SECRET_RULES, type SecretRule } from "./rules.ts";
import { type Inflate, lineOfSqueezed, squeeze, viewsOf } from "./views.ts";

/** The place of a secret of this run, without its text. */
export interface Leak {
  /** The name of the secret. */
  readonly name: string;
  /** Its form: `""` for unchanged, or like `base64 of reversed`. */
  readonly form: string;
  /** From 1; absent if the text had to be decoded first. */
  readonly line?: number;
}

/** Searches for the secrets of one run, in every form that `forms.ts` and `views.ts` know. */
export type SecretScan = (text: string) => Leak | undefined;

/**
 * A scan for these secrets; linear in the text. Without `inflate` it does not read compressed parts. Values of fewer
 * than twelve letters and digits are skipped, because ordinary text contains them.
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

/** Text that looks like a secret, but is no known one. */
export interface Suspicion {
  readonly rule: string;
  /** From 1. */
  readonly line: number;
}

/** The first credential-like text by rule, unless `before` contains it already: existing text is no leak. */
export function suspect(text: string, before = ""): Suspicion | undefined {
  for (const rule of SECRET_RULES) {
    const { name, marks, pattern, holds } = rule;
    if (!marks.some((mark) => text.includes(mark))) continue;
    // Existing words pass, and each word is judged once, because a file may repeat it many times.
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
