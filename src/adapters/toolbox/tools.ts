/** One tool of the toolbox: its raw input, its answer as text. A thrown error is an answer, too. */
export type RunTool = (input: unknown) => Promise<string>;

/** The tools that a toolbox serves, by name. */
export type Tools = ReadonlyMap<string, RunTool>;
