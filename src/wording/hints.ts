import { commandLine, nearestCommand } from "../domain/command.ts";
import { type BranchEvent, HEAD_BRANCH } from "../domain/github/branch-event.ts";
import type { Hint, HintCode, HintWithData } from "../domain/hint.ts";

import { COMMAND_LIST, typed, typedApproval } from "./commands.ts";

/** "comment `/factory retry`", the end of most advice. */
export const RETRY = `comment ${typed("retry")}`;
export const REWORK = `comment ${typed("rework")}`;
export const SEE_WHY = `see why. Run them again, or repair what this change did not cause, then merge. Or ${REWORK} and what should be different`;
const THEN_RETRY = `, then ${RETRY}`;
const CONFIG = "`.github/factory.yml`";
const LOWER = "remove the andon label";

type Advice = string | ((subject: string) => string);

/** What a person does, to be read after "Next:". A hint without a sentence does not compile. */
const ADVICE = {
  "add-the-check": `add the check to ${CONFIG}, or ${RETRY}`,
  "allow-actions-to-open-pull-requests": `select “Allow GitHub Actions to create and approve pull requests” in Settings → Actions${THEN_RETRY}`,
  "allow-merge-commits":
    "select “Allow merge commits” in Settings → General → Pull Requests, or merge this pull request yourself in an allowed way",
  "allow-user-namespaces":
    "if user namespaces are restricted (Ubuntu 24.04), run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; on GitHub, the action setup-sandbox does this",
  "answer-what-waits": `answer what already waits for you; or raise \`limits.waitingForPeople\` in ${CONFIG}`,
  "bound-the-processes":
    "run the worker as a user other than root (with `util-linux` installed), as GitHub's runners do, or give root control groups that it may write to",
  "choose-a-known-architecture":
    "choose a runner of one of these architectures, like ubuntu-24.04 or ubuntu-24.04-arm",
  "close-by-hand": "check whether it is fixed, and close the issue yourself",
  "close-incidents":
    "close those that are settled, or that you do not want (as not planned). Alerts of the others are still counted",
  "close-what-blocks":
    "nothing, it starts when what blocks it is closed; or remove the relation in the sidebar of the issue",
  "command-anew": "write the command as a new comment",
  "command-on-the-issue": "write the command on the issue that the pull request closes",
  "correct-models": `correct \`models\` in ${CONFIG}${THEN_RETRY}`,
  "correct-sandbox-read": `correct \`sandbox.read\` in ${CONFIG}`,
  "delete-the-branch": (subject) => `delete the ${subject}`,
  "delete-the-other-ledger": `delete the one that is not the factory's, ${LOWER}${THEN_RETRY}`,
  "deploy-by-hand": `start the deploy by hand, then comment ${typed("resume")}`,
  "fix-the-error": `fix the error above${THEN_RETRY}`,
  "give-a-report": (subject) =>
    `give \`checks.${subject}\` a \`report\` that names its failures (in ${CONFIG}), or fix the check on the default branch`,
  "give-key-access": `give the key access to the model, or change \`models\` in ${CONFIG}${THEN_RETRY}`,
  "go-where-it-went":
    "continue in its new repository. If the issue is still here, run this again. Delete the named branches once nobody needs them",
  "goes-on-by-itself": "nothing, the factory continues by itself",
  "leave-the-path-to-a-person": `make this change yourself, or remove the path from the contract${THEN_RETRY}`,
  "let-the-tests-run": "let them run, or fix them",
  "list-the-commands": (line) => {
    const near = nearestCommand(line);
    return near === undefined
      ? `comment one of ${COMMAND_LIST}`
      : `comment ${typed(near)} if you mean that, or another of ${COMMAND_LIST}`;
  },
  "look-at-base-url": "check `model-base-url`: something on the way changes the model",
  "look-at-failures":
    "nothing, the factory tries one again by itself; or read the last runs of those that failed, and repair their common cause",
  "look-at-the-branch": `check that branch and the edit history of the ledger, ${LOWER}${THEN_RETRY}`,
  "look-at-the-deploy": `find out why the deploy did not bring this commit, repair or start it, then comment ${typed("resume")}. The smoke test runs again`,
  "look-at-the-last-run": (subject) => `check the last run of ${subject}${THEN_RETRY} on it`,
  "look-at-the-rules": `allow the factory to create and push branches below \`factory/\` (Settings → Rules). Delete a branch called \`factory\`, which prevents them${THEN_RETRY}`,
  "lower-the-andon": (subject) => `settle ${subject} and ${LOWER}, then comment ${typed("resume")}`,
  "make-an-approvable-contract": `${RETRY} to get a contract that can be approved`,
  "make-a-new-contract": `${RETRY} to get a new contract`,
  "make-a-repository-in-setup": (subject) =>
    `checks see the files alone, without \`.git\`: let \`checks.setup\` in ${CONFIG} make one (\`git init -q && git add -A\`), or change \`checks.${subject}\` so that it does not ask git${THEN_RETRY}`,
  "make-the-deploy-reachable": `make the address reachable or start the deploy, then comment ${typed("resume")}`,
  "mend-the-pattern": `correct the pattern in ${CONFIG}`,
  "mend-services": `correct \`sandbox.services\` in ${CONFIG} on the default branch, or let \`.github/factory/setup\` install what is missing${THEN_RETRY}`,
  "mend-setup": `correct \`checks.setup\` in ${CONFIG} on the default branch${THEN_RETRY}`,
  "merge-or-close": (subject) => `merge or close ${subject}`,
  "merge-or-close-then-comment": (subject) => `merge or close ${subject}, then comment again`,
  "merge-or-rework": `merge the pull request, or ${REWORK} and what should be different`,
  "nothing-was-published": `nothing was published; comment ${typed("status")} to see where the issue stands`,
  "open-a-new-issue": "open a new issue for what is still missing",
  "open-or-unlock": `open or unlock it${THEN_RETRY}`,
  "pass-an-issue-number": "pass the number of an issue as the input `issue`",
  "raise-the-trust": `raise the trust of this path in ${CONFIG}, or remove it from the contract${THEN_RETRY}`,
  "read-how-alerts-are-sent":
    "send it as docs/how-to/turn-alerts-into-issues.md shows, with one request for each source",
  "refuse-the-packages": "do not merge this: the lockfile or the registry is wrong",
  retry: RETRY,
  "revert-or-repair": `revert the merge (the pull request has a button) or repair the deploy, then comment ${typed("resume")}. To let the line continue, close the incident`,
  "reword-the-issue": `reword the issue${THEN_RETRY}`,
  "run-failed-jobs-again": `read the log of the run, then select “Re-run failed jobs” there, or ${RETRY}`,
  "say-what-done-means": `say in the issue how to see that it is done, with a number, a name or an example${THEN_RETRY}`,
  "see-the-status": `comment ${typed("status")} to see where it stands`,
  "set-the-seal-key": `\`openssl rand -hex 32 | gh secret set FACTORY_SEAL_KEY\`${THEN_RETRY}`,
  "set-sentry-token":
    "set it with `gh secret set SENTRY_AUTH_TOKEN` (a token that may read events and nothing else), and pass it on in the workflow that calls `factory.yml`",
  "set-the-secret": (subject) => `set it with \`gh secret set ${subject}\`${THEN_RETRY}`,
  "shorten-the-prompt": `show the model less: split the issue, name fewer files in it, or shorten the files of \`harness\` in ${CONFIG}${THEN_RETRY}. Without a change, it is refused again`,
  "split-the-issue": `split the issue${THEN_RETRY}`,
  "start-anew": `${LOWER}, then ${typed("retry")} starts the issue again`,
  "take-it-back": `finish and merge it yourself; or comment ${typed("resume")}, and the next attempt is built on top of these commits`,
  "use-the-job-token": "leave the input `identity` out, so that the job's own token is used",
  "wait-and-retry": `wait some minutes${THEN_RETRY}`,
  "wait-or-stop": `wait for the attempt, or comment ${typed("stop")} first`,
} as const satisfies Record<HintCode, Advice>;

/** What a person does, without an end: it may hold the subject, which can be anybody's words, so the caller makes it safe. */
export function sayHint(hint: Hint, subject: string): string {
  if (typeof hint !== "string") return sayWithData(hint);
  const advice: Advice = ADVICE[hint];
  return typeof advice === "string" ? advice : advice(subject);
}

function sayWithData(hint: HintWithData): string {
  switch (hint.code) {
    case "approve-this-version":
      return `read the current version of the contract, then comment ${typedApproval(hint.contract)}`;
    case "approve-risk":
      return `read what it touches, then comment ${typedApproval(hint.digest)} and the next attempt may be of risk ${hint.risk}, or ${REWORK} and what to leave alone`;
    case "approve-lockfile":
      return `read what it adds, then comment \`${commandLine("approve-lockfile", ` ${hint.digest}`)}\`, or ${typed("rework")}`;
    case "go-on-with-the-other":
      return `continue with issue ${hint.issue}; or, if this is something else, open it again or remove the mark${THEN_RETRY}`;
    case "guard-workflow":
      return `in ${hint.path} ${sayGuard(hint.event)}, merge that${THEN_RETRY} (if a contract waits: ${typed("approve")})`;
    case "take-back-by-hand":
      return `the smallest rollback is \`git revert ${hint.ofTwo ? "-m 1 " : ""}${hint.commit}\` on a branch from the default branch. Resolve its conflicts by hand. When that is live, comment ${typed("resume")}`;
  }
}

/** What to type into a workflow file so that it runs on no branch of the factory. */
export function sayGuard(event: BranchEvent | "unreadable"): string {
  if (event === "unreadable") return "correct the YAML, or delete the file";
  const [head] = HEAD_BRANCH[event];
  const condition = `give each job that has them \`if: \${{ !startsWith(${head}, 'factory/') }}\``;
  return event === "push" || event === "workflow_run"
    ? `write \`branches-ignore: ['factory/**']\` below ${event} (or \`'!factory/**'\` last in its \`branches\`), or ${condition}`
    : `${condition}, or remove them`;
}
