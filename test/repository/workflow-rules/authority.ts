import {
  child,
  commentOf,
  entriesOf,
  itemsOf,
  jobsOf,
  lineOf,
  type RuleDocument,
  textOf,
  usesOf,
} from "./document.ts";
import { bare, expressionsOf, pathsIn } from "./expression.ts";
import type { Hit, Rule } from "./rule.ts";

const excessivePermissions: Rule = {
  name: "excessive-permissions",
  why: "What a job was not given, code in it cannot use.",
  kinds: ["workflow"],
  check(document) {
    const top = child(document.root, "permissions");
    const empty = top !== undefined && textOf(top) === "" && entriesOf(document, top).length === 0;
    return [
      ...(empty
        ? []
        : [
            {
              line: lineOf(document, top),
              message: "the workflow as a whole has permissions",
              instead: "permissions: {}",
            },
          ]),
      ...jobsOf(document).flatMap(({ key, value, line }): readonly Hit[] => {
        const permissions = child(value, "permissions");
        if (permissions !== undefined && textOf(permissions) === "") return [];
        const message = permissions
          ? `${textOf(permissions)} for ${key}`
          : `${key} does not say what it may`;
        return [
          {
            line: permissions ? lineOf(document, permissions) : line,
            message,
            instead: "permissions: one line for each scope",
          },
        ];
      }),
    ];
  },
};

const undocumentedPermissions: Rule = {
  name: "undocumented-permissions",
  why: "A permission without a reason is never taken back.",
  kinds: ["workflow"],
  check: (document) =>
    jobsOf(document)
      .flatMap(({ value }) => entriesOf(document, child(value, "permissions")))
      .filter(({ key, value }) => !(key === "contents" && textOf(value) === "read"))
      .filter((entry) => commentOf(document, entry).length < 8)
      .map(({ key, value, line }) => ({
        line,
        message: `${key}: ${textOf(value)} without a reason`,
        instead: `${key}: ${textOf(value)} # what for`,
      })),
};

const oidcOutsideRelease: Rule = {
  name: "oidc-outside-release",
  why: "An identity token is a credential for whoever trusts this repository (TanStack: valid provenance on stolen releases).",
  kinds: ["workflow"],
  check: (document) =>
    jobsOf(document)
      .flatMap(({ value }) => entriesOf(document, child(value, "permissions")))
      .filter(
        ({ key, value }) => /^(id-token|attestations)$/.test(key) && textOf(value) === "write",
      )
      .filter(() => document.path !== ".github/workflows/release.yml")
      .map(({ key, line }) => ({
        line,
        message: `${key}: write outside release.yml`,
        instead: "nothing, or release.yml",
      })),
};

function lacksBounds(document: RuleDocument, step: ReturnType<typeof child>): readonly string[] {
  const inputs = entriesOf(document, child(step, "with"));
  const has = (matches: RegExp) => inputs.some(({ key }) => matches.test(key));
  return [
    ...(textOf(child(step, "with", "skip-token-revoke")) === "true"
      ? ["its token outlives the job"]
      : []),
    // Without both it is for the repository of the run: the README of actions/create-github-app-token.
    ...(has(/^(owner|enterprise)$/) && !has(/^repositories$/)
      ? ["its token is for every repository"]
      : []),
    ...(has(/^permission-/) ? [] : ["its token has every permission of the App"]),
  ];
}

const githubApp: Rule = {
  name: "github-app",
  why: "An App's token reaches as far as the App unless it is narrowed.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter(({ reference }) => reference.startsWith("actions/create-github-app-token@"))
      .flatMap(({ step, line }) =>
        lacksBounds(document, step).map((message) => ({
          line,
          message,
          instead: "with: permission-<scope>, repositories beside owner, no skip-token-revoke",
        })),
      ),
};

/** Actions that restore or save caches, and the input by which each is told not to; none can be told for the first. */
const CACHING: readonly (readonly [RegExp, string | undefined, RegExp])[] = [
  [/^actions\/cache(\/|@)/, undefined, /^$/],
  [/^actions\/setup-(node|python|java|dotnet)@/, "cache", /^$/],
  [/^(actions\/setup-go|ruby\/setup-ruby)@/, "cache", /^false$/],
  [/^astral-sh\/setup-uv@/, "enable-cache", /^false$/],
];

const cachePoisoning: Rule = {
  name: "cache-poisoning",
  why: "A cache that other code can write is code that arrives in this job (Cacheract, Clinejection).",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document).flatMap(({ reference, step, line }) =>
      CACHING.filter(([action]) => action.test(reference))
        .filter(
          ([, input, off]) => input === undefined || !off.test(textOf(child(step, "with", input))),
        )
        .map(([, input]) => ({
          line,
          message: `${reference.split("@", 1)[0]} uses the cache`,
          instead: input ? `${input}: false` : "no cache",
        })),
    ),
};

type Job = Parameters<typeof child>[0];

/** Workers that open what the base's key signed; what else they hold can reach no other job by a cache that they only read. */
const READERS = ["implement", "verify", "post-merge-smoke", "run-loop"].map(
  (name) => `$/actions/${name}`,
);

/** Who may write to the cache holds base bytes alone: the order of control, and no proposal of a worker. */
function mayWrite(job: Job, path: string): boolean {
  const artifacts = itemsOf(child(job, "steps"))
    .map((step) => textOf(child(step, "with", "artifact-ids")))
    .filter((ids) => ids !== undefined && ids !== "");
  return (
    path === ".github/workflows/quality-audit.yml" &&
    artifacts.length === 1 &&
    /^\$\{\{ needs\.open\.outputs\.order-artifact \}\}$/.test(artifacts[0] ?? "")
  );
}

function cacheModesOf(job: Job, path: string): readonly string[] {
  const used = itemsOf(child(job, "steps")).map((step) => textOf(child(step, "uses")) ?? "");
  const reads = used.some((action) => READERS.includes(action));
  return ["none", ...(reads ? ["read"] : []), ...(reads && mayWrite(job, path) ? ["write"] : [])];
}

const cacheMode: Rule = {
  name: "cache-mode",
  why: "Only the cache service itself can refuse what code in the job asks of it (2026-09-10).",
  kinds: ["workflow"],
  check: (document) =>
    jobsOf(document)
      .filter(() => document.path.startsWith(".github/workflows/"))
      .filter(({ value }) => itemsOf(child(value, "steps")).length > 0)
      .filter(
        ({ value }) =>
          !cacheModesOf(value, document.path).includes(textOf(child(value, "cache-mode")) ?? ""),
      )
      .map(({ key, line }) => ({
        line,
        message: `${key} can reach the cache`,
        instead: "cache-mode: none",
      })),
};

const botConditions: Rule = {
  name: "bot-conditions",
  why: "github.actor is whoever acted last, not who made the change: a bot's name is borrowed by making the bot act.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ keys }) => keys.at(-1) === "if")
      .filter(
        ({ tree }) =>
          tree !== undefined &&
          pathsIn(bare(tree)).some((path) => /^github\.(triggering_)?actor(_id)?$/.test(path)),
      )
      .map(({ line }) => ({
        line,
        message: "decides by the last actor",
        instead: "no condition: control checks the actor by numeric id",
      })),
};

export const AUTHORITY_RULES: readonly Rule[] = [
  excessivePermissions,
  undocumentedPermissions,
  oidcOutsideRelease,
  githubApp,
  cachePoisoning,
  cacheMode,
  botConditions,
];
