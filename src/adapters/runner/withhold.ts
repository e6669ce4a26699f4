import type { Refusal } from "../../domain/refusal.ts";
import type { KnownSecret } from "../../domain/secrets/forms.ts";
import { leakRefusal, refuseLeak } from "../../domain/secrets/refusals.ts";
import { createSecretScan, type SecretScan, suspect } from "../../domain/secrets/scan.ts";
import { inflate } from "./job-secrets.ts";

/** A file or an output that was not written, because it contains a secret of this job. */
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

/** Filters a job's outgoing text. */
export interface Withholding {
  /** Informative text: withheld whole if it contains a secret of this job, and by lines if one looks like a secret. */
  readonly tell: (text: string) => string;
  /** Text that others use: throws `Leaked` instead. `name` identifies it. */
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

/** By lines, so that a log stays useful; the whole if it takes more than one line to see it. */
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

/** Also reads JSON, to name the place in it and to check fields together. */
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
