import type { ModelTool } from "../../ports/model.ts";

/** For each tool that looks without changing: the key of its input that says where, and what to add for a reader. */
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

/** Where the sandbox shows the working copy: the same file has one name on the page. */
const ROOT = /^(?:\/ws\/|\.\/)+/;

/**
 * The same tool, but what it looked at goes to `note` as a path or a glob: `src/zones.ts`, `src/**` followed by how.
 * A look that failed saw nothing and is not noted; what was searched for or found never is. Other tools stay as they are.
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
