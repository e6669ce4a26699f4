import { child, jobsOf, lineOf, scalarsOf, textOf } from "./document.ts";
import { callsOf, expressionsIn, expressionsOf, pathsIn } from "./expression.ts";
import type { Rule } from "./rule.ts";

const secretsInherit: Rule = {
  name: "secrets-inherit",
  why: "The callee gets every secret there is, today's and tomorrow's.",
  kinds: ["workflow"],
  check: (document) =>
    jobsOf(document)
      .map(({ value }) => child(value, "secrets"))
      .filter((node) => textOf(node) !== "")
      .map((node) => ({
        line: lineOf(document, node),
        message: "secrets: inherit",
        instead: "secrets: one line for each",
      })),
};

const overprovisionedSecrets: Rule = {
  name: "overprovisioned-secrets",
  why: "All secrets at once, or one whose name is computed, reach a job that needs a single one.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ tree }) =>
        pathsIn(tree).some((path) => path === "secrets" || path.startsWith("secrets.*")),
      )
      .map(({ line }) => ({
        line,
        message: "reads more than one named secret",
        instead: "secrets.NAME",
      })),
};

const unredactedSecrets: Rule = {
  name: "unredacted-secrets",
  why: "The runner masks a secret as a whole; a part taken out of it is printed.",
  kinds: ["workflow", "action"],
  check: (document) =>
    expressionsOf(document)
      .filter(({ tree }) =>
        callsOf(tree, "fromJSON").some(({ args }) =>
          pathsIn(args[0]).some((path) => path.startsWith("secrets")),
        ),
      )
      .map(({ line }) => ({
        line,
        message: "takes a secret apart",
        instead: "one secret for each value",
      })),
};

const secretsInWideEnvironment: Rule = {
  name: "secrets-in-wide-environment",
  why: "Every step of the job has it, those of others too.",
  kinds: ["workflow"],
  check: (document) =>
    [child(document.root, "env"), ...jobsOf(document).map(({ value }) => child(value, "env"))]
      .flatMap((node) => scalarsOf(node))
      .filter(({ node }) =>
        expressionsIn(document, node).some(({ tree }) =>
          pathsIn(tree).some((path) => /^(secrets|github\.token)/.test(path)),
        ),
      )
      .map(({ node }) => ({
        line: lineOf(document, node),
        message: "a secret for every step",
        instead: "with: or env: of the one step",
      })),
};

const TOKENS =
  /\b(gh[opsru]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|sk-ant-[\w-]{16,}|AKIA[A-Z0-9]{16}|AIza[\w-]{30,})/;

const hardcodedCredentials: Rule = {
  name: "hardcoded-credentials",
  why: "Who can read the file has it, for ever.",
  kinds: ["workflow", "action", "dependabot", "script"],
  check: (document) => [
    ...scalarsOf(document.root)
      .filter(
        ({ keys, node }) =>
          keys.includes("credentials") &&
          keys.at(-1) === "password" &&
          !textOf(node).includes("${{"),
      )
      .map(({ node }) => ({
        line: lineOf(document, node),
        message: "a password in the file",
        instead: "${{ secrets.NAME }}",
      })),
    ...document.text
      .split("\n")
      .flatMap((text, index) =>
        TOKENS.test(text)
          ? [{ line: index + 1, message: "a token in the file", instead: "${{ secrets.NAME }}" }]
          : [],
      ),
  ],
};

export const SECRET_RULES: readonly Rule[] = [
  secretsInherit,
  overprovisionedSecrets,
  unredactedSecrets,
  secretsInWideEnvironment,
  hardcodedCredentials,
];
