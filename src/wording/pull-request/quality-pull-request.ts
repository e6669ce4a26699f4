import type { ObjectId } from "../../domain/digest.ts";
import { ownLink } from "../safe-text.ts";

const TITLE = "Recompute quality.md";

/** The commit that holds a recomputed quality.md; its trailer names the commit that was measured. */
export function renderQualityCommit(audited: ObjectId): string {
  return `${TITLE}\n\nAudited-Commit: ${audited}`;
}

/** The pull request that proposes it. */
export function renderQualityPullRequest(about: {
  readonly audited: ObjectId;
  readonly runUrl: string;
}): { readonly title: string; readonly body: string } {
  const run = ownLink("The run", about.runUrl);
  return {
    title: TITLE,
    body: `> **Next:** a person reads the grades and merges this.\n\nThe grades as they are at ${about.audited}, recomputed by code; every figure names its source.\nOnly this one file is changed. ${run} holds what was measured.\n`,
  };
}
