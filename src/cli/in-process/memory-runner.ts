import type { Runner } from "../../ports/runner.ts";

export interface MemoryRunnerOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Files that can be read, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  readonly run?: Partial<Runner["run"]>;
}

export interface MemoryRunner extends Runner {
  readonly outputs: ReadonlyMap<string, string>;
  /** Log lines in order, `quote`d ones as `| …`, warnings as `warning: …`. */
  readonly lines: readonly string[];
  readonly secrets: readonly string[];
  readonly summaries: readonly string[];
  readonly failures: readonly string[];
  /** What was written, by path; seeded with the files given. */
  readonly files: ReadonlyMap<string, string>;
}

/** A job in memory. Rejects for a file or an event it was not given. */
export function createMemoryRunner(options: MemoryRunnerOptions = {}): MemoryRunner {
  const outputs = new Map<string, string>();
  const files = new Map(Object.entries(options.files ?? {}));
  const lines: string[] = [];
  const secrets: string[] = [];
  const summaries: string[] = [];
  const failures: string[] = [];
  return {
    ...{ outputs, files, lines, secrets, summaries, failures },
    input: (name) => options.inputs?.[name] ?? "",
    output: (name, value) => {
      if (/[\r\n]/.test(value)) throw new Error(`output ${name} holds a line break`);
      outputs.set(name, value);
    },
    secret: (value) => void secrets.push(value),
    info: (line) => void lines.push(line),
    warning: (line) => void lines.push(`warning: ${line}`),
    quote: (text) => void lines.push(...text.split("\n").map((line) => `| ${line}`)),
    summary: async (markdown) => void summaries.push(markdown),
    fail: (message) => void failures.push(message),
    readFile: async (path, maximumBytes) => {
      const content = files.get(path);
      if (content === undefined) throw new Error(`the runner has no file ${path}`);
      const bytes = new TextEncoder().encode(content);
      if (bytes.length > maximumBytes)
        throw new Error(`${path} has more than ${maximumBytes} bytes`);
      return bytes;
    },
    writeFile: async (path, content) => void files.set(path, content),
    event: async () => {
      if (options.event === undefined) throw new Error("the runner has no event");
      return options.event;
    },
    run: {
      id: 1001,
      attempt: 1,
      repository: "OWNER/example",
      workflowFile: "factory.yml",
      serverUrl: "http://127.0.0.1",
      apiUrl: "http://127.0.0.1",
      actor: { id: 1, login: "owner" },
      ...options.run,
    },
  };
}
