import { createTwoFilesPatch } from "diff";
import { openRepository } from "../../adapters/repository/repository.ts";
import { tryGit } from "../../twin/github/git/git.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Terminal } from "../shared/terminal.ts";
import { proposeFor } from "../source/choose-config.ts";
import { ASIDE, type Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import { surveySource } from "../source/survey.ts";
import { type Facts, wantedFiles } from "./files.ts";
import { openRecord, recordText } from "./open-record.ts";
import type { Pin } from "./pin.ts";
import { planUpgrade, type UpgradeFate, type UpgradePlan } from "./plan-upgrade.ts";
import { blobId, type InitRecord, RECORD } from "./record.ts";
import { refuseDirty } from "./tree/refuse-dirty.ts";
import { openWorkTree, type WorkTree } from "./tree/work-tree.ts";
import type { UpgradeArguments } from "./upgrade-arguments.ts";
import { isVendored, refuseOtherSource, refuseVendor } from "./vendor/refuse-vendor.ts";
import { ciNames, workflowsOf } from "./workflows/ci-names.ts";

const SAID: Readonly<Record<UpgradeFate, string>> = {
  new: "to this version",
  added: "new in this version",
  merged: "to this version, with your lines",
  same: "up to date",
  conflict:
    "stays: you and this version change the same lines; compare with --dry-run, and merge by hand",
  unknown:
    "stays: you changed it, and neither the record nor git has what init wrote; compare with a fresh init",
};

/**
 * Moves what init wrote to this version, and answers the exit code.
 * @throws UsageError where init wrote nothing, nothing tells which version this is, or a person's change is not committed
 */
export async function runUpgrade(
  asked: UpgradeArguments,
  about: {
    readonly own: Pin | undefined;
    readonly templates: Facts["templates"];
    readonly workflows: NonNullable<Facts["vendored"]>;
    readonly terminal: Terminal;
    /** For programs. */
    write(text: string): void;
  },
): Promise<number> {
  const source = await openSource(asked.repo, undefined);
  const tree = await openWorkTree(source.directory, source.gitDirectory);
  const record = openRecord(tree);
  if (record === undefined) {
    throw new UsageError(`--repo: ${asked.repo} has no ${RECORD}: run init there first`);
  }
  const pin = asked.pin ?? about.own;
  if (pin === undefined) {
    throw new UsageError("the owner of this Millwright is unknown: add --uses OWNER/millwright@v0");
  }
  if (asked.pin === undefined) refuseOtherSource(pin, record);
  const vendored = isVendored({ vendor: false }, record) ? about.workflows : undefined;
  if (vendored !== undefined) refuseVendor({ pin, record, stands: true });
  const originals = await readOriginals(source, record);
  const plan = planUpgrade(
    wantedFiles(await factsOf(source, { pin, vendored, templates: about.templates })),
    {
      by: `${pin.repository}@${pin.ref}`,
      record,
      standing: (path) => tree.read(path),
      original: (path) => originals.get(path),
    },
  );
  if (!asked.dryRun && !asked.dirty) await refuseMixing(source, { plan, record, tree });
  if (!asked.dryRun) writeUpgrade(tree, { plan, record });
  const stays = plan.files.filter(({ fate }) => isStaying(fate));
  const code = stays.length === 0 ? 0 : 1;
  if (asked.json) about.write(sayJson(plan, code));
  else sayUpgrade(about.terminal, { plan, tree, dryRun: asked.dryRun });
  return code;
}

function isStaying(fate: UpgradeFate): boolean {
  return fate === "conflict" || fate === "unknown";
}

/** What init would write now; the config and the instructions are not asked for. */
async function factsOf(
  source: Source,
  given: Pick<Facts, "pin" | "vendored" | "templates">,
): Promise<Facts> {
  const repository = await openRepository(source.commonDirectory);
  try {
    const survey = await surveySource(source, repository);
    const proposed = await proposeFor(survey);
    const ciWorkflows = ciNames(await workflowsOf(survey));
    return { ...given, proposed, firstDay: "live", ciWorkflows };
  } finally {
    await repository.close();
  }
}

/** What init wrote, as the record names it: in the record itself, or in git where it was committed. */
async function readOriginals(source: Source, record: InitRecord) {
  const entries = await Promise.all(
    Object.entries(record.files).map(async ([path, id]) => {
      const noted = record.bases?.[path];
      if (noted !== undefined) return [path, new TextEncoder().encode(noted)] as const;
      const words = ["cat-file", "blob", id];
      const { code, stdout } = await tryGit(source.gitDirectory, words, { environment: ASIDE });
      return [path, code === 0 ? new Uint8Array(stdout) : undefined] as const;
    }),
  );
  return new Map(entries);
}

/** Throws UsageError for a person's change that is not committed: merged with this version's, nothing would tell it apart. */
async function refuseMixing(
  source: Source,
  about: { readonly plan: UpgradePlan; readonly record: InitRecord; readonly tree: WorkTree },
): Promise<void> {
  const { plan, record, tree } = about;
  const texts = new Map(plan.files.map(({ path, text }) => [path, text]));
  const standing = (path: string) => blobId(tree.read(path) ?? new Uint8Array());
  const isWritten = (path: string, text: string) => standing(path) === blobId(text);
  const writes = plan.files.some(({ path, text }) => text !== undefined && !isWritten(path, text));
  if (!writes) return;
  await refuseDirty(source, {
    command: "upgrade",
    isOurs: (path) => {
      const text = texts.get(path);
      const ids = [record.files[path], plan.record.files[path]];
      return ids.includes(standing(path)) || (text !== undefined && isWritten(path, text));
    },
  });
}

function writeUpgrade(
  tree: WorkTree,
  { plan, record }: { readonly plan: UpgradePlan; readonly record: InitRecord },
): void {
  for (const { path, text } of plan.files) if (text !== undefined) tree.write(path, text);
  const text = recordText(plan.record);
  if (text !== recordText(record)) tree.write(RECORD, text);
}

function sayJson({ files }: UpgradePlan, code: number): string {
  const told = files.map(({ path, fate }) => ({ path, fate }));
  return `${JSON.stringify({ ok: code === 0, files: told })}\n`;
}

function sayUpgrade(
  terminal: Terminal,
  about: { readonly plan: UpgradePlan; readonly tree: WorkTree; readonly dryRun: boolean },
): void {
  const { plan, tree, dryRun } = about;
  for (const { path, fate } of plan.files) {
    const { line } = isStaying(fate) ? terminal.results : terminal;
    line(`  ${path}  ${SAID[fate]}`);
  }
  if (!dryRun) return;
  for (const { path, text } of plan.files) {
    if (text === undefined) continue;
    const before = new TextDecoder().decode(tree.read(path) ?? new Uint8Array());
    const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, text, "", "");
    terminal.results.verbatim(patch.trimEnd());
  }
  terminal.line("\nNothing was written: --dry-run.");
}
