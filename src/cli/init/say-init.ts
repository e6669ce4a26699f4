import { createTwoFilesPatch } from "diff";
import type { Terminal } from "../shared/terminal.ts";
import { CONFIG, WORKFLOW } from "./files.ts";
import type { NextStep } from "./github/next-step.ts";
import type { SetUp } from "./github/set-up.ts";
import type { HandedIn } from "./hand-in/hand-in.ts";
import { sayHandedIn } from "./hand-in/say-hand-in.ts";
import type { InitIntake } from "./intake/show-intake.ts";
import type { FileFate, InitPlan } from "./record.ts";

/** What `init --json` prints. Times in ms. */
export interface InitResult {
  readonly ok: boolean;
  readonly firstDay: "staged" | "live";
  /** What the workflow calls, as `OWNER/NAME@REF`. */
  readonly pin: string;
  /** False where nothing told which Millwright this is: a person puts it in. */
  readonly isPinKnown: boolean;
  /** False where no workflow starts the factory: one of the repository's own has its name, or somebody removed it. */
  readonly isCalled: boolean;
  /** What is wrong with the config that stands there; absent where it can be read. */
  readonly configFault?: string;
  readonly checks: readonly {
    readonly name: string;
    readonly command: string;
    /** Whether it stands in the config: one that did not work on the base does not. */
    readonly keep: boolean;
    readonly said: string;
  }[];
  readonly files: readonly {
    readonly path: string;
    readonly fate: FileFate | "not-written";
    readonly lines: number;
  }[];
  readonly notes: readonly string[];
  /** The branch with the files; absent where they went into the work tree, or nothing was missing. */
  readonly handedIn?: HandedIn;
  /** What was set up on GitHub, and what is left there; empty where it was not asked for. */
  readonly github: readonly SetUp[];
  readonly next: readonly NextStep[];
  /** What is known without a model of the issue that the caller named. */
  readonly intake?: InitIntake;
  readonly questions: number;
  readonly ms: number;
}

const FATES: Readonly<Record<FileFate, string>> = {
  written: "new",
  same: "there already",
  kept: "yours, stays as it is",
  removed: "you removed it, stays away",
};

/** Says each file, and as a diff what would be in it. */
export function sayPlan(
  terminal: Terminal,
  plan: InitPlan,
  { diff, isCalled }: { readonly diff: boolean; readonly isCalled: boolean },
): void {
  terminal.line();
  for (const file of plan.files) {
    const { path, fate } = file;
    const mark = fate === "written" ? terminal.style("green", "+") : terminal.style("dim", "·");
    const why = isCalled ? file.why : whyUncalled(file);
    terminal.line(`  ${mark} ${path}  ${terminal.style("dim", `${FATES[fate]}: ${why}`)}`);
  }
  terminal.line();
  if (diff) sayDiff(terminal, plan);
}

function whyUncalled({ path, fate, why }: InitPlan["files"][number]): string {
  return path === WORKFLOW && fate === "kept" ? "calls no Millwright" : why;
}

function sayDiff(terminal: Terminal, plan: InitPlan): void {
  for (const { path, text, fate } of plan.files) {
    if (fate !== "written") continue;
    const patch = createTwoFilesPatch("/dev/null", `b/${path}`, "", text, "", "");
    for (const line of patch.trimEnd().split("\n").slice(1)) {
      terminal.results.verbatim(line.startsWith("+") ? terminal.style("green", line) : line);
    }
  }
}

const SET_UP: Readonly<Record<SetUp["fate"], string>> = {
  done: "set up",
  there: "there already",
  left: "left to you",
  planned: "would be set up",
};

function sayGitHub(terminal: Terminal, github: readonly SetUp[]): void {
  for (const { what, fate, because } of github) {
    const mark = fate === "left" ? terminal.style("yellow", "–") : terminal.style("green", "✓");
    const why = because === undefined ? "" : `: ${because}`;
    terminal.line(`  ${mark} ${what}  ${terminal.style("dim", `${SET_UP[fate]}${why}`)}`);
  }
  if (github.length > 0) terminal.line();
}

/** What came of it, and what is left for a person. */
export function sayInit(
  terminal: Terminal,
  result: InitResult,
  { dryRun }: { readonly dryRun: boolean },
): void {
  // Where checks were tried, they were told beside them.
  const notes = result.checks.length > 0 ? [] : result.notes;
  for (const note of notes) terminal.line(`  ${terminal.style("yellow", "!")} ${note}`);
  if (notes.length > 0) terminal.line();
  sayGitHub(terminal, result.github);
  const isLeft = sayOutcome(terminal, result, { dryRun });
  for (const [index, { what, command }] of isLeft ? result.next.entries() : []) {
    terminal.line();
    terminal.line(`  ${index + 1}. ${what}:`);
    terminal.verbatim(`     ${terminal.style("bold", command)}`);
  }
  for (const caution of isLeft ? cautionsOf(result) : refusedBecause(result)) {
    terminal.line();
    terminal.line(`  ${terminal.style("yellow", "!")} ${caution}`);
  }
}

/** Whether there is something left to do after it. */
function sayOutcome(
  terminal: Terminal,
  { files, handedIn, isCalled, configFault }: InitResult,
  { dryRun }: { readonly dryRun: boolean },
): boolean {
  const written = files.filter(({ fate }) => fate === "written").length;
  const isOpen = files.some(({ fate }) => fate === "not-written");
  if (handedIn !== undefined) sayHandedIn(terminal, handedIn);
  if (isOpen || handedIn?.fate === "planned") {
    terminal.line(`\nNothing was written${dryRun ? ": --dry-run" : ""}.`);
    return false;
  }
  if (handedIn !== undefined) return true;
  const isAll = written === 0;
  const said = `${written} ${written === 1 ? "file" : "files"} written. Next:`;
  const isReady = isCalled && configFault === undefined;
  const nothing = isReady ? "Everything is there; nothing was changed." : "Nothing was changed.";
  terminal.line(isAll ? nothing : said);
  return !isAll;
}

/** What would make the first issue stop, and can be mended before it. */
function cautionsOf(result: InitResult): readonly string[] {
  const { checks, isPinKnown, isCalled } = result;
  const unproven = unprovenBecause(checks);
  return [
    ...refusedBecause(result),
    ...(unproven === undefined ? [] : [unproven]),
    ...(isPinKnown || !isCalled
      ? []
      : [
          "The owner of this Millwright is unknown: put it in place of OWNER in .github/workflows/factory.yml, or run init again with --uses after removing that file.",
        ]),
  ];
}

/** Told in every case: whoever is sent here by doctor would be sent back. */
function refusedBecause(result: InitResult): readonly string[] {
  const { configFault: fault } = result;
  return [
    ...uncalledBecause(result),
    ...(fault === undefined
      ? []
      : [`The factory refuses every issue: ${CONFIG} cannot be read. Mend ${fault}`]),
  ];
}

function uncalledBecause({ files, isCalled }: InitResult): readonly string[] {
  if (isCalled) return [];
  const isRemoved = files.some(({ path, fate }) => path === WORKFLOW && fate === "removed");
  return [
    isRemoved
      ? `Nothing starts the factory: ${WORKFLOW} was removed, and stays away. Take it back from git, or run uninstall and then init.`
      : `Nothing starts the factory: ${WORKFLOW} is a workflow of your own, and stays. Rename it, commit that, and run init again.`,
  ];
}

const AGAIN =
  "fix what failed above, remove that file and run init again. What was found and not tried is a comment in that file.";

/** A setup that works checks nothing, and other checks name no test. Where nothing was tried, nothing is known. */
function unprovenBecause(all: InitResult["checks"]): string | undefined {
  const checks = all.filter(({ name }) => name !== "setup");
  if (all.length > 0 && !checks.some(({ keep }) => keep)) {
    return `No check worked here, so the config has none, and nothing can be proven: add checks.test to .github/factory.yml, or ${AGAIN}`;
  }
  const tests = checks.filter(({ name }) => name === "test");
  if (tests.length > 0 && !tests.some(({ keep }) => keep)) {
    return `The tests did not work here, so the config has none, and no criterion can be proven: add checks.test to .github/factory.yml, or ${AGAIN}`;
  }
  return undefined;
}
