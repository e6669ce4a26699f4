import { isVisible } from "../../../src/domain/text/hidden-text.ts";
import {
  child,
  entriesOf,
  jobsOf,
  lineOf,
  type RuleDocument,
  referencesOf,
  stepsOf,
  textOf,
  type Use,
  usesOf,
} from "./document.ts";
import { callsOf, expressionsOf, isLiteral } from "./expression.ts";
import { PINNED_ACTIONS } from "./pinned-actions.ts";
import type { Hit, Rule } from "./rule.ts";

/** What a template shows in place of this project: whoever copies it puts the commit of a release there (README). */
const TEMPLATE_REFERENCE = /^OWNER\/millwright\/\.github\/workflows\/[\w-]+\.yml@v\d+$/;

function isTemplateReference(path: string, reference: string): boolean {
  return path.startsWith("workflow-templates/") && TEMPLATE_REFERENCE.test(reference);
}

/** Neither of this repository nor an image: what a third party publishes. */
function isForeign({ reference }: Use): boolean {
  return !/^(\$\/|\.\/|docker:)/.test(reference);
}

function actionOf(reference: string): string {
  return reference.split("@", 1)[0]?.split("/").slice(0, 2).join("/") ?? "";
}

const unpinnedUses: Rule = {
  name: "unpinned-uses",
  why: "A tag or branch can be moved to other code after it was read (tj-actions/changed-files, CVE-2025-30066).",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter((use) => isForeign(use) && !/@[0-9a-f]{40}$/.test(use.reference))
      .filter(({ reference }) => !isTemplateReference(document.path, reference))
      .map(({ reference, line }) => ({
        line,
        message: `${reference} is not pinned to a commit`,
        instead: `${reference.split("@", 1)[0]}@<40 hexadecimal digits> # vX.Y.Z`,
      })),
};

const allowedActions: Rule = {
  name: "allowed-actions",
  why: "Each author of an action that we run can run code in our jobs; look-alike names, archived and vulnerable actions are kept out by name and commit.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter(isForeign)
      .filter(({ reference }) => PINNED_ACTIONS[actionOf(reference)] === undefined)
      .filter(({ reference }) => !isTemplateReference(document.path, reference))
      .map(({ reference, line }) => ({
        line,
        message: `${actionOf(reference)} is not one of the actions that this project relies on`,
        instead: "a run step, an action of actions/, or a verified line in pinned-actions.ts",
      })),
};

function versionHit({ reference, comment, line }: Use): readonly Hit[] {
  const known = PINNED_ACTIONS[actionOf(reference)];
  const commit = /@([0-9a-f]{40})$/.exec(reference)?.[1];
  if (known === undefined || commit === undefined) return [];
  const { version } = known;
  if (commit !== known.commit) {
    return [
      {
        line,
        message: `${commit} is not the one commit of ${actionOf(reference)} that all files use`,
        instead: `${known.commit} # ${version}`,
      },
    ];
  }
  return comment.split(" ", 1)[0] === version
    ? []
    : [
        {
          line,
          message: `the comment says "${comment}" but the commit is ${version}`,
          instead: `# ${version}`,
        },
      ];
}

const refVersionMismatch: Rule = {
  name: "ref-version-mismatch",
  why: "A person reads the version comment; a commit of another version, or of a fork of the network, hides behind it.",
  kinds: ["workflow", "action"],
  check: (document) => usesOf(document).flatMap(versionHit),
};

/** The caller's own action, which `$/` cannot name: nothing but the checkout comes before it, so that no step put it there. */
function isSetupOfCaller(document: RuleDocument, { reference, step }: Use): boolean {
  const steps = stepsOf(document);
  const own = steps.find(({ node }) => node === step);
  const [first, second] = steps.filter(({ job }) => job === own?.job);
  const checkout = textOf(child(first?.node, "uses"));
  return (
    reference === "./.github/factory/setup" &&
    step !== undefined &&
    second?.node === step &&
    checkout.startsWith("actions/checkout@") &&
    child(first?.node, "with", "ref") !== undefined
  );
}

const selfRepository: Rule = {
  name: "self-repository",
  why: "./ is read from the workspace when the step starts, so that an earlier step can put other code there.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .filter(({ reference }) => reference.startsWith("./"))
      .filter((use) => !isSetupOfCaller(document, use))
      .map(({ reference, line }) => ({
        line,
        message: `${reference} can be replaced at run time`,
        instead: `$/${reference.slice(2)}`,
      })),
};

function isWinding({ reference }: Use): boolean {
  const path = reference.replace(/^(\$\/|\.\/|docker:\/\/)/, "").split("@", 1)[0] ?? "";
  return reference.includes("${{") || path.split("/").some((part) => /^\.{0,2}$/.test(part));
}

const obfuscation: Rule = {
  name: "obfuscation",
  why: "What is written in a roundabout way passes by the other rules and by the person who reads it.",
  kinds: ["workflow", "action", "dependabot"],
  check: (document) => [
    ...referencesOf(document.root).map((node) => ({
      line: lineOf(document, node),
      message: "a YAML anchor or alias lets one place stand for another",
      instead: "the value itself",
    })),
    ...usesOf(document)
      .filter(isWinding)
      .map(({ reference, line }) => ({
        line,
        message: `${reference} is a roundabout path`,
        instead: "the plain path",
      })),
    ...expressionsOf(document).flatMap(({ tree, source, line }) => [
      ...(tree === undefined
        ? [
            {
              line,
              message: `GitHub's parser cannot read ${source.trim()}`,
              instead: "a complete expression",
            },
          ]
        : []),
      ...callsOf(tree, "fromJSON")
        .filter(({ args }) => callsOf(args[0], "toJSON").length > 0)
        .map(() => ({
          line,
          message: "fromJSON(toJSON()) does nothing but hide",
          instead: "its argument",
        })),
      ...callsOf(tree, "format")
        .filter(({ args }) => args.every(isLiteral))
        .map(() => ({ line, message: "format() of constants", instead: "the text itself" })),
    ]),
  ],
};

const hiddenCharacters: Rule = {
  name: "hidden-characters",
  why: "Invisible and direction-changing characters make a file read otherwise than it runs (Trojan Source).",
  kinds: ["workflow", "action", "dependabot", "script"],
  check: ({ text }) =>
    text.split("\n").flatMap((line, index) =>
      !isVisible(line.replaceAll("\t", " "))
        ? [
            {
              line: index + 1,
              message: "a character that cannot be seen",
              instead: "the line without it",
            },
          ]
        : [],
    ),
};

const unpinnedImages: Rule = {
  name: "unpinned-images",
  why: "An image tag can be moved like any other tag.",
  kinds: ["workflow", "action"],
  check(document) {
    const inJobs = jobsOf(document).flatMap(({ value }) => {
      const container = child(value, "container");
      const services = entriesOf(document, child(value, "services"));
      return [
        child(container, "image") ?? container,
        ...services.map((service) => child(service.value, "image")),
      ];
    });
    const images = inJobs.filter((each) => each !== undefined);
    const own = child(document.root, "runs", "image");
    return [
      ...[...usesOf(document), { reference: textOf(own), line: lineOf(document, own) }].filter(
        ({ reference }) => reference.startsWith("docker://"),
      ),
      ...images.map((node) => ({ reference: textOf(node), line: lineOf(document, node) })),
    ]
      .filter(({ reference }) => !/@sha256:[0-9a-f]{64}$/.test(reference))
      .map(({ reference, line }) => ({
        line,
        message: `image ${reference} is not pinned to a digest`,
        instead: "NAME@sha256:<64 hexadecimal digits>",
      }));
  },
};

const FLOATING = /^(latest|lts\/.*|stable|current|\*|)$/;

const unpinnedTools: Rule = {
  name: "unpinned-tools",
  why: "A pinned action that fetches the latest tool runs what was published a minute ago.",
  kinds: ["workflow", "action"],
  check: (document) =>
    usesOf(document)
      .flatMap(({ step }) => entriesOf(document, child(step, "with")))
      .filter(({ key, value }) => /version$/.test(key) && FLOATING.test(textOf(value)))
      .map(({ key, value, line }) => ({
        line,
        message: `${key}: ${textOf(value)} is another version every day`,
        instead: `${key}: <a version>`,
      })),
};

export const REFERENCE_RULES: readonly Rule[] = [
  unpinnedUses,
  allowedActions,
  refVersionMismatch,
  selfRepository,
  obfuscation,
  hiddenCharacters,
  unpinnedImages,
  unpinnedTools,
];
