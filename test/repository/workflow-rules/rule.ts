import { commandsIn, type Kind, type RuleDocument } from "./document.ts";

/** One place that breaks a rule, in words that say what to write. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
  readonly instead: string;
}

export type Hit = Pick<Finding, "line" | "message" | "instead">;

export interface Rule {
  readonly name: string;
  /** What an attacker gains where it is broken. */
  readonly why: string;
  readonly kinds: readonly Kind[];
  check(document: RuleDocument): readonly Hit[];
}

/** What a rule says of a file; nothing when the rule is not for files of that kind. */
export function examine(rule: Rule, document: RuleDocument): readonly Finding[] {
  if (!rule.kinds.includes(document.kind)) return [];
  return rule.check(document).map((hit) => ({ rule: rule.name, path: document.path, ...hit }));
}

/** A rule on what is executed: each line that matches is a finding. */
export function commandRule(options: {
  readonly name: string;
  readonly why: string;
  readonly matches: RegExp | ((line: string) => boolean);
  readonly message: string;
  readonly instead: string;
}): Rule {
  const { name, why, matches, message, instead } = options;
  const found = typeof matches === "function" ? matches : (line: string) => matches.test(line);
  return {
    name,
    why,
    kinds: ["workflow", "action", "script"],
    check: (document) =>
      commandsIn(document)
        .filter(({ text }) => found(text))
        .map(({ line }) => ({ line, message, instead })),
  };
}
