import { joinProjects } from "../propose-config/projects/join.ts";
import { isOfOthers, type ProposedProject } from "../propose-config/projects/project.ts";
import { scopedTo } from "../propose-config/projects/scopes.ts";
import type { ProposedCheck } from "../propose-config/proposal.ts";
import type { ProposedConfig } from "../propose-config/propose-config.ts";
import { renderConfig } from "../propose-config/render-config.ts";
import { readChosen } from "./config.ts";
import { type Trial, tryAloud } from "./try-aloud.ts";
import type { TriedCheck } from "./try-checks.ts";

interface About {
  readonly proposed: ProposedConfig;
  readonly toolchains: readonly string[];
  readonly about: Parameters<typeof readChosen>[1];
}

/** A project with the checks of it that are of use, and how all of them went. */
interface TriedProject {
  readonly project: ProposedProject;
  readonly tried: readonly TriedCheck[];
  /** Where setup did not work, all of them with it. */
  readonly untried: readonly ProposedCheck[];
}

/**
 * Tries the checks of each project on the base. Where more than one is of use, each runs a second time without the folders of
 * the others: what it says then tells whether it is about its own folder alone.
 */
export async function tryProjects(
  options: Trial,
  about: About,
): Promise<{ readonly kept: ProposedConfig; readonly tried: readonly TriedCheck[] }> {
  const { proposed } = about;
  const isOne = proposed.projects.length < 2;
  const all: TriedProject[] = [];
  for (const project of proposed.projects) {
    if (!isOne) options.progress.fact("project", project.name);
    const tried = await tryProject(options, about, project);
    all.push({ project: keepTried(project, tried), tried, untried: untriedOf(project, tried) });
  }
  const useful = all.filter(({ project }) => isUseful(project));
  const projects =
    useful.length < 2
      ? useful.map(({ project }) => project)
      : await withScopes(options, about, useful);
  const { checks, notes } = joinProjects(projects);
  const dropped = all.filter((one) => !useful.includes(one)).map(({ project }) => project.name);
  return {
    kept: {
      ...proposed,
      taken: isOne ? proposed.taken : projects.map(({ name }) => name).join(", ") || proposed.taken,
      ...{ checks, projects },
      notes: [
        ...proposed.notes,
        ...(isOne
          ? []
          : dropped.map((name) => `no check of ${name} worked on the base: it has none here`)),
        // Says why a check of the repository is missing from the config, for people who read it later.
        ...all.flatMap(({ tried }) => tried).flatMap(sayLeftOut),
        ...all.flatMap(({ untried }) =>
          untried.map(
            ({ name, run }) => `found, but not tried, because setup did not work: ${name}: ${run}`,
          ),
        ),
        ...notes,
      ],
    },
    tried: all.flatMap(({ tried }) => tried),
  };
}

async function tryProject(
  options: Trial,
  { proposed, toolchains, about }: About,
  project: ProposedProject,
): Promise<readonly TriedCheck[]> {
  const text = renderConfig({ ...proposed, checks: project.checks }, { read: toolchains });
  const seen = ({ name, command }: { readonly name: string; readonly command: string }) =>
    project.checks.find((check) => check.name === name && check.run === command)?.because;
  return await tryAloud(options, { chosen: readChosen(text, about), seen });
}

async function withScopes(
  options: Trial,
  about: About,
  useful: readonly TriedProject[],
): Promise<readonly ProposedProject[]> {
  const folders = useful.map(({ project }) => project.folder);
  const scoped: ProposedProject[] = [];
  for (const { project, tried } of useful) {
    const isAsked =
      project.folder !== "" || project.checks.some(({ paths }) => paths !== undefined);
    if (isAsked)
      options.progress.fact("alone", `${project.name}, without the other projects' folders`);
    const apart = isAsked
      ? await tryProject(
          { ...options, without: (path) => isOfOthers(path, project.folder, folders) },
          about,
          project,
        )
      : [];
    const runsOf = (some: readonly TriedCheck[]) => some.map(({ run }) => run);
    const checks = scopedTo(project, { whole: runsOf(tried), apart: runsOf(apart) });
    scoped.push({ ...project, checks });
  }
  return scoped;
}

function untriedOf(
  { checks }: ProposedProject,
  tried: readonly TriedCheck[],
): readonly ProposedCheck[] {
  const isStopped = tried.some(({ run, keep }) => run.name === "setup" && !keep);
  return isStopped ? checks.filter(({ name }) => name !== "setup") : [];
}

function sayLeftOut({ run, keep, said }: TriedCheck): readonly string[] {
  return keep ? [] : [`tried and left out: ${run.name}, ${said} (${run.command})`];
}

function isUseful({ checks }: ProposedProject): boolean {
  return checks.some(({ name }) => name !== "setup");
}

function keepTried(project: ProposedProject, tried: readonly TriedCheck[]): ProposedProject {
  const key = (name: string, command: string) => `${name} ${command}`;
  const keysOf = (some: readonly TriedCheck[]) =>
    new Set(some.map(({ run: { name, command } }) => key(name, command)));
  const kept = keysOf(tried.filter(({ keep }) => keep));
  const alone = keysOf(tried.filter(({ only }) => only?.keep === true));
  const checks = project.checks
    .filter(({ name, run }) => kept.has(key(name, run)))
    .map((check) => (alone.has(key(check.name, check.run)) ? check : withoutOnly(check)));
  return { ...project, checks };
}

/** What was not seen to run one test alone is no way to run some. */
function withoutOnly({ only: _untried, ...check }: ProposedCheck): ProposedCheck {
  return check;
}
