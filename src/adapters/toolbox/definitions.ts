import { COMMAND_TIMEOUT_MS, MAXIMUM_COMMAND_TIMEOUT_MS } from "./protocol.ts";

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

const text = { type: "string" } as const;

function definition(
  name: string,
  description: string,
  shape: {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly required: readonly string[];
  },
): ToolDefinition {
  return { name, description, inputSchema: { type: "object", ...shape } };
}

/**
 * The model's description of the toolbox. Names and inputs are those of the SDK's `agent_toolset_20260401`, which runs
 * inside; they are repeated here so that the worker does not have to load it. The order never changes, because the cache
 * reads an exact prefix.
 */
export const TOOLBOX: readonly ToolDefinition[] = [
  definition(
    "bash",
    `Runs a bash command in the working directory, in a shell of its own: no state stays. No network. Ends after ${COMMAND_TIMEOUT_MS} ms unless timeout_ms says otherwise. Answers the exit code and the output, a long one without its middle.`,
    {
      properties: {
        command: { ...text, description: "The command to run" },
        timeout_ms: { type: "integer", minimum: 1, maximum: MAXIMUM_COMMAND_TIMEOUT_MS },
      },
      required: ["command"],
    },
  ),
  definition(
    "read",
    "Reads a text file; a byte that is not UTF-8 is shown as \\x{…}. A long file needs view_range.",
    {
      properties: {
        file_path: text,
        view_range: {
          type: "array",
          items: { type: "integer" },
          description: "[first line, last line], from 1, both included",
        },
      },
      required: ["file_path"],
    },
  ),
  definition("write", "Writes a text file, with the folders that it needs.", {
    properties: { file_path: text, content: text },
    required: ["file_path", "content"],
  }),
  definition(
    "edit",
    "Replaces old_string by new_string in a file. old_string must occur exactly once unless replace_all is true. Line ends, encoding and byte order mark of the file stay.",
    {
      properties: {
        file_path: text,
        old_string: text,
        new_string: text,
        replace_all: { type: "boolean" },
      },
      required: ["file_path", "old_string", "new_string"],
    },
  ),
  definition("glob", "Lists files whose path matches a pattern, newest first.", {
    properties: { pattern: text, path: { ...text, description: "Folder to look in" } },
    required: ["pattern"],
  }),
  definition("grep", "Finds lines that match a regular expression.", {
    properties: { pattern: text, path: { ...text, description: "File or folder to look in" } },
    required: ["pattern"],
  }),
];
