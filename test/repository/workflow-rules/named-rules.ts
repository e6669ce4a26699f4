/** How a rule that others have named is kept here: by rules of `rules.ts`, or why there is nothing to keep. */
type Coverage = { readonly by: readonly string[] } | { readonly because: string };

const by = (...rules: readonly string[]): Coverage => ({ by: rules });
const because = (reason: string): Coverage => ({ because: reason });

/** What a rule needs from GitHub while it looks; `.ci/run` looks at the files alone. */
const NEEDS_NETWORK =
  "asks GitHub; offline, every commit in use is one that was read from a tag (ref-version-mismatch)";

/** zizmor 1.32, every audit of docs/audits.md. */
const ZIZMOR = {
  "adhoc-packages": by("adhoc-packages"),
  "anonymous-definition": because("not a danger; the real zizmor asks for it in .ci/run"),
  "archived-uses": by("allowed-actions"),
  artipacked: by("artipacked", "broad-artifact"),
  "bot-conditions": by("bot-conditions"),
  "cache-poisoning": by("cache-poisoning", "cache-mode"),
  "concurrency-limits": because(
    "not a danger; line.yml is keyed by issue (workflows.test.ts), the real zizmor asks for the rest",
  ),
  "dangerous-triggers": by("dangerous-triggers"),
  "dependabot-cooldown": by("dependabot-cooldown"),
  "dependabot-execution": by("dependabot-execution"),
  "excessive-permissions": by("excessive-permissions"),
  "forbidden-uses": by("allowed-actions"),
  "github-app": by("github-app"),
  "github-env": by("github-env"),
  "hardcoded-container-credentials": by("hardcoded-credentials"),
  "impostor-commit": by("ref-version-mismatch"),
  "insecure-commands": by("insecure-commands", "log-commands"),
  "insecure-url-scheme": because("for pre-commit configurations; there is none"),
  "known-vulnerable-actions": by("allowed-actions", "ref-version-mismatch"),
  misfeature: by("misfeature"),
  obfuscation: by("obfuscation", "hidden-characters"),
  "overprovisioned-secrets": by("overprovisioned-secrets"),
  "ref-confusion": by("unpinned-uses"),
  "ref-version-mismatch": by("ref-version-mismatch"),
  "secrets-inherit": by("secrets-inherit"),
  "secrets-outside-env": because(
    "secrets come from the caller of a reusable workflow, whose environments are the caller's choice",
  ),
  "self-hosted-runner": by("self-hosted-runner"),
  "self-repository": by("self-repository"),
  "stale-action-refs": because(NEEDS_NETWORK),
  "superfluous-actions": by("allowed-actions"),
  "template-injection": by("template-injection"),
  "typosquat-uses": by("allowed-actions"),
  "undocumented-permissions": by("undocumented-permissions"),
  "unpinned-images": by("unpinned-images"),
  "unpinned-tools": by("unpinned-tools"),
  "unpinned-uses": by("unpinned-uses"),
  "unredacted-secrets": by("unredacted-secrets"),
  "unsound-condition": by("unsound-condition"),
  "unsound-contains": by("unsound-contains"),
  "unsound-ternary": by("unsound-ternary"),
  "use-trusted-publishing": by("use-trusted-publishing"),
} as const;

/** poutine, its 13 rules. */
const POUTINE = {
  confused_deputy_auto_merge: by("confused-deputy-auto-merge", "bot-conditions"),
  debug_enabled: by("debug-enabled", "traced-commands"),
  default_permissions_on_risky_events: by("excessive-permissions"),
  github_action_from_unverified_creator_used: by("allowed-actions"),
  if_always_true: by("if-always-true", "unsound-condition"),
  injection: by("template-injection"),
  job_all_secrets: by("overprovisioned-secrets", "secrets-inherit"),
  known_vulnerability_in_build_component: by("allowed-actions", "ref-version-mismatch"),
  known_vulnerability_in_build_platform: because(
    "for build platforms that are run by oneself; GitHub's runners are updated by GitHub",
  ),
  pr_runs_on_self_hosted: by("self-hosted-runner"),
  unpinnable_action: by("unpinned-uses", "unpinned-images", "adhoc-packages", "action-runtime"),
  untrusted_checkout_exec: by("untrusted-checkout", "dangerous-triggers"),
  unverified_script_exec: by("unverified-script-exec"),
} as const;

/** octoscan, its rules. */
const OCTOSCAN = {
  "bot-check": by("bot-conditions"),
  credentials: by("hardcoded-credentials"),
  "dangerous-action": by("allowed-actions"),
  "dangerous-artefact": by("dangerous-artifact"),
  "dangerous-checkout": by("untrusted-checkout"),
  "dangerous-write": by("github-env"),
  "debug-artefacts": by("broad-artifact"),
  "debug-external-trigger": by("dangerous-triggers"),
  "debug-js-exec": by("template-injection", "allowed-actions"),
  "debug-oidc-action": by("oidc-outside-release"),
  "expression-injection": by("template-injection"),
  "known-vulnerability": by("allowed-actions", "ref-version-mismatch"),
  "local-action": by("self-repository"),
  "repo-jacking": by("allowed-actions", "unpinned-uses"),
  "runner-label": by("self-hosted-runner"),
  shellcheck: because("actionlint hands run steps to shellcheck in .ci/run where it is installed"),
  "unsecure-commands": by("insecure-commands", "log-commands"),
} as const;

/** The workflow family of the threat catalogue, as far as files alone can show it. */
const CATALOGUE = {
  "WF-01": by("template-injection"),
  "WF-02": by("github-env"),
  "WF-03": by("insecure-commands", "log-commands"),
  "WF-04": because("what is shown is made by one renderer: test/report"),
  "WF-05": by("dangerous-artifact"),
  "WF-06": by("artipacked", "broad-artifact"),
  "WF-07": by("cache-poisoning", "cache-mode"),
  "WF-08": by("excessive-permissions", "secrets-inherit", "overprovisioned-secrets"),
  "WF-09": by("unpinned-uses", "allowed-actions", "ref-version-mismatch", "unpinned-images"),
  "WF-10": by("self-repository", "agent-step-last"),
  "WF-11": by("unsound-condition", "unsound-contains", "unsound-ternary", "if-always-true"),
  "WF-12": by("debug-enabled", "traced-commands"),
  "WF-13": by("self-hosted-runner"),
  "WF-14": by("template-injection", "secrets-in-wide-environment", "hardcoded-credentials"),
  "WF-15": by("agent-step-last", "action-runtime"),
} as const;

export const NAMED_RULES: Readonly<Record<string, Readonly<Record<string, Coverage>>>> = {
  zizmor: ZIZMOR,
  poutine: POUTINE,
  octoscan: OCTOSCAN,
  catalogue: CATALOGUE,
};
