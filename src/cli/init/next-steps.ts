import type { NextStep } from "./github/next-step.ts";
import { THINGS } from "./github/set-up.ts";
import type { HandedIn } from "./hand-in/hand-in.ts";
import { stepsOfBranch } from "./hand-in/say-hand-in.ts";
import { isCommit, type Pin } from "./pin.ts";

/**
 * @param settled what stands on GitHub already, of `THINGS`
 */
export function nextSteps(about: {
  /** Paths in the work tree that are not committed yet. */
  readonly written: readonly string[];
  /** The branch that has the files, where they went to one. */
  readonly handedIn: HandedIn | undefined;
  /** Whether git ignores one of them: it takes such a file only when it is told to. */
  readonly isIgnored: boolean;
  readonly pin: Pin;
  readonly firstDay: "staged" | "live";
  readonly settled: readonly string[];
  /** False where no workflow starts the factory: there is none to pin, and a label starts nothing. */
  readonly isCalled: boolean;
}): readonly NextStep[] {
  const { written, handedIn, isIgnored, pin, firstDay, settled, isCalled } = about;
  const unless = (thing: string, step: NextStep) => (settled.includes(thing) ? [] : [step]);
  return [
    ...(handedIn === undefined ? [] : stepsOfBranch(handedIn)),
    ...(written.length === 0
      ? []
      : [
          {
            what: isIgnored
              ? "Put the files on a branch, read them, and merge them; .gitignore leaves some out, so that git needs --force"
              : "Put the files on a branch, read them, and merge them",
            command: `git switch -c add-the-factory && git add ${isIgnored ? "--force " : ""}${written.join(" ")} && git commit -m "Add the factory" && git push -u origin HEAD && gh pr create --fill`,
          },
        ]),
    ...unless(THINGS.apiKey, {
      what: "The model's key; nobody can read a secret again",
      command: "gh secret set ANTHROPIC_API_KEY",
    }),
    ...unless(THINGS.sealKey, {
      what: "The key that seals the ledger; without it a person merges everything",
      command: "openssl rand -hex 32 | gh secret set FACTORY_SEAL_KEY",
    }),
    ...unless(THINGS.setting, {
      what: "Let the job's own token open pull requests; an organization has to allow it first",
      command:
        "gh api --method PUT 'repos/{owner}/{repo}/actions/permissions/workflow' -f default_workflow_permissions=read -F can_approve_pull_request_reviews=true",
    }),
    ...unless(THINGS.label, {
      what: "The label that starts an issue; the factory makes the others when it needs them",
      command:
        "gh label create 'factory:queued' --force --color 0969da --description 'Millwright: the issue is queued'",
    }),
    ...(isCommit(pin) || !isCalled
      ? []
      : [
          {
            what: `Pin the workflow to a commit: ${pin.ref} can be moved, and it runs with your secrets`,
            command: `git ls-remote https://github.com/${pin.repository} ${pin.ref}`,
          },
        ]),
    ...(isCalled
      ? [
          {
            what:
              firstDay === "staged"
                ? "Begin: the first issue runs staged, and its job summaries show what it would write"
                : "Begin with a small issue",
            command: "gh issue edit NUMBER --add-label factory:queued",
          },
        ]
      : []),
  ];
}
