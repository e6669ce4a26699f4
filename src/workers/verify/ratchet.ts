import type { ChangeSet } from "../../domain/change-set.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { Task } from "../checks/workbench.ts";
import { holdsTests } from "../proof/compare/where-tests-stand.ts";
import { isCheckConfig } from "../proof/ratchet/config/lowered.ts";
import { findRatchetFindings } from "../proof/ratchet/find-ratchet-findings.ts";

/** The bound of the evidence's schema. */
const FINDINGS = 100;

/** How the change weakens tests: nothing runs, both versions are parsed. */
export async function watchRatchet(
  { order, subject, ports: { repository, syntax } }: Pick<Task, "order" | "subject" | "ports">,
  { files }: ChangeSet,
): Promise<readonly Evidence[]> {
  const changes = await Promise.all(
    files.map(async (file) => {
      const bytes = await repository.read(order.base, file.path);
      const before = bytes === undefined ? {} : { before: new TextDecoder().decode(bytes) };
      const after = "deleted" in file ? {} : { after: contentOf(file) };
      return { path: file.path, ...before, ...after };
    }),
  );
  const proving = new Set(changes.filter(mayProve).map(({ path }) => path));
  const found = await findRatchetFindings(changes, syntax);
  // The tests judge a source file without a grammar, but nothing judges such a test file.
  const told = found.filter(({ rule, path }) => rule !== "unreadable" || proving.has(path));
  if (told.length === 0) return [];
  const findings = told.slice(0, FINDINGS);
  return [{ kind: "ratchet", subject, findings, more: told.length - findings.length }];
}

function mayProve(change: {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}): boolean {
  const { path, before, after } = change;
  const texts = [before, after].filter((text) => text !== undefined);
  return isCheckConfig(path) || texts.some((text) => holdsTests({ path, text }, []));
}

function contentOf({ content, encoding }: { readonly content: string; readonly encoding: string }) {
  return encoding === "base64" ? Buffer.from(content, "base64").toString("utf8") : content;
}
