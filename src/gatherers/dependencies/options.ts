import { z } from "zod";

/** Package managers with a readable answer about newer versions. */
export const TOOLS = ["npm", "pip", "go", "cargo"] as const;
export type Tool = (typeof TOOLS)[number];

/**
 * Cargo names no newer version in a machine-readable form. `cargo metadata` has the versions in use, the index of crates.io the
 * existing ones, and both formats are documented. The first line is the one, the others are files of the index.
 */
const CARGO = `set -eu; cargo metadata --format-version 1
cargo tree --workspace --target all --depth 1 --no-dedupe --prefix none -e normal,build,dev -f '{p}' > .millwright-tree
for name in $(cut -d ' ' -f 1 .millwright-tree | tr A-Z a-z | sort -u); do
case \${#name} in 1|2) at=\${#name};; 3) at=3/\${name:0:1};; *) at=\${name:0:2}/\${name:2:2};; esac
curl -sfL --max-time 30 "https://index.crates.io/$at/$name" || true; done`;

/** The default command of each, in its documented form, and the exit codes of an answer. */
export const ASKED: Readonly<
  Record<Tool, { readonly run: string; readonly exits: readonly number[] }>
> = {
  // 1 means that something is outdated.
  npm: { run: "npm outdated --json --long", exits: [0, 1] },
  pip: { run: "python3 -m pip list --outdated --format json", exits: [0] },
  go: { run: "go list -m -u -json all", exits: [0] },
  cargo: { run: CARGO, exits: [0] },
};

/**
 * Prints the changelog in the version `$2` of the package `$1`, and nothing if it has none. Runs nothing of the package:
 * npm packs the registry's content, Go unpacks a module, a crate is an archive. pip may run a package to look at it. The
 * file names are those of keepachangelog.com, and the one that npm adds.
 */
const FILES = "(changelog|history|news|releases|changes)([.](md|markdown|rst|txt))?";
const MOST_PRINTED = 1_000_000;
export const NOTES_OF: Readonly<Partial<Record<Tool, string>>> = {
  npm: `set -eu; into=$(mktemp -d)
npm pack --silent --ignore-scripts --pack-destination "$into" -- "$1@$2" >&2
set -- "$into"/*.tgz; tar -tzf "$1" > "$into/list"
file=$(grep -m 1 -iE '^[^/]+/${FILES}$' "$into/list") || exit 0
tar -xzOf "$1" -- "$file" > "$into/notes"; head -c ${MOST_PRINTED} -- "$into/notes"`,
  cargo: `set -eu; into=$(mktemp -d)
curl -sfL "https://static.crates.io/crates/$1/$2/download" > "$into/crate"; tar -tzf "$into/crate" > "$into/list"
file=$(grep -m 1 -iE '^[^/]+/${FILES}$' "$into/list") || exit 0
tar -xzOf "$into/crate" -- "$file" > "$into/notes"; head -c ${MOST_PRINTED} -- "$into/notes"`,
  go: `set -eu; into=$(mktemp -d)
go mod download -- "$1@$2" >&2; folder=$(go list -m -f '{{.Dir}}' -- "$1@$2")
ls -- "$folder" > "$into/list"; file=$(grep -m 1 -iE '^${FILES}$' "$into/list") || exit 0
head -c ${MOST_PRINTED} -- "$folder/$file"`,
};

/** Names that can only mean a package of the registry: no address, no folder, no alias, no option. */
const NAME_OF: Readonly<Record<Tool, RegExp>> = {
  npm: /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-zA-Z0-9~][a-zA-Z0-9._~-]*$/,
  pip: /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  go: /^[A-Za-z0-9][A-Za-z0-9._~/-]*$/,
  cargo: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
};

/** Whether package and version are safe as arguments of a command. */
export function isAskable(
  tool: Tool,
  { name, latest }: { readonly name: string; readonly latest: string },
) {
  return NAME_OF[tool].test(name) && /^[A-Za-z0-9][A-Za-z0-9.+_-]*$/.test(latest);
}

export const Source = z
  .strictObject({
    tool: z.enum(TOOLS),
    /** Prints the tool's output; the tool itself by default. */
    run: z.string().min(1).max(2_000).optional(),
    /** Folder of the manifest. */
    folder: z
      .string()
      .regex(
        /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\p{Cc}]{1,200}$/u,
        "expected a folder below the root",
      )
      .default("."),
    /**
     * Whether to read the makers' notes: true, by the tool; or a command that prints the changelog of the version `$2`
     * of the package `$1`.
     */
    notes: z.union([z.literal(true), z.string().min(1).max(2_000)]).optional(),
  })
  .refine(({ tool, notes }) => notes !== true || NOTES_OF[tool] !== undefined, {
    path: ["notes"],
    error: "the tool brings no notes without running the package: give a command that prints them",
  });
export type Source = z.infer<typeof Source>;

export const DependencyOptions = z.strictObject({
  sources: z.array(Source).min(1).max(20),
});
export type DependencyOptions = z.infer<typeof DependencyOptions>;
