import type { Config } from "../config/schema.ts";

/**
 * What the config adds to the paths that need a person: those it names, and the harness, because its files stand in every
 * prompt of the next run (DESIGN §5.2; threats PER-01, QA-06).
 */
export function protectedPathsOf({
  protect,
  harness,
}: Pick<Config, "protect" | "harness">): readonly string[] {
  return [...protect, ...harness];
}
