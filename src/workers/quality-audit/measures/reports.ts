import type { Coverage } from "../../../domain/evidence.ts";
import type { Measure } from "../../../domain/quality.ts";
import type { MutatedFile } from "../reading/mutants.ts";
import { type Facts, measured, missing, type Part, share } from "./part.ts";

/**
 * Includes functions of files that the report does not name, because no test loaded them. Without them coverage would
 * rise when the last test of a file is deleted.
 */
export function measureCoverage(part: Part, { evidence, survey }: Facts): Measure {
  const report = evidence.find((piece): piece is Coverage => piece.kind === "coverage");
  if (report === undefined) return missing("coverage", "no lcov or Cobertura report was written");
  const own = new Set(part.files);
  const files = report.files.filter(({ path }) => own.has(path));
  const named = files.reduce((sum, file) => sum + file.total, 0);
  if (named === 0) return missing("coverage", `${report.source} names none of its files`);
  const covered = files.reduce((sum, file) => sum + file.covered, 0);
  const known = new Set(files.map(({ path }) => path));
  const unloaded = part.files.flatMap((path) => {
    const functions = known.has(path) ? [] : (survey.syntax.get(path)?.functions ?? []);
    return [{ path, covered: 0, total: functions.reduce((sum, { lines }) => sum + lines, 0) }];
  });
  const total = unloaded.reduce((sum, file) => sum + file.total, named);
  const where = [...files, ...unloaded].map(({ path, covered: run, total: all }) => ({
    at: path,
    weight: all - run,
  }));
  const { value, counted } = share(covered, total, "lines");
  return measured("coverage", {
    value,
    source: report.source,
    counted: `${counted}, ${files.length} of ${part.files.length} files`,
    where: where.filter(({ weight }) => weight > 0),
  });
}

export function measureMutation(part: Part, { survey }: Facts): Measure {
  const report = survey.mutants;
  if (report === undefined) return missing("mutation", "no report of mutants is committed");
  const files = report.files.filter(isIn(part));
  const judged = files.reduce((sum, file) => sum + file.judged, 0);
  if (judged === 0) return missing("mutation", `${report.source} judged no mutant here`);
  const noticed = files.reduce((sum, file) => sum + file.noticed, 0);
  const where = files.map(({ path, noticed: seen, judged: all, unnoticedAt }) => ({
    at: unnoticedAt === undefined ? path : `${path}:${unnoticedAt}`,
    weight: all - seen,
  }));
  return measured("mutation", {
    source: report.source,
    ...share(noticed, judged, "mutants"),
    where: where.filter(({ weight }) => weight > 0),
  });
}

/** A path that ends with a slash is a folder: the sum of the files directly in it. */
function isIn({ files }: Part): (file: MutatedFile) => boolean {
  const own = new Set(files);
  const folders = new Set(files.map((file) => file.slice(0, file.lastIndexOf("/") + 1)));
  return ({ path }) => (path.endsWith("/") ? folders.has(path) : own.has(path));
}
