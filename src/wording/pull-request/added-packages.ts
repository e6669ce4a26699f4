import type { AddedPackage, Dependencies } from "../../domain/evidence.ts";
import { safeText } from "../safe-text.ts";

/** More than these are counted: their list is in the lockfile's diff. */
const SHOWN = 8;

/**
 * The packages that an approved lockfile adds, as one line of safe Markdown, suspicious ones first, for the person who
 * merges. Facts that no registry gave are shown as unknown.
 */
export function sayAddedPackages({ added }: Pick<Dependencies, "added">): string {
  if (added.length === 0) return "none: the approved dependency files add no package";
  const ordered = added.toSorted((left, right) => suspicion(right) - suspicion(left));
  const left = ordered.length - SHOWN;
  const shown = ordered.slice(0, SHOWN).map(sayPackage).join("; ");
  return left > 0 ? `${shown}; and ${left} more` : shown;
}

function suspicion({ lookAlike, installScript }: AddedPackage): number {
  return (lookAlike === null ? 0 : 2) + (installScript ? 1 : 0);
}

function sayPackage(one: AddedPackage): string {
  const { weeklyDownloads: downloads, publishedAt, lookAlike } = one;
  return [
    `${safeText(`${one.name} ${one.version}`)} from ${safeText(one.host)}`,
    publishedAt === null ? "age not known" : `published ${publishedAt.slice(0, 10)}`,
    downloads === null
      ? "downloads not known"
      : `${downloads.toLocaleString("en")} downloads a week`,
    ...(lookAlike === null ? [] : [`its name looks like ${safeText(lookAlike)}`]),
    ...(one.installScript ? ["its install script was not run"] : []),
  ].join(", ");
}
