import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type {
  DocumentationFigures,
  DocumentationFinding,
} from "../../gatherers/documentation/finding.ts";
import type { Removal } from "../../ports/checkout.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

type Of<Kind extends DocumentationFinding["kind"]> = Extract<DocumentationFinding, { kind: Kind }>;

/** The items of the documentation gardener. */
export function documentationItems(
  findings: readonly DocumentationFinding[],
  figures: DocumentationFigures,
): Gathered {
  return gathered(findings.map(itemOf), {
    pages: figures.pages,
    links: figures.links,
    commands: figures.commands,
    imports: figures.imports,
    undecided: figures.undecided,
  });
}

function itemOf(finding: DocumentationFinding): GatheredItem {
  switch (finding.kind) {
    case "link":
      return linkItem(finding);
    case "anchor":
      return anchorItem(finding);
    case "script":
    case "target":
      return nameItem(finding);
    case "file":
      return fileItem(finding);
    case "export":
    case "subpath":
      return importItem(finding);
  }
}

function linkItem(finding: Of<"link">): GatheredItem {
  const { page, target, path, removal } = finding;
  return item(finding, {
    of: target,
    title: `${page} links to ${target}, which is not there`,
    found: `No file or folder ${codeSpan(path)} is in the tree.${since(removal)}`,
    says: `link to ${target}`,
    output: `${path}: not in the tree${inShort(removal)}`,
  });
}

function anchorItem(finding: Of<"anchor">): GatheredItem {
  const { page, target, path, anchor, anchors } = finding;
  return item(finding, {
    of: target,
    title: `${page} links to ${target}, a heading that is not there`,
    found: `${codeSpan(path)} has no heading that makes the anchor ${codeSpan(`#${anchor}`)}.`,
    says: `link to ${target}`,
    output: `anchors of ${path}: ${anchors.join(", ") || "none"}`,
  });
}

function nameItem(finding: Of<"script" | "target">): GatheredItem {
  const { page, command, name, files, names, removal, kind } = finding;
  const what = kind === "script" ? "script" : "target";
  return item(finding, {
    of: name,
    title: `${page} tells to type "${command}", but there is no ${what} ${name}`,
    found: `${files.map((file) => codeSpan(file)).join(" and ")} has no ${what} ${codeSpan(name)}.${since(removal)}`,
    says: `command: ${command}`,
    output: `${what}s of ${files.join(", ")}: ${names.join(", ") || "none"}${inShort(removal)}`,
  });
}

function fileItem(finding: Of<"file">): GatheredItem {
  const { page, command, path, removal } = finding;
  return item(finding, {
    of: path,
    title: `${page} tells to type "${command}", but ${path} is gone`,
    found: `No file ${codeSpan(path)} is in the tree.${since(removal)}`,
    says: `command: ${command}`,
    output: `${path}: not in the tree${inShort(removal)}`,
  });
}

function importItem(finding: Of<"export" | "subpath">): GatheredItem {
  const { page, statement, name, file, names, kind } = finding;
  const missing =
    kind === "export"
      ? `${codeSpan(file)} exports no ${codeSpan(name)}.`
      : `${codeSpan(file)} does not open ${codeSpan(name)} in its ${codeSpan("exports")}, so Node refuses the import.`;
  return item(finding, {
    of: `${file} ${name}`,
    title: `${page} imports ${name}, which ${file} does not export`,
    found: missing,
    says: `example: ${statement}`,
    output: `exports: ${names.join(", ") || "none"}`,
  });
}

function item(
  { kind, page, line }: DocumentationFinding,
  said: {
    readonly of: string;
    readonly title: string;
    readonly found: string;
    readonly says: string;
    readonly output: string;
  },
): GatheredItem {
  return {
    key: keyed(kind, page, said.of),
    title: titled(said.title),
    body: cut(
      `${said.found}\n\nThe page and the code do not agree. Mend whichever is wrong.`,
      20_000,
    ),
    evidence: [
      { what: cut(said.says, 500), at: `${page}:${line}`, output: cut(said.output, 10_000) },
    ],
  };
}

function since(removal: Removal | undefined): string {
  if (removal === undefined) return "";
  const { commit, on, now } = removal;
  const moved = now === undefined ? "" : ` That commit moved it to ${codeSpan(now)}.`;
  return ` It was there until ${codeSpan(commit.slice(0, 12))} (${on}).${moved}`;
}

function inShort(removal: Removal | undefined): string {
  if (removal === undefined) return "";
  const moved = removal.now === undefined ? "" : `, which moved it to ${removal.now}`;
  return `; removed by ${removal.commit} on ${removal.on}${moved}`;
}
