import { commandLine, nearestCommand } from "../domain/command.ts";
import { type BranchEvent, HEAD_BRANCH } from "../domain/github/branch-event.ts";
import type { Hint, HintCode, HintWithData } from "../domain/hint.ts";

import { COMMAND_LIST, typed, typedApproval } from "./commands.ts";

/** "comment `/factory retry`", the end of most advice. */
export const RETRY = `comment ${typed("retry")}`;
export const REWORK = `comment ${typed("rework")}`;
export const SEE_WHY = `see why; run them again, or repair what is not of this change, then merge; or ${REWORK} and what should be different`;
const THEN_RETRY = `, then ${RETRY}`;
const CONFIG = "`.github/factory.yml`";
const LOWER = "take the andon label off";

type Advice = string | ((subject: string) => string);

/** What a person does, to be read after "Next:". A hint without a sentence does not compile. */
const ADVICE = {
  "add-the-check": `add the check to ${CONFIG}, or ${RETRY}`,
  "allow-actions-to-open-pull-requests": `tick “Allow GitHub Actions to create and approve pull requests” in Settings → Actions${THEN_RETRY}`,
  "allow-merge-commits":
    "tick “Allow merge commits” in Settings → General → Pull Requests, or merge this pull request by hand in the way that is allowed",
  "allow-user-namespaces":
    "where user namespaces are restricted (Ubuntu 24.04): `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; on GitHub the action setup-sandbox does it",
  "answer-what-waits": `answer what waits for you: nothing else is asked of you before; or raise \`limits.waitingForPeople\` in ${CONFIG}`,
  "bound-the-processes":
    "run the worker as a user other than root (with `util-linux` installed), as GitHub's runners do, or give root control groups that it may write to",
  "choose-a-known-architecture":
    "choose a runner of one of these architectures, like ubuntu-24.04 or ubuntu-24.04-arm",
  "close-by-hand": "look whether it is mended, and close the issue yourself",
  "close-incidents":
    "close those that are settled or not wanted (as not planned); alerts of the others are still counted",
  "close-what-blocks":
    "nothing: it starts when what blocks it is closed; or take the relation off in the sidebar of the issue",
  "command-anew": "write the command as a new comment",
  "command-on-the-issue": "write the command on the issue that the pull request closes",
  "correct-models": `correct \`models\` in ${CONFIG}${THEN_RETRY}`,
  "correct-sandbox-read": `correct \`sandbox.read\` in ${CONFIG}`,
  "delete-the-branch": (subject) => `delete the ${subject}`,
  "delete-the-other-ledger": `delete the one that is not the factory's, ${LOWER}${THEN_RETRY}`,
  "deploy-by-hand": `start the deploy by hand, then comment ${typed("resume")}`,
  "fix-the-error": `fix the error above${THEN_RETRY}`,
  "give-a-report": (subject) =>
    `give \`checks.${subject}\` a \`report\` that names its failures (in ${CONFIG}), or mend it on the default branch`,
  "give-key-access": `give the key access to the model, or change \`models\` in ${CONFIG}${THEN_RETRY}`,
  "go-where-it-went":
    "go on where it is now; run this again where it is here all the same; delete the branches that are named once nobody needs them",
  "goes-on-by-itself": "nothing: the factory goes on by itself",
  "leave-the-path-to-a-person": `a person has to make this change; take the path out of the contract${THEN_RETRY}`,
  "let-the-tests-run": "let them run, or mend them",
  "list-the-commands": (line) => {
    const near = nearestCommand(line);
    return near === undefined
      ? `comment one of ${COMMAND_LIST}`
      : `comment ${typed(near)} if you mean that, or another of ${COMMAND_LIST}`;
  },
  "look-at-base-url": "look at `model-base-url`: something between changes the model",
  "look-at-failures":
    "nothing: one is tried again by itself; or look at the last runs of those that failed, and repair what they have in common",
  "look-at-the-branch": `look at that branch and the edit history of the ledger, ${LOWER}${THEN_RETRY}`,
  "look-at-the-deploy": `see why the deploy did not bring this commit, repair or start it, then comment ${typed("resume")}: the smoke test looks again`,
  "look-at-the-last-run": (subject) => `look at the last run of ${subject}${THEN_RETRY} on it`,
  "look-at-the-rules": `let the factory make and push branches below \`factory/\` (Settings → Rules; a branch called \`factory\` is in their way, too)${THEN_RETRY}`,
  "lower-the-andon": (subject) => `settle ${subject} and ${LOWER}, then comment ${typed("resume")}`,
  "make-an-approvable-contract": `${RETRY} to have a contract made that can be approved`,
  "make-a-new-contract": `${RETRY} to have a new contract made`,
  "make-a-repository-in-setup": (subject) =>
    `checks see the files alone, without \`.git\`: let \`checks.setup\` in ${CONFIG} make one (\`git init -q && git add -A\`), or let \`checks.${subject}\` ask nothing of git${THEN_RETRY}`,
  "make-the-deploy-reachable": `make the address reachable or start the deploy, then comment ${typed("resume")}`,
  "mend-the-pattern": `mend the pattern in ${CONFIG}`,
  "mend-services": `correct \`sandbox.services\` in ${CONFIG} on the default branch, or have \`.github/factory/setup\` install what is missing${THEN_RETRY}`,
  "mend-setup": `correct \`checks.setup\` in ${CONFIG} on the default branch${THEN_RETRY}`,
  "merge-or-close": (subject) => `merge or close ${subject}`,
  "merge-or-close-then-comment": (subject) => `merge or close ${subject}, then comment again`,
  "merge-or-rework": `merge the pull request, or ${REWORK} and what should be different`,
  "nothing-was-published": `nothing was published; comment ${typed("status")} to see where the issue stands`,
  "open-a-new-issue": "open a new issue for what is still missing",
  "open-or-unlock": `open or unlock it${THEN_RETRY}`,
  "pass-an-issue-number": "pass the number of an issue as the input `issue`",
  "raise-the-trust": `raise the trust of this path in ${CONFIG}, or take it out of the contract${THEN_RETRY}`,
  "read-how-alerts-are-sent":
    "send it as docs/how-to/turn-alerts-into-issues.md shows, with one request for each source",
  "refuse-the-packages":
    "do not merge this: either the lockfile or the registry is not what it should be",
  retry: RETRY,
  "revert-or-repair": `revert the merge by hand (the pull request has a button) or repair the deploy, then comment ${typed("resume")}; close the incident to let the line go on`,
  "reword-the-issue": `reword the issue${THEN_RETRY}`,
  "run-failed-jobs-again": `read the log of the run, then choose “Re-run failed jobs” there, or ${RETRY}`,
  "say-what-done-means": `say in the issue what one would see when it is done, with a number, a name or an example${THEN_RETRY}`,
  "see-the-status": `comment ${typed("status")} to see where it stands`,
  "set-the-seal-key": `\`openssl rand -hex 32 | gh secret set FACTORY_SEAL_KEY\`${THEN_RETRY}`,
  "set-sentry-token":
    "set it with `gh secret set SENTRY_AUTH_TOKEN` (a token that may read events and nothing else), and pass it on in the workflow that calls `factory.yml`",
  "set-the-secret": (subject) => `set it with \`gh secret set ${subject}\`${THEN_RETRY}`,
  "shorten-the-prompt": `make what the model is shown smaller: split the issue, name fewer files in it, or shorten the files of \`harness\` in ${CONFIG}${THEN_RETRY}; the same again would be refused again`,
  "split-the-issue": `split the issue${THEN_RETRY}`,
  "start-anew": `${LOWER}, then ${typed("retry")} starts the issue anew`,
  "take-it-back": `finish and merge it yourself; or comment ${typed("resume")}, and the next attempt is built anew on top of what stands there, which stays in the history`,
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
      return `read the contract as it stands now, then comment ${typedApproval(hint.contract)}`;
    case "approve-risk":
      return `read what it touches, then comment ${typedApproval(hint.digest)} and the next attempt may be of risk ${hint.risk}, or ${REWORK} and what to leave alone`;
    case "approve-lockfile":
      return `read what it adds, then comment \`${commandLine("approve-lockfile", ` ${hint.digest}`)}\`, or ${typed("rework")}`;
    case "go-on-with-the-other":
      return `go on with issue ${hint.issue}; or, where this is something else, open it or take the mark off${THEN_RETRY}`;
    case "guard-workflow":
      return `in ${hint.path} ${sayGuard(hint.event)}, merge that${THEN_RETRY} (where a contract waits: ${typed("approve")})`;
    case "take-back-by-hand":
      return `the smallest rollback is \`git revert ${hint.ofTwo ? "-m 1 " : ""}${hint.commit}\` on a branch from the default branch, with what conflicts mended by hand; when that is live, comment ${typed("resume")}`;
  }
}

/** What to type into a workflow file so that it runs on no branch of the factory. */
export function sayGuard(event: BranchEvent | "unreadable"): string {
  if (event === "unreadable") return "correct the YAML, or delete the file";
  const [head] = HEAD_BRANCH[event];
  const condition = `give each job that has them \`if: \${{ !startsWith(${head}, 'factory/') }}\``;
  return event === "push" || event === "workflow_run"
    ? `write \`branches-ignore: ['factory/**']\` below ${event} (or \`'!factory/**'\` last in its \`branches\`), or ${condition}`
    : `${condition}, or take them away`;
}
