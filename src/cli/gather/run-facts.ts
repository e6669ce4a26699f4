import type { Gathered } from "../../domain/loop/gathered.ts";
import { AutomationOptions, gatherAutomation } from "../../gatherers/automation/gather.ts";
import { type FeedbackIssue, gatherFeedback } from "../../gatherers/feedback/gather.ts";
import { FeedbackOptions } from "../../gatherers/feedback/options.ts";
import { gatherPlan, PlanOptions } from "../../gatherers/plan/gather.ts";
import type { GitHubExport } from "../../measures/history/github-export.ts";
import type { Checkout } from "../../ports/checkout.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { withCheckout } from "./open-checkout.ts";
import type { Gathering } from "./play-gather.ts";
import { readExportFile } from "./read-export-file.ts";
import { readOptions } from "./read-options.ts";

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

export async function runAutomation(gathering: Gathering): Promise<Gathered> {
  const options = await readOptions(gathering.asked.options, AutomationOptions);
  const read = await readExportFile(gathering);
  if (read === undefined) gathering.note(noteText("no-history"));
  const now = new Date();
  const from = new Date(now.getTime() - options.days * 86_400_000);
  const window = { from: from.toISOString(), until: now.toISOString() };
  return withCheckout(gathering.asked.repo, async ({ checkout }) => {
    const paths = checkout.files.filter((path) => WORKFLOW.test(path));
    const texts = await textsOf(checkout, paths);
    const workflows = [...texts].map(([path, text]) => ({ path, text }));
    return gatherAutomation({ workflows, history: read?.history, window, options });
  });
}

export async function runPlan(gathering: Gathering): Promise<Gathered> {
  const options = await readOptions(gathering.asked.options, PlanOptions);
  const read = await readExportFile(gathering);
  return withCheckout(gathering.asked.repo, async ({ checkout, repository, commit }) => {
    const pages = await textsOf(checkout, [options.quality, ...options.spec]);
    const commits = await repository.recent(commit);
    if (commits === undefined) gathering.note(noteText("shallow"));
    return gatherPlan({ pages, commits, history: read?.history, options });
  });
}

export async function runFeedback(gathering: Gathering): Promise<Gathered> {
  const options = await readOptions(gathering.asked.options, FeedbackOptions);
  const read = await readExportFile(gathering);
  return withCheckout(gathering.asked.repo, async ({ checkout }) => {
    const texts = await textsOf(
      checkout,
      options.files.map(({ path }) => path),
    );
    const issues = read === undefined ? [] : issuesIn(read.found, options.label);
    return gatherFeedback({ issues, texts, options });
  });
}

async function textsOf(
  checkout: Checkout,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const read = await Promise.all(
    paths.map(async (path) => [path, await checkout.read(path)] as const),
  );
  return new Map(read.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}

/** Open issues with the label; GitHub compares names of labels without case. */
function issuesIn(found: GitHubExport, label: string): readonly FeedbackIssue[] {
  const folded = label.toLowerCase();
  return (found.issues ?? [])
    .filter(({ pull_request, closed_at }) => pull_request === undefined && closed_at === null)
    .filter(({ labels }) =>
      labels.some((one) => (typeof one === "string" ? one : one.name).toLowerCase() === folded),
    )
    .map(({ number, title, body, created_at }) => ({
      ...{ number, title, body: body ?? "" },
      url: `${found.repository.html_url}/issues/${number}`,
      openedAt: created_at,
    }));
}
