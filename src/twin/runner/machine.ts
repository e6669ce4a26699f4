import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createActionImages } from "./actions/action-images.ts";
import { createCacheService } from "./actions/cache-service.ts";
import { createLibrary } from "./actions/library.ts";
import { breakAptList } from "./process/apt-list.ts";
import { createConcurrencyGroups } from "./run/concurrency.ts";
import type { Machine } from "./run/run-state.ts";
import { createSlots } from "./run/slots.ts";
import type { RunnerOptions } from "./run-book.ts";
import { createExpressions } from "./workflow/expressions.ts";
import { loadGitHubLanguage } from "./workflow/language.ts";

/** Folder of the unpacked repositories of actions, below the scratch folder. */
export const IMAGES = "actions";
const CACHES = "caches";
/** Links to this machine's programs, if jobs may not see all of them. */
const PROGRAMS = "programs";

const FIRST_JOB_ID = 5_000_001;

export async function loadMachine(options: RunnerOptions): Promise<Machine> {
  const language = await loadGitHubLanguage();
  const expressions = createExpressions(language);
  await mkdir(options.directory, { recursive: true });
  const programs = join(options.directory, PROGRAMS);
  const environment = { PATH: process.env.PATH ?? "", ...options.environment };
  let nextJobId = FIRST_JOB_ID;
  return {
    github: options.github,
    library: createLibrary((name) => options.gitDirectoryOf(name), {
      reader: { language, expressions },
      images: createActionImages(join(options.directory, IMAGES)),
    }),
    expressions,
    groups: createConcurrencyGroups(),
    slots: createSlots(options.concurrency ?? 2),
    directory: options.directory,
    node: options.node ?? process.execPath,
    environment,
    skips: options.skips ?? "strict",
    losesJob: options.losesJob,
    losesRunner: options.losesRunner,
    aptList: options.breaksAptList ? await breakAptList(programs, environment.PATH) : undefined,
    minute: options.minute ?? 60_000,
    grace: options.grace ?? 2_000,
    keepJobsAbove: options.keepJobsAbove ?? Number.POSITIVE_INFINITY,
    artifacts: new Map(),
    caches: await createCacheService(join(options.directory, CACHES)),
    now: options.now ?? (() => new Date()),
    nextJobId: () => nextJobId++,
    progress: (event) => options.onProgress?.(event),
  };
}
