import { type Exposure, sayExposure } from "../../../control/exposure/branch-workflows.ts";
import { sayGuard } from "../../../wording/hints.ts";
import { WORKFLOW } from "../../init/files.ts";
import { RECORD } from "../../init/record.ts";
import type { Caller, Facts } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { copyFindings } from "./copy-rules.ts";

/** The workflows: what calls the factory, at which commit, with which rights. */
export function workflowFindings(facts: Facts): readonly Finding[] {
  const { callers, copies } = facts;
  if (callers.length === 0) {
    return [
      {
        about: "workflow",
        state: "bad",
        found: "no workflow in .github/workflows calls Millwright",
        why: "Nothing starts the factory.",
        mend: mendUncalled(facts),
      },
    ];
  }
  return [
    ...callers.flatMap((caller) => [
      pinFinding(caller, facts.own),
      permissionFinding(caller, facts.needs[caller.file] ?? {}),
      ...secretFindings(caller),
    ]),
    ...copyFindings(copies),
    ...exposureFindings(facts),
  ];
}

/** init changes no workflow that stands there, and writes none that somebody removed. */
function mendUncalled({ has }: Facts): string {
  if (has(WORKFLOW)) {
    return `Rename ${WORKFLOW}, which init never changes, and commit that; then \`millwright init\``;
  }
  return has(RECORD)
    ? `Take ${WORKFLOW} back from git, or \`millwright uninstall\`, and then \`millwright init\``
    : "`millwright init`";
}

/** One for each event, whose remedy is the same in every file. */
function exposureFindings(facts: Facts): readonly Finding[] {
  const alike = Map.groupBy(facts.exposures, ({ event, startedBy }) => `${event} ${startedBy}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        about: group.length === 1 ? `workflow ${first.path}` : `${group.length} workflows`,
        ...exposureJudged(first, facts),
        found: group.map(sayExposure).join("; "),
        mend: sayGuard(first.event),
      },
    ];
  });
}

const UNMERGED = "with what it holds, on bytes that an agent wrote and nobody merged";

/** Whether the factory refuses to publish because of it: with an App's token alone, whose pushes start workflows by themselves. */
function exposureJudged(
  { startedBy }: Exposure,
  { settings }: Facts,
): Pick<Finding, "state" | "why"> {
  if (startedBy === "person") {
    return {
      state: "warning",
      why: `A person's review, label or closed pull request starts it ${UNMERGED}.`,
    };
  }
  const secrets = settings?.secrets;
  const names = secrets !== undefined && "known" in secrets ? secrets.known : undefined;
  if (names?.includes("FACTORY_APP_KEY") === true) {
    return {
      state: "bad",
      why: `It would start by itself ${UNMERGED}, so the factory refuses to publish.`,
    };
  }
  const click = `With the job's own token, it starts ${UNMERGED}, only after a person's click.`;
  return {
    state: "warning",
    why:
      names === undefined
        ? `${click} With a GitHub App's, it would start by itself, so the factory refuses to publish.`
        : click,
  };
}

function nameOf({ path, job }: Caller): string {
  return `${path.split("/").at(-1)}, job ${job}`;
}

/** What init writes where it does not know whose this Millwright is. */
const PLACEHOLDER = "OWNER";

function pinFinding(caller: Caller, own: string | undefined): Finding {
  const about = `pin of ${nameOf(caller)}`;
  const { repository, ref } = caller;
  if (caller.isOwn) {
    return { about, state: "good", found: "it calls its own repository, at the commit that runs" };
  }
  if (repository.startsWith(`${PLACEHOLDER}/`)) {
    return {
      about,
      state: "warning",
      found: `it calls ${repository}, and ${PLACEHOLDER} only holds a place`,
      why: "GitHub starts no run of it until it names the account whose Millwright you use. What it calls gets your secrets.",
      mend: `Write that account in place of ${PLACEHOLDER} in ${caller.path}, and a commit in place of ${ref}`,
    };
  }
  if (!/^[0-9a-f]{40}$/.test(ref)) {
    return {
      about,
      state: "warning",
      found: `it calls ${repository} at ${ref}`,
      why: "A tag or a branch can be moved, and what it calls gets your secrets (GitHub: security hardening for actions).",
      mend: `\`git ls-remote https://github.com/${repository} ${ref}\`, and write the commit that it prints in place of ${ref}`,
    };
  }
  if (own !== undefined && own !== ref) {
    return {
      about,
      state: "warning",
      found: `it calls ${ref.slice(0, 12)}, and this Millwright is ${own.slice(0, 12)}`,
      why: "This report is about this version. The other one may need other permissions.",
      mend: "docs/how-to/upgrade-and-pin.md",
    };
  }
  return { about, state: "good", found: `pinned to ${ref.slice(0, 12)}` };
}

const RANK: Readonly<Record<string, number>> = { none: 0, read: 1, write: 2 };

/** Source: docs.github.com, Reusing workflows: a called job that asks for more than its caller grants fails at start. */
function permissionFinding(caller: Caller, needs: Readonly<Record<string, string>>): Finding {
  const about = `permissions of ${nameOf(caller)}`;
  const { permissions } = caller;
  if (permissions === undefined) {
    return {
      about,
      state: "unknown",
      found: "the job states none: it gets the default of the repository",
      why: "GitHub does not start a run whose called jobs ask for more than the caller grants.",
      mend: `Write them on the job: ${sayScopes(needs)}`,
    };
  }
  if (typeof permissions === "string") {
    const lacks = permissions === "read-all" && Object.values(needs).includes("write");
    return {
      about,
      state: lacks ? "bad" : "warning",
      found: `the job is granted ${permissions}`,
      why: lacks ? "The run will not start." : "It is granted more than it needs.",
      mend: `Write them one by one: ${sayScopes(needs)}`,
    };
  }
  const rank = (level: string | undefined) => RANK[level ?? "none"] ?? 0;
  const less = Object.entries(needs).filter(
    ([scope, level]) => rank(permissions[scope]) < rank(level),
  );
  const more = Object.entries(permissions).filter(
    ([scope, level]) => rank(level) > rank(needs[scope]),
  );
  if (less.length > 0) {
    return {
      about,
      state: "bad",
      found: `it lacks ${sayScopes(Object.fromEntries(less))}`,
      why: "GitHub does not start a run whose called jobs ask for more than the caller grants.",
      mend: "Add them to the permissions of the job",
    };
  }
  if (more.length > 0) {
    return {
      about,
      state: "warning",
      found: `it is granted ${sayScopes(Object.fromEntries(more))}, which nothing needs`,
      why: "Nobody can take a permission that was not granted.",
      mend: "Remove them from the permissions of the job",
    };
  }
  return { about, state: "good", found: "enough, and not more" };
}

function sayScopes(scopes: Readonly<Record<string, string>>): string {
  return Object.entries(scopes)
    .map(([scope, level]) => `${scope}: ${level}`)
    .join(", ");
}

function secretFindings(caller: Caller): readonly Finding[] {
  if (caller.secrets !== "inherit") return [];
  return [
    {
      about: `secrets of ${nameOf(caller)}`,
      state: "warning",
      found: "it passes on every secret of the repository (secrets: inherit)",
      why: "A secret that is not passed on cannot leak.",
      mend: "Name them one by one, as workflow-templates/factory.yml does",
    },
  ];
}
