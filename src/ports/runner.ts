/** The job this process runs in: inputs, outputs, logs. Secrets are registered so that the runner masks them. */
export interface Runner {
  input(name: string): string;
  output(name: string, value: string): void;
  secret(value: string): void;
  /** One log line of ours. Foreign text goes through `quote`. */
  info(line: string): void;
  warning(line: string): void;
  /** Foreign text (command output, issue text, model words): each line gets a prefix so that none parses as a command. */
  quote(text: string): void;
  /** Markdown of the job summary, through the renderer. */
  summary(markdown: string): Promise<void>;
  fail(message: string): void;
  readFile(path: string, maximumBytes: number): Promise<Uint8Array>;
  writeFile(path: string, content: string): Promise<void>;
  /** The webhook payload of this run, parsed; never used as authority without asking the API. */
  event(): Promise<{ readonly name: string; readonly payload: unknown }>;
  readonly run: {
    readonly id: number;
    readonly attempt: number;
    readonly repository: string;
    /** File of the calling workflow (`factory.yml`), from `github.workflow_ref`. */
    readonly workflowFile: string;
    readonly serverUrl: string;
    /** Root of the REST API, `GITHUB_API_URL`. */
    readonly apiUrl: string;
    readonly actor: { readonly id: number; readonly login: string };
  };
}
