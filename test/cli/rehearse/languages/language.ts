/** A small real repository in one language, an issue on it, and how the coder settles it. */
export interface Language {
  readonly name: string;
  /** Programs on PATH without which the test is skipped, and files that must be there. */
  readonly needs: { readonly programs: readonly string[]; readonly files?: readonly string[] };
  readonly files: Readonly<Record<string, string>>;
  /**
   * A config where looking cannot know enough, e.g. where an offline repository of packages lies. A function may prepare
   * what the config names: it gets the repository and an empty folder.
   */
  readonly config?: string | ((repository: string, folder: string) => Promise<string>);
  /** Whole files that the coder writes. */
  readonly change: Readonly<Record<string, string>>;
  /** The id in the report of the test that shows the change. */
  readonly shownBy: string;
  /** What the evidence must say, by the full names of the tests. */
  readonly failToPass: readonly string[];
  readonly passToPass: number;
}
