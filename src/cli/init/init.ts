import { openRepository } from "../../adapters/repository/repository.ts";
import { readConfigText } from "../../control/observed/config-text.ts";
import type { Repository } from "../../ports/repository.ts";
import { UsageError } from "../command/usage-error.ts";
import type { ProposedConfig } from "../propose-config/propose-config.ts";
import { createProgress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import { proposeFor, proposeTried } from "../source/choose-config.ts";
import { isAnyIgnored } from "../source/is-any-ignored.ts";
import type { Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import { type Survey, surveySource } from "../source/survey.ts";
import type { TriedCheck } from "../source/try-checks.ts";
import type { InitArguments } from "./arguments.ts";
import type { Choices } from "./choices.ts";
import { AGENTS, CONFIG, type Facts, FORMS, QUALITY, WORKFLOW, wantedFiles } from "./files.ts";
import { evidenceOf, firstQuality } from "./first-quality.ts";
import { ghIn } from "./github/gh.ts";
import { onGitHub, settledIn } from "./github/on-github.ts";
import { beginHandIn, type HandIn } from "./hand-in/hand-in.ts";
import { nextSteps } from "./next-steps.ts";
import { openRecord } from "./open-record.ts";
import type { Pin } from "./pin.ts";
import { putFiles } from "./put-files.ts";
import { type InitPlan, planInit } from "./record.ts";
import { type InitResult, sayInit, sayPlan } from "./say-init.ts";
import { refuseDirty } from "./tree/refuse-dirty.ts";
import { openWorkTree, type WorkTree } from "./tree/work-tree.ts";
import { isVendored, pinOfCopies, refuseVendor } from "./vendor/refuse-vendor.ts";
import { originalOf } from "./vendor/vendor.ts";
import { isCalledBy } from "./workflows/calls-millwright.ts";
import { ciNames, startsIn, workflowsOf } from "./workflows/ci-names.ts";

export interface InitOptions {
  readonly arguments: InitArguments;
  /** The clone that the arguments name. */
  readonly source: Source;
  /** Which Millwright this is; undefined where nothing tells, and where the arguments name another one. */
  readonly own: Pin | undefined;
  readonly templates: Facts["templates"];
  /** The workflows of this version, of which copies are made. */
  readonly workflows: NonNullable<Facts["vendored"]>;
  readonly choices: Choices;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Where nothing tells which Millwright this is: the template's own words, which a person replaces. */
const UNKNOWN: Pin = { repository: "OWNER/millwright", ref: "v0" };

/**
 * Adds the factory to a clone: files alone, each written in one step, the workflow last; or a branch that holds them.
 * @throws UsageError for what the caller got wrong, before anything is written
 */
export async function runInit(
  options: InitOptions,
): Promise<{ readonly result: InitResult; readonly config: string }> {
  const { arguments: asked, terminal, choices, source } = options;
  const begun = performance.now();
  const files = await openWorkTree(source.directory, source.gitDirectory);
  const handIn = await openHandIn(options, source, files);
  const tree = handIn?.tree ?? files;
  const record = openRecord(tree);
  // Nothing is mixed where a branch gets the files.
  const refuse = async () => handIn ?? refuseMixing(options, source, files);
  const pin = asked.pin ?? pinOfCopies(record) ?? options.own ?? UNKNOWN;
  const stands = tree.read(WORKFLOW) !== undefined;
  const vendored = vendoredFor(options, { pin, record, stands });
  const { tried, notes, hasForms, ...seen } = await look(options, { source, tree, refuse });
  const facts: Facts = {
    ...seen,
    firstDay: await choices.firstDay(),
    pin,
    vendored,
    templates: asked.forms && !hasForms ? options.templates : { ...options.templates, forms: {} },
  };
  const wanted = wantedFiles(facts);
  const plan = planInit(wanted, {
    by: `${pin.repository}@${pin.ref}`,
    record,
    standing: (path) => tree.read(path),
  });
  if (plan.record !== undefined) await refuse();
  const isCalled = seen.starts.some((path) => path !== WORKFLOW) || isCalledBy(plan, tree);
  sayPlan(terminal, plan, { diff: asked.dryRun, isCalled });
  const put = await putFiles(plan, { tree, handIn, choices, dryRun: asked.dryRun });
  const { writes, written, handedIn } = put;
  const github = await onGitHub(options, { folder: source.directory, writes });
  const configFault = faultOf(tree.read(CONFIG));
  const result: InitResult = {
    ok: isCalled && configFault === undefined && handedIn?.pullRequest?.fate !== "left",
    firstDay: facts.firstDay,
    pin: `${pin.repository}@${pin.ref}`,
    isPinKnown: pin !== UNKNOWN,
    isCalled,
    ...(configFault === undefined ? {} : { configFault }),
    checks: tried.map(saidOf),
    files: plan.files.map((file) => listed(file, writes)),
    notes,
    ...(handedIn === undefined ? {} : { handedIn }),
    github,
    next: nextSteps({
      ...{ written, handedIn, pin, firstDay: facts.firstDay, settled: settledIn(github), isCalled },
      isIgnored: await isAnyIgnored(source, written),
    }),
    questions: choices.asked(),
    ms: Math.round(performance.now() - begun),
  };
  sayInit(terminal, result, { dryRun: asked.dryRun });
  return { result, config: wanted.find(({ path }) => path === CONFIG)?.text ?? "" };
}

function listed(
  { path, fate, text }: InitPlan["files"][number],
  writes: boolean,
): InitResult["files"][number] {
  const isLeft = fate === "written" && !writes;
  return { path, fate: isLeft ? "not-written" : fate, lines: text.split("\n").length - 1 };
}

/** What control would say of the config that stands there; undefined where it can read it. */
function faultOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const reading = readConfigText(new TextDecoder().decode(bytes));
  return "refusal" in reading ? (reading.refusal.found ?? "it cannot be read") : undefined;
}

function saidOf({ run: { name, command }, keep, said }: TriedCheck): InitResult["checks"][number] {
  return { name, command, keep, said };
}

/** Undefined where the files go into the work tree. Where they lie there already, nobody is asked. */
async function openHandIn(
  { arguments: asked, choices, environment }: InitOptions,
  source: Source,
  files: WorkTree,
): Promise<HandIn | undefined> {
  const place = openRecord(files)?.complete ? (asked.place ?? "files") : await choices.place();
  if (place === "files") return undefined;
  const gh = ghIn(source.directory, environment);
  return beginHandIn({ source, files, place, branch: asked.branch, environment, gh });
}

/** Throws UsageError for what is not committed and is none of what init writes: an ended run may have left that. */
async function refuseMixing(options: InitOptions, source: Source, tree: WorkTree): Promise<void> {
  const { arguments: asked, templates } = options;
  if (asked.dirty || asked.dryRun) return;
  const own = new Set([
    ...[CONFIG, AGENTS, QUALITY, WORKFLOW],
    ...Object.keys(templates.forms).map((name) => `${FORMS}/${name}`),
    ...Object.keys(openRecord(tree)?.files ?? {}),
  ]);
  const isOurs = (path: string) => own.has(path) || originalOf(path) !== undefined;
  await refuseDirty(source, { command: "init", isOurs });
}

/** @throws UsageError for what is no clone with its files */
export async function openClone(path: string): Promise<Source> {
  const source = await openSource(path, undefined);
  if (source.directory !== source.gitDirectory) return source;
  throw new UsageError(`--repo: ${path} is a bare repository; name a clone with its files`);
}

function vendoredFor(
  { arguments: asked, workflows }: InitOptions,
  about: Parameters<typeof refuseVendor>[0],
): Facts["vendored"] {
  if (!isVendored(asked, about.record)) return undefined;
  refuseVendor(about);
  return workflows;
}

interface Seen {
  readonly proposed: ProposedConfig;
  readonly tried: readonly TriedCheck[];
  readonly ciWorkflows: readonly string[];
  /** Paths of the workflows at the base that start the factory. */
  readonly starts: readonly string[];
  /** Whether the repository has issue forms or templates of its own. */
  readonly hasForms: boolean;
  /** What could not be told, and what of the tree is not followed. */
  readonly notes: readonly string[];
  /** Undefined where there is one. */
  readonly quality: string | undefined;
}

/** A config that stands there is somebody's: its checks are theirs to try, and nothing is said of others. */
async function look(
  options: InitOptions,
  about: { readonly source: Source; readonly tree: WorkTree; refuse(): Promise<unknown> },
): Promise<Seen> {
  const { arguments: asked, templates } = options;
  const { source, tree, refuse } = about;
  const repository = await openRepository(source.commonDirectory);
  try {
    const survey = await surveySource(source, repository);
    const own = new Set(Object.keys(templates.forms).map((name) => `${FORMS}/${name}`));
    const workflows = await workflowsOf(survey);
    const seen = {
      ciWorkflows: ciNames(workflows),
      starts: startsIn(workflows),
      hasForms: survey.entries.some(({ path }) => isForm(path) && !own.has(path)),
    };
    const hasConfig = tree.read(CONFIG) !== undefined;
    const tries = asked.tries && !hasConfig;
    // Trying takes minutes, and there is a file to write: what would be refused after them is refused before.
    if (tries) await refuse();
    const found = tries
      ? await tryOut(options, { source, survey, repository })
      : { proposed: await proposeFor(survey), tried: [] };
    const { proposed, tried } = found;
    const said = [...proposed.notes, ...survey.notFollowed];
    const evidence = evidenceOf(tried);
    const quality =
      tree.read(QUALITY) === undefined
        ? await firstQuality(repository, { base: source.base, evidence })
        : undefined;
    return {
      ...seen,
      ...{ tried, quality, proposed: hasConfig ? { ...proposed, notes: [] } : proposed },
      notes: hasConfig ? survey.notFollowed : said,
    };
  } finally {
    await repository.close();
  }
}

/** GitHub docs, About issue and pull request templates: the folder, and the older single file. */
function isForm(path: string): boolean {
  return path.startsWith(`${FORMS}/`) || /^(?:\.github\/|docs\/)?issue_template\.md$/i.test(path);
}

async function tryOut(
  { environment, terminal, signal }: InitOptions,
  about: { readonly source: Source; readonly survey: Survey; readonly repository: Repository },
) {
  const progress = createProgress(terminal);
  for (const line of about.survey.notFollowed) progress.fact("", terminal.style("dim", line));
  const { kept, tried } = await proposeTried({
    ...about,
    base: about.source.base,
    path: environment.PATH ?? "",
    progress,
    terminal,
    signal,
  });
  signal.throwIfAborted();
  return { proposed: kept, tried };
}
