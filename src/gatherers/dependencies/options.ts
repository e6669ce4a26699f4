import { z } from "zod";

/** Package managers whose answer about newer versions can be read. */
export const TOOLS = ["npm", "pip", "go"] as const;
export type Tool = (typeof TOOLS)[number];

/** What each is asked by default, in the form that it documents, and the exit codes by which it has answered. */
export const ASKED: Readonly<
  Record<Tool, { readonly run: string; readonly exits: readonly number[] }>
> = {
  // 1 says that something is outdated.
  npm: { run: "npm outdated --json --long", exits: [0, 1] },
  pip: { run: "python3 -m pip list --outdated --format json", exits: [0] },
  go: { run: "go list -m -u -json all", exits: [0] },
};

export const Source = z.strictObject({
  tool: z.enum(TOOLS),
  /** Prints what the tool would; the tool itself by default. */
  run: z.string().min(1).max(2_000).optional(),
  /** The folder of the manifest. */
  folder: z
    .string()
    .regex(
      /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\p{Cc}]{1,200}$/u,
      "expected a folder below the root",
    )
    .default("."),
});
export type Source = z.infer<typeof Source>;

export const DependencyOptions = z.strictObject({
  sources: z.array(Source).min(1).max(20),
});
export type DependencyOptions = z.infer<typeof DependencyOptions>;
