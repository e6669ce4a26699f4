import type { Gathered } from "../../domain/loop/gathered.ts";
import { AutomationOptions, gatherAutomation } from "../../gatherers/automation/gather.ts";
import { gatherFeedback } from "../../gatherers/feedback/gather.ts";
import { FeedbackOptions } from "../../gatherers/feedback/options.ts";
import { gatherPlan, PlanOptions } from "../../gatherers/plan/gather.ts";
import { textsOf } from "../../gatherers/texts-of.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";
import { readSeenOfGitHub } from "./read-seen-of-github.ts";

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

export async function runAutomation(gathering: Gathering): Promise<Gathered> {
  const options = await readOptions(gathering.asked.options, AutomationOptions);
  const read = await readSeenOfGitHub(gathering);
  if (read === undefined) gathering.note(noteText("no-history"));
  const now = read?.at === undefined ? new Date() : new Date(read.at);
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
  const read = await readSeenOfGitHub(gathering);
  return withCheckout(gathering.asked.repo, async ({ checkout, recent }) => {
    const pages = await textsOf(checkout, [options.quality, ...options.spec]);
    const commits = await recent();
    if (commits === undefined) gathering.note(noteText("shallow"));
    return gatherPlan({ pages, commits, history: read?.history, options });
  });
}

export async function runFeedback(gathering: Gathering): Promise<Gathered> {
  const options = await readOptions(gathering.asked.options, FeedbackOptions);
  const read = await readSeenOfGitHub(gathering);
  return withCheckout(gathering.asked.repo, async ({ checkout }) => {
    const texts = await textsOf(
      checkout,
      options.files.map(({ path }) => path),
    );
    const shown = read?.feedbackWith(options.label) ?? { issues: [] };
    return gatherFeedback({ ...shown, texts, options });
  });
}
