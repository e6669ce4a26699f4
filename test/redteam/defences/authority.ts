import type { Defence } from "../defence.ts";

/** Who may have something done, for which text, on which claim. */
export const OF_AUTHORITY: readonly Defence[] = [
  {
    id: "people-with-write",
    what: "only a person who may write commands the factory",
    edits: [
      {
        file: "src/domain/actor.ts",
        find: 'return actor.type === "User" && permissionAtLeast(actor.permission, "write");',
        replace: 'return permissionAtLeast(actor.permission, "none");',
      },
    ],
    attacks: ["EV-05a"],
  },
  {
    id: "no-bot",
    what: "a bot commands nothing, whatever it may write",
    layers: "the adapter, which does not even ask what a bot may",
    edits: [
      {
        file: "src/domain/actor.ts",
        find: 'actor.type === "User" && permissionAtLeast',
        replace: "permissionAtLeast",
      },
      {
        file: "src/adapters/github/permissions.ts",
        find: 'permission: actor.type === "User" ? permissionOf(actor) : "none",',
        replace: "permission: permissionOf(actor),",
      },
      {
        file: "src/adapters/github/permissions.ts",
        find: 'if (login.endsWith("[bot]")) return NOBODY;',
        replace: "",
      },
    ],
    attacks: ["EV-05a"],
  },
  {
    id: "approval-still-stands",
    what: "an approval counts as long as its comment says it, unedited",
    edits: [
      {
        file: "src/control/vetoes/approval.ts",
        find: "const broken = facts.find(([holds]) => !holds);",
        replace: "const broken = facts.find(([holds]) => !holds && facts.length === 0);",
      },
    ],
    attacks: ["EV-07c"],
  },
  {
    id: "person-is-asked",
    what: "a contract waits for a person where the config says so",
    edits: [
      {
        file: "src/control/vetoes/approval.ts",
        find: 'return approve === "always" || (',
        replace: 'return approve === "never" && (',
      },
    ],
    attacks: ["EV-05a"],
  },
  {
    id: "asked-by-a-person",
    what: "a person merges what a loop began and no person approved",
    edits: [
      {
        file: "src/control/gate/doubts.ts",
        find: "if (gate.begunBy !== undefined) doubts",
        replace: "if (gate.begunBy === null) doubts",
      },
    ],
    attacks: ["IN-09b"],
  },
  {
    id: "globs-by-reach",
    what: "a glob is as risky as all that it lets in, when work begins and again when it ends",
    layers: "the risk of the tree, held against what was shown",
    edits: [
      {
        file: "src/domain/trust/predicted-risk.ts",
        find: "if (open.length === 0) {",
        replace: "if (open.length >= 0) {",
      },
      {
        file: "src/control/gate/merge-authority.ts",
        find: "covered && exceeded === undefined && protectedPaths",
        replace: "covered && protectedPaths",
      },
    ],
    attacks: ["GOV-02c", "GOV-02d"],
  },
  {
    id: "risk-as-shown",
    what: "nothing is published that is riskier than what a person approved",
    edits: [
      {
        file: "src/control/tasks/attempt/settle.ts",
        find: "if (exceeded === undefined) return undefined;",
        replace: "if (exceeded !== null) return undefined;",
      },
    ],
    attacks: ["GOV-02p", "GOV-02q"],
  },
  {
    id: "andon-of-writers",
    what: "the andon counts from write on: with triage nobody stops the line for everybody",
    edits: [
      {
        file: "src/control/observed/andon.ts",
        find: "!permissionAtLeast(by.known.permission, floor);",
        replace: '!permissionAtLeast(by.known.permission, "none");',
      },
    ],
    attacks: ["GOV-03a", "GOV-03b"],
  },
  {
    id: "version-word",
    what: "an approval is of the version that its words name",
    edits: [
      {
        file: "src/domain/command.ts",
        find: "if (said.version === undefined) return standing.version === 1;",
        replace: "if (said.version === undefined) return standing.version > 0;",
      },
    ],
    attacks: ["EV-07e"],
  },
  {
    id: "whole-words",
    what: "a command is the first line of a comment and nothing else",
    layers: "the workflows' own conditions",
    edits: [
      {
        file: "src/control/observed/command.ts",
        find: 'const [first = "", ...rest] = body.replaceAll("\\r\\n", "\\n").split("\\n");',
        replace: 'const [first = "", ...rest] = body.replace(/^[>\\s`]+/, "").split("\\n");',
      },
      {
        file: "workflow-templates/factory.yml",
        find: "startsWith(github.event.comment.body, '/factory')",
        replace: "contains(github.event.comment.body, '/factory')",
      },
      {
        file: ".github/workflows/factory.yml",
        find: "issue_comment' && startsWith(github.event.comment.body, '/factory approve')",
        replace: "issue_comment' && contains(github.event.comment.body, '/factory approve')",
      },
    ],
    attacks: ["EV-07a"],
  },
  {
    id: "issue-digest",
    what: "a contract holds for the very text that it was made from",
    edits: [
      {
        file: "src/control/vetoes/approved-contract.ts",
        find: "if (digestOfIssue(view.issue) !== proposed.event.issue) {",
        replace: 'if (digestOfIssue(view.issue) === "") {',
      },
    ],
    attacks: ["EV-02a"],
  },
  {
    id: "sealed-ledger",
    what: "every line of the ledger is sealed, and the seal is checked",
    edits: [
      {
        file: "src/domain/ledger.ts",
        find: "if (!sameText(seal, expected))",
        replace: "if (seal.length > 99)",
      },
    ],
    attacks: ["OUT-07a"],
  },
  {
    id: "own-ledger",
    what: "a ledger counts by its author and its seal",
    layers: "the seal",
    edits: [
      {
        file: "src/control/observed/ledger/own-comments.ts",
        find: "author.id === identity && body.split(/\\r?\\n/)[0] === marker",
        replace: "identity > 0 && author.id > 0 && body.split(/\\r?\\n/)[0] === marker",
      },
      {
        file: "src/domain/ledger.ts",
        find: "if (!sameText(seal, expected))",
        replace: "if (seal.length > 99)",
      },
    ],
    attacks: ["OUT-07c"],
  },
  {
    id: "trust-of-the-config",
    what: "the factory merges by itself only what the config trusts it with",
    edits: [
      {
        file: "src/control/gate/merge-authority.ts",
        find: "const covered = highest !== undefined &&",
        replace: "const covered = highest === undefined ||",
      },
    ],
    attacks: ["QA-10b"],
  },
  {
    id: "person-for-steering",
    what: "what steers tools is merged by a person, whatever the trust of the config",
    edits: [
      {
        file: "src/control/gate/merge-authority.ts",
        find: "exceeded === undefined && protectedPaths.length",
        replace: "exceeded === undefined && 0 * protectedPaths.length",
      },
    ],
    attacks: ["DEP-04a"],
  },
  {
    id: "protected-harness",
    what: "the documents of every prompt need a person",
    edits: [
      {
        file: "src/domain/trust/protection.ts",
        find: "return [...protect, ...harness];",
        replace: "return harness.length < 0 ? harness : protect;",
      },
    ],
    attacks: ["PER-01g"],
  },
  {
    id: "protected-paths",
    what: "what steers agents and tools is known by name",
    edits: [
      {
        file: "src/domain/trust/protection.ts",
        find: "return steeringOf(path) !== undefined || matchesAny(path, additional);",
        replace: "return matchesAny(path, additional);",
      },
    ],
    attacks: ["DEP-04a", "PER-01a", "QA-04a"],
  },
  {
    id: "pinned-base",
    what: "what is merged was verified on the very head that it is merged on",
    edits: [
      {
        file: "src/control/tasks/attempt/settle.ts",
        find: "if (head === order.base || mergedAlready(view, branch)) return undefined;",
        replace: 'if (head !== "" || mergedAlready(view, branch)) return undefined;',
      },
    ],
    attacks: ["EV-03b", "GIT-20a"],
  },
  {
    id: "stop-is-heard",
    what: "a person's stop holds from the moment at which it is written",
    layers: "the claim, which the ledger no longer gives to this run",
    edits: [
      {
        file: "src/control/vetoes/preconditions.ts",
        find: "return stop === undefined\n    ?",
        replace: "return stop === undefined || stop.id > 0\n    ?",
      },
      {
        file: "src/control/tasks/attempt/lease.ts",
        find: "const lost = claimed === undefined ? NOT_CLAIMED : lossOf(view, order, claimed);",
        replace: "const lost = claimed === undefined ? NOT_CLAIMED : undefined;",
      },
    ],
    attacks: ["EV-10d"],
  },
];
