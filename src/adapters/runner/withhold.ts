import type { Refusal } from "../../domain/refusal.ts";
import type { KnownSecret } from "../../domain/secrets/forms.ts";
import { leakRefusal, refuseLeak } from "../../domain/secrets/refusals.ts";
import { createSecretScan, type SecretScan, suspect } from "../../domain/secrets/scan.ts";
import { inflate } from "./job-secrets.ts";

/** A file or an output that was not written, because a secret of this job stands in it. */
export class Leaked extends Error {
  override readonly name = "Leaked";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(
      `Not written, because ${refusal.subject} holds ${refusal.found ?? "a secret"}. Replace that secret with a new one, then find out how it came there.`,
    );
    this.refusal = refusal;
  }
}

/** What a job does with text on its way out. */
export interface Withholding {
  /** Text that only informs: withheld whole where a secret of this job is in it, and by lines where one looks like one. */
  readonly tell: (text: string) => string;
  /** Text that others work with: throws `Leaked` instead. `name` says what it is. */
  readonly assertClean: (name: string, text: string) => void;
}

export function createWithholding(secrets: readonly KnownSecret[]): Withholding {
  const scan = createSecretScan(secrets, { inflate });
  return {
    tell: (text) => {
      const leak = scan(text);
      if (leak !== undefined) return `(withheld: the value of ${leak.name} stood here)`;
      return suspect(text) === undefined ? text : withoutSuspicious(text);
    },
    assertClean: (name, text) => {
      const refusal = refuseLeakInText(name, text, scan);
      if (refusal !== undefined) throw new Leaked(refusal);
    },
  };
}

/** By lines, so that a log stays of use; the whole where it takes more than one line to see it. */
function withoutSuspicious(text: string): string {
  const said = text
    .split("\n")
    .map((line) => {
      const suspicion = suspect(line);
      return suspicion === undefined ? line : sayWithheld(suspicion.rule);
    })
    .join("\n");
  const left = suspect(said);
  return left === undefined ? said : sayWithheld(left.rule);
}

function sayWithheld(rule: string): string {
  return `(withheld: it holds what the secret rule ${rule} looks for)`;
}

/** Looks into a document too: JSON is read, so that the place in it can be named and what its fields make together is seen. */
export function refuseLeakInText(
  name: string,
  text: string,
  scan: SecretScan,
): Refusal | undefined {
  const leak = scan(text);
  const value = parse(text);
  const inside = value === undefined ? undefined : refuseLeak(value, scan);
  if (inside !== undefined)
    return { ...inside, subject: `${name}: ${inside.subject}`.slice(0, 300) };
  return leak === undefined ? undefined : leakRefusal(leak, name, scan);
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
