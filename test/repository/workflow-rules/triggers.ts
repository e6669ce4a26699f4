import {
  child,
  commandsIn,
  itemsOf,
  jobsOf,
  lineOf,
  type RuleDocument,
  stepsOf,
  textOf,
  triggersOf,
  type Use,
  usesOf,
} from "./document.ts";
import type { Hit, Rule } from "./rule.ts";

/** Events that run with this repository's rights on what a stranger sent. */
const PRIVILEGED = ["pull_request_target", "workflow_run"];
/** Events whose text anyone can write. */
const STRANGERS = [
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "fork",
  "watch",
  "gollum",
];

/**
 * After a run on a pull request, two things may be started with rights: a job that runs nothing of it and checks nothing out,
 * where control takes what that run left for a stranger's file (decision 0014); and the factory, whose first job looks at the
 * checks of its own pull request (decision 0021).
 */
function runsNothingOfIt(document: RuleDocument): boolean {
  const called = jobsOf(document).map(({ value }) => textOf(child(value, "uses")));
  return (
    stepsOf(document).length === 0 &&
    called.length > 0 &&
    called.every((one) => /\/\.github\/workflows\/(?:prove-report|factory)\.yml(@|$)/.test(one))
  );
}

const dangerousTriggers: Rule = {
  name: "dangerous-triggers",
  why: "Pwn requests: secrets and a write token next to a stranger's code or text (nx, TanStack, hackerbot-claw).",
  kinds: ["workflow"],
  check(document) {
    const works = stepsOf(document).length > 0;
    return triggersOf(document)
      .filter(({ key }) => PRIVILEGED.includes(key) || (works && STRANGERS.includes(key)))
      .filter(({ key }) => key !== "workflow_run" || !runsNothingOfIt(document))
      .map(({ key, line }) => ({
        line,
        message: `${key} starts steps with this repository's rights`,
        instead: PRIVILEGED.includes(key)
          ? "pull_request, or a job of the same run"
          : "only calls of the factory's workflow, where control checks who asks",
      }));
  },
};

const FOREIGN_REF =
  /head[._](ref|sha|repo)|head_commit|refs\/pull|pull_request\.(number|merge_commit_sha)|event\.(issue|comment|client_payload|workflow_run)/i;

const untrustedCheckout: Rule = {
  name: "untrusted-checkout",
  why: "What a stranger proposed is checked out where later steps run it.",
  kinds: ["workflow", "action", "script"],
  check: (document) => [
    ...usesOf(document)
      .filter(({ reference }) => /(^|\/)checkout@/.test(reference))
      .flatMap(({ step }) => [child(step, "with", "ref"), child(step, "with", "repository")])
      .filter((node) => node !== undefined)
      .filter((node) => FOREIGN_REF.test(textOf(node)))
      .map((node) => ({
        line: lineOf(document, node),
        message: `checks out ${textOf(node)}`,
        instead: "the commit that the order is pinned to, or no ref at all",
      })),
    ...commandsIn(document)
      .filter(({ text }) =>
        /\bgh\s+pr\s+checkout\b|\bgit\s+(fetch|pull|checkout)\b.*(\bpull\/|HEAD_REF|head\.)/.test(
          text,
        ),
      )
      .map(({ line }) => ({
        line,
        message: "fetches a pull request's head",
        instead: "the base commit",
      })),
  ],
};

const artipacked: Rule = {
  name: "artipacked",
  why: "The checkout leaves its token on disk, where later steps and uploads find it.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter(({ reference }) => /(^|\/)checkout@/.test(reference))
      .filter(({ step }) => textOf(child(step, "with", "persist-credentials")) !== "false")
      .map(({ line }) => ({
        line,
        message: "the checkout keeps its credential",
        instead: "with: { persist-credentials: false }",
      })),
};

const broadArtifact: Rule = {
  name: "broad-artifact",
  why: "A whole folder in an artifact takes along what happens to lie there: tokens, environment files.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter(({ reference }) => reference.includes("upload-artifact@"))
      .flatMap(({ step }) => {
        const path = child(step, "with", "path");
        const hidden = child(step, "with", "include-hidden-files");
        const whole = /^(\.?\/?|~.*|\*\*?.*|\$\{\{\s*(github\.workspace|runner\.temp)\s*\}\}\/?)$/;
        return [
          ...(path === undefined || !whole.test(textOf(path).trim()) ? [] : [path]),
          ...(hidden === undefined || textOf(hidden) === "false" ? [] : [hidden]),
        ];
      })
      .map((node) => ({
        line: lineOf(document, node),
        message: "uploads more than one named thing",
        instead: "path: <the one file>",
      })),
};

/** The artifact of the run that rang, in a job whose every other step is control: it reads one file of it, as a stranger's. */
function isForControlAlone(document: RuleDocument, { step }: Use): boolean {
  const job = stepsOf(document).find(({ node }) => node === step)?.job;
  const uses = stepsOf(document)
    .filter((one) => one.job === job)
    .map(({ node }) => textOf(child(node, "uses")));
  const [first, ...rest] = uses;
  return (
    textOf(child(step, "with", "run-id")) === "${{ github.event.workflow_run.id }}" &&
    first?.startsWith("actions/download-artifact@") === true &&
    rest.length > 0 &&
    rest.every(
      (one) => one === "$/actions/control" || one.startsWith("actions/create-github-app-token@"),
    )
  );
}

const dangerousArtifact: Rule = {
  name: "dangerous-artifact",
  why: "An artifact taken by name, or from another run, is whatever somebody else put there (WF-05).",
  kinds: ["workflow", "action", "script"],
  check: (document) => [
    ...usesOf(document)
      .filter(({ reference }) => reference.includes("download-artifact@"))
      .filter((use) => !isForControlAlone(document, use))
      .flatMap(({ step, line }): readonly Hit[] => {
        const foreign = ["run-id", "github-token", "repository", "pattern", "name"]
          .map((key) => child(step, "with", key))
          .filter((node) => node !== undefined);
        const missing = child(step, "with", "artifact-ids") === undefined;
        const instead = "artifact-ids from the output of the job that made it";
        return [
          ...foreign.map((node) => ({
            line: lineOf(document, node),
            message: "chooses an artifact otherwise than by id",
            instead,
          })),
          ...(missing && foreign.length === 0
            ? [{ line, message: "takes every artifact of the run", instead }]
            : []),
        ];
      }),
    ...commandsIn(document)
      .filter(({ text }) => /\bgh\s+run\s+download\b/.test(text))
      .map(({ line }) => ({
        line,
        message: "downloads artifacts by a command",
        instead: "actions/download-artifact with artifact-ids",
      })),
  ],
};

const HOSTED = ["ubuntu-24.04", "ubuntu-slim"];
const ASKED = /^\$\{\{\s*inputs\.([\w-]+)\s*\}\}$/;

function isHosted(document: RuleDocument, label: string): boolean {
  const input = ASKED.exec(label)?.[1];
  if (input === undefined) return HOSTED.includes(label);
  const preset = child(document.root, "on", "workflow_call", "inputs", input, "default");
  return HOSTED.includes(textOf(preset));
}

const selfHostedRunner: Rule = {
  name: "self-hosted-runner",
  why: "A machine that outlives the job keeps what the job left: processes, files, caches.",
  kinds: ["workflow"],
  check: (document) =>
    jobsOf(document)
      .map(({ value }) => child(value, "runs-on"))
      .filter((node) => node !== undefined)
      .filter((node) => itemsOf(node).length > 0 || !isHosted(document, textOf(node)))
      .map((node) => ({
        line: lineOf(document, node),
        message: "not a runner that GitHub makes for this job and throws away",
        instead: `${HOSTED.join(" or ")}, or an input of workflow_call with that default`,
      })),
};

const AGENT =
  /^\$\/actions\/(implement|intake-normalize|prove|review|verify|quality-audit|post-merge-smoke)$/;

const agentStepLast: Rule = {
  name: "agent-step-last",
  why: "After code of an agent ran, a later step may find other files, tools or hooks than were there before (WF-10).",
  kinds: ["workflow"],
  check(document) {
    const found: Hit[] = [];
    for (const { key } of jobsOf(document)) {
      const steps = stepsOf(document).filter(({ job }) => job === key);
      const last = steps.findIndex(({ node }) => AGENT.test(textOf(child(node, "uses"))));
      for (const { node, line } of last < 0 ? [] : steps.slice(last + 1)) {
        if (textOf(child(node, "uses")).startsWith("actions/upload-artifact@")) continue;
        found.push({
          line,
          message: "a step after the worker",
          instead: "the upload of its proposal, nothing else",
        });
      }
    }
    return found;
  },
};

export const TRIGGER_RULES: readonly Rule[] = [
  dangerousTriggers,
  untrustedCheckout,
  artipacked,
  broadArtifact,
  dangerousArtifact,
  selfHostedRunner,
  agentStepLast,
];
