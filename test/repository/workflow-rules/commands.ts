import { child, entriesOf, executedIn, lineOf, scalarsOf, stepsOf, textOf } from "./document.ts";
import { commandRule, type Rule } from "./rule.ts";

const templateInjection: Rule = {
  name: "template-injection",
  why: "An expression is pasted into a command before a shell reads it: a title, a branch or an output becomes code.",
  kinds: ["workflow", "action"],
  check: (document) =>
    [
      ...executedIn(document),
      ...stepsOf(document).flatMap(({ node }) => [
        child(node, "shell"),
        child(node, "working-directory"),
      ]),
    ]
      .filter((node) => node !== undefined)
      .flatMap((node) => {
        const before = document.text.slice(node.range?.[0], node.range?.[1]);
        return [...before.matchAll(/\$\{\{/g)].map(({ index }) => ({
          line: document.lines.linePos((node.range?.[0] ?? 0) + index).line,
          message: "an expression in what is executed",
          instead: 'env: { VALUE: ${{ … }} } and "$VALUE" in the command',
        }));
      }),
};

const insecureCommands: Rule = {
  name: "insecure-commands",
  why: "With these switched on, any printed line sets variables and the path of later steps (CVE-2020-15228).",
  kinds: ["workflow", "action"],
  check: (document) =>
    scalarsOf(document.root)
      .filter(({ keys }) => keys.at(-1) === "ACTIONS_ALLOW_UNSECURE_COMMANDS")
      .map(({ node }) => ({
        line: lineOf(document, node),
        message: "commands in logs are switched on",
        instead: "nothing: leave the variable out",
      })),
};

const debugEnabled: Rule = {
  name: "debug-enabled",
  why: "Debug logs print what was meant to stay in the process: transcripts, environments.",
  kinds: ["workflow", "action"],
  check: (document) =>
    scalarsOf(document.root)
      .filter(({ keys }) =>
        /^(ACTIONS_(RUNNER|STEP)_DEBUG|show_full_output)$/.test(keys.at(-1) ?? ""),
      )
      .map(({ node }) => ({
        line: lineOf(document, node),
        message: "debugging is switched on in the file",
        instead: "nothing: a person switches it on for one run",
      })),
};

const SHELLS = ["", "bash", "sh"];

const misfeature: Rule = {
  name: "misfeature",
  why: "Shells without a grammar and installations into the whole machine cannot be judged by reading.",
  kinds: ["workflow", "action"],
  check: (document) =>
    scalarsOf(document.root)
      .filter(({ keys, node }) =>
        keys.at(-1) === "shell" ? !SHELLS.includes(textOf(node)) : keys.at(-1) === "pip-install",
      )
      .map(({ keys, node }) => ({
        line: lineOf(document, node),
        message: `${keys.at(-1)}: ${textOf(node)}`,
        instead: keys.at(-1) === "shell" ? "shell: bash" : "a locked installation in a run step",
      })),
};

const actionRuntime: Rule = {
  name: "action-runtime",
  why: "A Dockerfile and an old Node bring what nobody pinned; a pre or post step runs when the agent's code is already there (WF-15).",
  kinds: ["action"],
  check(document) {
    const runs = child(document.root, "runs");
    const using = textOf(child(runs, "using"));
    const hooks = entriesOf(document, runs).filter(({ key }) => /^(pre|post)(-|$)/.test(key));
    return [
      ...(["node24", "composite"].includes(using)
        ? []
        : [
            {
              line: lineOf(document, child(runs, "using") ?? runs),
              message: `using: ${using}`,
              instead: "node24 or composite",
            },
          ]),
      ...hooks.map(({ key, line }) => ({
        line,
        message: `a ${key} hook`,
        instead: "the work in main",
      })),
    ];
  },
};

const githubEnv = commandRule({
  name: "github-env",
  why: "A value with a line break written there sets LD_PRELOAD, NODE_OPTIONS or PATH for every later step, or overwrites an output.",
  matches: /\bGITHUB_(ENV|PATH|OUTPUT|STATE)\b/,
  message: "a shell writes a command file of the runner",
  instead: "an output of an action of ours, written by its one writer",
});

const logCommands = commandRule({
  name: "log-commands",
  why: "set-output, save-state and their kin act on whatever line carries them; masks and stops hide what follows.",
  matches: /(::|##\[)(set-env|add-path|set-output|save-state|add-mask|stop-commands|add-matcher)\b/,
  message: "a shell prints a command to the runner",
  instead: "an action of ours; ::warning:: and ::error:: are fine",
});

const traced = commandRule({
  name: "traced-commands",
  why: "Tracing and listing the environment print secrets in forms that masking does not know.",
  matches: /\bset\s+-\w*x|\b(ba)?sh\s+-\w*x|(^|[\s;&|])printenv\b|(^|run:\s*|[;&|]\s*)env\s*($|\|)/,
  message: "prints commands with their values, or the environment",
  instead: "echo of the one harmless value",
});

const unverifiedScript = commandRule({
  name: "unverified-script-exec",
  why: "Whoever holds the address decides what runs.",
  matches:
    /\b(curl|wget)\b[^|]*\|\s*(sudo\s+)?(env\s+)?(ba|z|da)?sh\b|\b(ba)?sh\s+(-\w+\s+)?<\(\s*(curl|wget)|(eval|sh\s+-c)\s+["']?\$\(\s*(curl|wget)/,
  message: "a downloaded script is executed unread",
  instead: "a file of the repository, or a package with a locked hash",
});

function installsAdHoc(line: string): boolean {
  const javascript = /\b(npm|pnpm|yarn|bun)\s+(i|install|add|exec|dlx)\b|\b(npx|bunx)\s/;
  const others = /\b(gem|cargo|brew|bundle)\s+(install|add)\b|\b(pipx|uvx)\s|\buv\s+(tool|pip)\s/;
  const python = /\bpip3?\s+install\b/.test(line) && !line.includes("--require-hashes");
  const go =
    /\bgo\s+(install|run)\s+\S+@/.test(line) && !/@("?\$\w+"?|v\d+\.\d+\.\d+)(\s|"|$)/.test(line);
  const image = /\b(docker|podman)\s+(run|pull)\b/.test(line) && !line.includes("@sha256:");
  return javascript.test(line) || others.test(line) || python || go || image;
}

const adhocPackages = commandRule({
  name: "adhoc-packages",
  why: "What is not in a lock file is chosen anew on every run, with everything that it depends on.",
  matches: installsAdHoc,
  message: "installs outside a lock file",
  instead: "npm ci, pip install --require-hashes -r FILE, go install MODULE@vX.Y.Z, image@sha256:…",
});

const autoMerge = commandRule({
  name: "confused-deputy-auto-merge",
  why: "A workflow that merges or approves lends its permission to whoever can start it; only control merges, with the expected head.",
  matches:
    /\bgh\s+pr\s+(merge|review)\b|enablePullRequestAutoMerge|\bgh\s+api\b.*\/(merge|reviews)\b/,
  message: "a command merges or approves",
  instead: "$/actions/control with task: settle",
});

const trustedPublishing = commandRule({
  name: "use-trusted-publishing",
  why: "A long-lived registry token is worth stealing (Shai-Hulud).",
  matches: /\b(npm|pnpm|yarn)\s+publish\b|\btwine\s+upload\b|\bcargo\s+publish\b|_authToken/,
  message: "publishes to a registry by a command",
  instead: "trusted publishing in release.yml, without a token",
});

export const COMMAND_RULES: readonly Rule[] = [
  templateInjection,
  insecureCommands,
  debugEnabled,
  misfeature,
  actionRuntime,
  githubEnv,
  logCommands,
  traced,
  unverifiedScript,
  adhocPackages,
  autoMerge,
  trustedPublishing,
];
