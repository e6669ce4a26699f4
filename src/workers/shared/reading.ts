import type { ModelTool } from "../../ports/model.ts";

/** For each reading tool: the key of its input with the place, and a suffix for a reader. */
const LOOKS: Readonly<Record<string, { readonly key: string; readonly how: string }>> = {
  // Of the toolbox, in the working copy.
  read: { key: "file_path", how: "" },
  glob: { key: "pattern", how: " (listed)" },
  grep: { key: "path", how: " (searched)" },
  // Of the roles that read git objects.
  read_file: { key: "path", how: "" },
  list_files: { key: "glob", how: " (listed)" },
  search: { key: "glob", how: " (searched)" },
};

/** The sandbox's path of the working copy, so that a file has one name on the page. */
const ROOT = /^(?:\/ws\/|\.\/)+/;

/**
 * The same tool, reporting its reads to `note` as a path or a glob: `src/zones.ts`, `src/**` followed by how. A failed
 * read is not recorded; neither are search texts and results. Other tools stay as they are.
 */
export function noteReading(tool: ModelTool, note: (line: string) => void): ModelTool {
  const look = Object.hasOwn(LOOKS, tool.name) ? LOOKS[tool.name] : undefined;
  if (look === undefined) return tool;
  return {
    ...tool,
    async run(input) {
      const result = await tool.run(input);
      note(`${placeOf(input, look.key)}${look.how}`);
      return result;
    },
  };
}

function placeOf(input: unknown, key: string): string {
  const value = Object.entries(input ?? {}).find(([name]) => name === key)?.[1];
  const place = typeof value === "string" ? value.replace(ROOT, "") : "";
  return place === "" || place === "." ? "**" : place;
}
