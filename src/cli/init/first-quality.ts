import { readPackaged } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import { Config } from "../../domain/config/schema.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import type { Repository } from "../../ports/repository.ts";
import { renderQuality } from "../../wording/pages/quality-markdown.ts";
import { joinRuns } from "../../workers/checks/join-runs.ts";
import { composeReport } from "../../workers/quality-audit/compose.ts";
import { readEarlierPackages } from "../../workers/quality-audit/reading/earlier-packages.ts";
import { survey } from "../../workers/quality-audit/survey.ts";
import type { TriedCheck } from "../source/try-checks.ts";

/**
 * The first `quality.md`, by the same code as the nightly audit: from git's objects, and from the checks that ran once
 * on the base. Unknown facts, such as open defects, have no figure.
 */
export async function firstQuality(
  repository: Repository,
  { base, evidence }: { readonly base: string; readonly evidence: readonly Evidence[] },
): Promise<string> {
  const report = composeReport(
    { base, config: Config.parse({}) },
    {
      survey: await survey(repository, base, createSyntax(readPackaged(import.meta.url))),
      evidence,
      recent: await repository.recent(base),
      earlierPackages: await readEarlierPackages(repository, base),
      openDefects: undefined,
      record: undefined,
      earlier: [],
    },
  );
  return `${renderQuality(report).trimEnd()}\n`;
}

/**
 * One run of each check, as the audit sees it later: those of several projects are one check of the config. Of a check that
 * stays out of the config for all projects, what was tried of it.
 */
export function evidenceOf(
  tried: readonly Pick<TriedCheck, "run" | "keep">[],
): readonly CheckRun[] {
  const all = Map.groupBy(tried, ({ run }) => run.name);
  return [...all.values()].map((some) => {
    const kept = some.filter(({ keep }) => keep);
    return joinRuns((kept.length === 0 ? some : kept).map(({ run }) => run));
  });
}
