import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { LINE } from "../../../src/line.ts";
import type { Station } from "../../../src/station.ts";
import { FAMILIES } from "../../redteam/attack.ts";
import { CATALOGUE } from "../../redteam/catalogue.ts";

/** The document that these sections stand in, relative to the project's folder. */
export const DOCUMENT = ".github/THREAT-MODEL.md";

const Entry = z.strictObject({
  title: z.string(),
  by: z.array(z.string()).default([]),
  cannot: z.string().optional(),
  open: z.string().optional(),
});
type Entry = z.infer<typeof Entry>;

const Catalogue = z.strictObject({
  files: z.record(z.string(), z.string()),
  entries: z.record(z.string().regex(/^[A-Z]+-\d\d$/), Entry),
});
const Invariants = z.strictObject({
  invariants: z.record(
    z.string().regex(/^[IR]\d$/),
    z.strictObject({ says: z.string(), by: z.array(z.string()).min(1) }),
  ),
});

function read(name: string): unknown {
  return parse(readFileSync(join(import.meta.dirname, name), "utf8"));
}

export const { files, entries } = Catalogue.parse(read("catalogue.yml"));
export const { invariants } = Invariants.parse(read("invariants.yml"));

/** Ids of the attacks that play an entry of the catalogue, as `npm run redteam -- --only` takes them. */
export function attacksOn(entry: string): readonly string[] {
  return CATALOGUE.filter(({ id, also = [] }) => id.startsWith(entry) || also.includes(entry)).map(
    ({ id }) => id,
  );
}

/** What the document has to say, by the name of the section. All of it is derived: the page cannot say more than is so. */
export function renderSections(): Readonly<Record<string, string>> {
  return { authority: authority(), invariants: renderInvariants(), catalogue: renderCatalogue() };
}

/** The document with its sections as they should be. Throws where a section has no place in it. */
export function withSections(document: string): string {
  return Object.entries(renderSections()).reduce((text, [name, section]) => {
    const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(text)) throw new Error(`${DOCUMENT} has no place for the section ${name}`);
    return text.replace(place, (_, start: string, end: string) => `${start}\n${section}\n\n${end}`);
  }, document);
}

/** Path and, where one is named, the name of a test. */
export function readProof(proof: string): { readonly path: string; readonly name?: string } {
  const [path = "", name] = proof.split(" · ");
  return name === undefined ? { path } : { path, name };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function authority(): string {
  return table(
    [
      "station",
      "workflow",
      "token may",
      "what it may write",
      "model key",
      "runs code of the repository",
    ],
    LINE.map(rowOf),
  );
}

function rowOf(station: Station): readonly string[] {
  const workflow = `\`${station.workflow}\``;
  if (station.kind === "worker") {
    const yes = (holds: boolean) => (holds ? "yes" : "no");
    return [
      `${station.worker} (worker)`,
      workflow,
      "read the contents at most",
      `nothing; returns ${station.yields}`,
      yes(station.holdsModelKey),
      station.runsRepositoryCode ? "in the sandbox" : "no",
    ];
  }
  const permissions = Object.entries(station.permissions).map(
    ([scope, access]) => `${scope}: ${access}`,
  );
  return [
    `${station.task} (control)`,
    workflow,
    permissions.join(", "),
    station.mayWrite.join(", ") || "nothing",
    "no",
    "no",
  ];
}

function renderInvariants(): string {
  return table(
    ["", "what holds", "held by"],
    Object.entries(invariants).map(([id, { says, by }]) => [
      id,
      says,
      by.map(sayProof).join("<br>"),
    ]),
  );
}

function sayProof(proof: string): string {
  const { path, name } = readProof(proof);
  return name === undefined ? linkTo(path) : `${linkTo(path)}: ${name}`;
}

function linkTo(path: string): string {
  return `[${path.slice(path.lastIndexOf("/") + 1).replace(".test.ts", "")}](../${path})`;
}

function renderCatalogue(): string {
  return FAMILIES.map((family) => {
    const own = Object.entries(entries).filter(([id]) => id.startsWith(`${family}-`));
    return table(
      ["", "threat", "state"],
      own.map(([id, entry]) => [id, entry.title, stateOf(id, entry)]),
    );
  }).join("\n\n");
}

function stateOf(id: string, { by, cannot, open }: Entry): string {
  const played = attacksOn(id);
  const held = by.map((name) => linkTo(files[name] ?? name));
  return [
    ...(played.length === 0 ? [] : [`played: ${played.join(", ")}`]),
    ...(held.length === 0 ? [] : [`held by ${held.join(", ")}`]),
    ...(cannot === undefined ? [] : [`not applicable: ${cannot}`]),
    ...(open === undefined ? [] : [`**open**: ${open}`]),
  ].join("; ");
}
