import type { Known, Settings } from "../../../ports/settings.ts";
import type { Facts } from "../facts.ts";
import type { Finding } from "../finding.ts";

const DAY_MS = 86_400_000;

/** What GitHub says of the repository; all unknown without a token. */
export function githubFindings(facts: Facts): readonly Finding[] {
  const { settings } = facts;
  if (settings === undefined) {
    return [
      {
        about: "GitHub",
        state: "unknown",
        found:
          "secrets, labels, rules, settings and the last heartbeat were not checked: there is no token",
        why: "They are on GitHub, which answers only with a token.",
        mend: "`GH_TOKEN=$(gh auth token) millwright doctor`",
      },
    ];
  }
  return [
    ...withKnown("repository", settings.repository, repositoryFindings),
    ...withKnown("settings of Actions", settings.actions, (actions) => [approvalFinding(actions)]),
    ...withKnown("secrets", settings.secrets, secretFindings),
    ...withKnown("labels", settings.labels, (labels) => [labelFinding(labels, facts)]),
    ...withKnown("rules of the default branch", settings.rules, ruleFindings),
    ...withKnown("heartbeat", settings.heartbeat, (run) => [heartbeatFinding(run, facts)]),
  ];
}

function withKnown<Value>(
  about: string,
  read: Known<Value>,
  judge: (value: Value) => readonly Finding[],
): readonly Finding[] {
  if ("known" in read) return judge(read.known);
  return [
    {
      about,
      state: "unknown",
      found: read.unknown,
      why: "What doctor cannot see may be missing.",
      mend: "Use the token of somebody with admin access",
    },
  ];
}

type Value<Name extends keyof Settings> = Extract<Settings[Name], { known: unknown }>["known"];

function repositoryFindings(repository: Value<"repository">): readonly Finding[] {
  const { archived, hasIssues, allowsMergeCommits } = repository;
  const about = "repository";
  const settings = "Settings → General";
  return [
    ...(archived ? [bad(about, "it is archived", "Nothing can be written there.", settings)] : []),
    ...(hasIssues
      ? []
      : [
          bad(
            about,
            "it has no issues",
            "The factory works from issues.",
            `${settings} → Features → Issues`,
          ),
        ]),
    allowsMergeCommits === false
      ? bad(
          "merge method",
          "merge commits are not allowed",
          "The factory uses merge commits, so that the merged tree is the verified tree.",
          `${settings} → Pull Requests → Allow merge commits`,
        )
      : allowsMergeCommits === true
        ? { about: "merge method", state: "good", found: "merge commits are allowed" }
        : {
            about: "merge method",
            state: "unknown",
            found: "GitHub shows it only to people who may push",
            mend: "Use the token of somebody with write access",
          },
  ];
}

function bad(about: string, found: string, why: string, mend: string): Finding {
  return { about, state: "bad", found, why, mend };
}

function approvalFinding({ mayApprove }: Value<"actions">): Finding {
  const about = "settings of Actions";
  if (mayApprove) return { about, state: "good", found: "jobs may open pull requests" };
  return {
    about,
    state: "warning",
    found: "jobs may not open pull requests with their own token",
    why: "The factory's pull request is refused, unless it works as a GitHub App.",
    mend: "`gh api --method PUT 'repos/{owner}/{repo}/actions/permissions/workflow' -f default_workflow_permissions=read -F can_approve_pull_request_reviews=true`",
  };
}

function secretFindings(names: readonly string[]): readonly Finding[] {
  const has = (name: string) => names.includes(name);
  return [
    has("ANTHROPIC_API_KEY")
      ? { about: "model key", state: "good", found: "ANTHROPIC_API_KEY is set" }
      : bad(
          "model key",
          "ANTHROPIC_API_KEY is not set",
          "No model can be asked.",
          "`gh secret set ANTHROPIC_API_KEY`",
        ),
    has("FACTORY_SEAL_KEY")
      ? { about: "seal key", state: "good", found: "FACTORY_SEAL_KEY is set" }
      : {
          about: "seal key",
          state: "warning",
          found: "FACTORY_SEAL_KEY is not set",
          why: "Ledgers are not sealed, so trust ends at open-pr: a person merges everything.",
          mend: "`openssl rand -hex 32 | gh secret set FACTORY_SEAL_KEY`",
        },
    {
      about: "token",
      state: "good",
      found: has("FACTORY_APP_KEY")
        ? "FACTORY_APP_KEY is set: your CI starts by itself on the factory's pull requests"
        : "the job's own: your CI on the factory's pull requests waits for a click (docs/how-to/use-a-github-app.md)",
    },
  ];
}

function labelFinding(labels: readonly string[], { config }: Facts): Finding {
  const prefix = config.kind === "valid" ? config.config.prefix : "factory:";
  const name = `${prefix}queued`;
  if (labels.some((label) => label.toLowerCase() === name)) {
    return { about: "labels", state: "good", found: `${name} is there` };
  }
  return {
    about: "labels",
    state: "warning",
    found: `there is no label ${name}`,
    why: "It starts an issue; the factory makes the others when it needs them.",
    mend: `\`gh label create '${name}' --force --color 0969da\``,
  };
}

/** Rules that stand in the way of every merge, whoever asks for it (GitHub docs, Available rules for rulesets). */
function ruleFindings(
  rules: readonly {
    readonly type: string;
    readonly approvals?: number;
    readonly checks?: readonly string[];
  }[],
): readonly Finding[] {
  const about = "rules of the default branch";
  const found = rules.flatMap(({ type, approvals = 0, checks = [] }): readonly Finding[] => {
    if (type === "required_linear_history") {
      return [
        bad(
          about,
          "a linear history is required",
          "A merge commit is refused.",
          "Settings → Rules → turn off Require linear history",
        ),
      ];
    }
    if (type === "pull_request" && approvals > 0) {
      return [
        {
          about,
          state: "warning",
          found: `${approvals} approving ${approvals === 1 ? "review is" : "reviews are"} required`,
          why: "Nothing is merged without a person, whatever trust says.",
          mend: "This may be what you want; otherwise let the factory's App bypass the rule",
        },
      ];
    }
    if (type === "required_status_checks" && checks.length > 0) {
      return [
        {
          about,
          state: "warning",
          found: `these checks are required: ${checks.join(", ")}`,
          why: "With the job's own token they wait for a person's click on each pull request.",
          mend: "docs/how-to/use-a-github-app.md",
        },
      ];
    }
    return [];
  });
  return found.length > 0 ? found : [{ about, state: "good", found: "none prevents a merge" }];
}

function heartbeatFinding(run: Value<"heartbeat">, { now, callers }: Facts): Finding {
  const about = "heartbeat";
  if (run === undefined) {
    return {
      about,
      state: callers.some(({ hasSchedule }) => hasSchedule) ? "unknown" : "bad",
      found: "no scheduled run is listed yet",
      why: "The heartbeat finds forgotten work: lost events, dead runs, answers of people.",
      mend: "`gh run list --workflow factory.yml --event schedule`",
    };
  }
  const days = (Date.parse(now) - Date.parse(run.at)) / DAY_MS;
  if (days > 1 || run.conclusion === "failure") {
    return {
      about,
      state: "bad",
      found: `the last scheduled run was at ${run.at} and ended ${run.conclusion ?? "not yet"}`,
      why: "GitHub turns schedules off in a public repository after 60 days without a commit, and a dead heartbeat repairs nothing.",
      mend: "`gh workflow enable factory.yml && gh run list --workflow factory.yml --event schedule`",
    };
  }
  return { about, state: "good", found: `the last scheduled run was at ${run.at}` };
}
