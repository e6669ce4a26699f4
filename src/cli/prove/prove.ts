import { join } from "node:path";
import { createClock } from "../../adapters/clock/clock.ts";
import { openRepository } from "../../adapters/repository/repository.ts";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import { createWeb } from "../../adapters/web/web.ts";
import {
  type ChangeProof,
  notMeasured,
  type ProofOutcome,
} from "../../domain/evidence/change-proof.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Repository } from "../../ports/repository.ts";
import { proveChange } from "../../workers/verify/prove/prove-change.ts";
import { UsageError } from "../command/usage-error.ts";
import { createProgress, type Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import { chooseConfig } from "../source/choose-config.ts";
import type { ChosenConfig } from "../source/config.ts";
import { askingAs } from "../source/read-shared.ts";
import { surveySource } from "../source/survey.ts";
import { requireSandbox } from "../source/try-aloud.ts";
import type { ProveArguments } from "./arguments.ts";
import { type ChangeOnDisk, findEnds, partedAt } from "./resolve-change.ts";
import type { ProofResult } from "./result.ts";
import { sayChange, sayProof, sayTrouble } from "./say-proof.ts";
import { stoppable } from "./stoppable.ts";

export interface ProofOptions {
  readonly arguments: ProveArguments;
  /** The folder of this project, in a clone or in a package. */
  readonly millwright: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

const CODES: Readonly<Record<ProofOutcome, number>> = {
  proven: 0,
  unproven: 1,
  broken: 1,
  "not-measured": 3,
};

export function proofExitCode({ outcome }: Pick<ChangeProof, "outcome">): number {
  return CODES[outcome];
}

/**
 * Proves a change in a repository on disk, read from its git objects alone: nothing is ever written there. Leaves nothing behind.
 * @throws UsageError for what the caller got wrong; the signal's reason when it is aborted
 */
export async function runProof(options: ProofOptions): Promise<ProofResult> {
  const { terminal } = options;
  const ends = await findEnds(options.arguments);
  const repository = await openRepository(ends.source.commonDirectory);
  try {
    const change = await partedAt(ends, repository, options.arguments);
    const progress = createProgress(terminal);
    sayChange(progress, { change, asked: options.arguments, terminal });
    const chosen = await choose(options, { change, repository, progress });
    options.signal.throwIfAborted();
    if ("trouble" in chosen) {
      sayTrouble(terminal, chosen.trouble);
      return { ...unmeasured(change, chosen.trouble), config: null };
    }
    const measured = await measure(options, { change, repository, progress, chosen });
    const { shared } = chosen;
    const proof = shared?.isUnread ? { ...measured, unread: shared.repository } : measured;
    options.signal.throwIfAborted();
    sayProof(terminal, proof);
    return { ...proof, config: chosen.origin };
  } finally {
    await repository.close();
  }
}

interface Parts {
  readonly change: ChangeOnDisk;
  readonly repository: Repository;
  readonly progress: Progress;
}

/** A machine without a sandbox, or a repository in which no check is found, is no fault of the caller and no proof. */
async function choose(
  { arguments: asked, environment, terminal, signal }: ProofOptions,
  { change, repository, progress }: Parts,
): Promise<ChosenConfig | { readonly trouble: string }> {
  const { source } = change;
  const path = environment.PATH ?? "";
  const survey = await surveySource(source, repository);
  for (const line of survey.notFollowed) progress.fact("", terminal.style("dim", line));
  try {
    return await chooseConfig({
      given: asked.config,
      tries: false,
      asking: askingAs(environment),
      base: source.base,
      survey,
      repository,
      path,
      progress,
      terminal,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UsageError) throw error;
    return { trouble: messageOf(error) };
  }
}

async function measure(
  { millwright, signal }: ProofOptions,
  { change, repository, progress, chosen }: Parts & { readonly chosen: ChosenConfig },
): Promise<ChangeProof> {
  const sandbox = await requireSandbox(chosen, ({ command, lastLine }) =>
    progress.live.begin(command.slice(0, 80), lastLine),
  );
  const { head, source } = change;
  // A package brings no parser; the bundles of the actions hold it in a clone and in a package alike.
  const grammars = readBundled(join(millwright, "actions/verify/dist/index.js"));
  return proveChange(
    { base: source.base, head, config: chosen.config },
    {
      ...{ repository, clock: createClock(), syntax: createSyntax(grammars), web: createWeb() },
      sandbox: stoppable(sandbox, signal),
    },
  );
}

function unmeasured({ source, head }: ChangeOnDisk, trouble: string): ChangeProof {
  const found = trouble.slice(0, 2_000);
  const refusal = { code: "evidence-missing", subject: "checks", found } as const;
  return notMeasured({ base: source.base, head }, refusal);
}
