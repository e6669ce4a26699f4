import { join } from "node:path";
import { root } from "../../repository/bundles.ts";

export interface Example {
  readonly name: string;
  readonly built: string;
  readonly needs: readonly string[];
}

export interface Adopted {
  readonly name: string;
  readonly outcome: "merged" | "left-out" | "failed";
  readonly because?: string;
  readonly questions?: number;
  readonly edits?: number;
  readonly lines?: number;
  readonly documents?: readonly string[];
  readonly checks?: readonly string[];
  readonly proven?: readonly string[];
}

export const { readExamples, missingOn } = (await import(
  join(root, "scripts/adopt/examples.mjs")
)) as {
  readExamples(root: string): readonly Example[];
  missingOn(path: string, programs: readonly string[]): readonly string[];
};

export const { adopt } = (await import(join(root, "scripts/adopt/adopt.mjs"))) as {
  adopt(
    example: Example,
    how: { readonly root: string; readonly minutes: number },
  ): Promise<Adopted>;
};

export const { tableOf, sayAdopted } = (await import(join(root, "scripts/adopt/say.mjs"))) as {
  tableOf(results: readonly Adopted[]): string;
  sayAdopted(result: Adopted): string;
};

/** Takes an example from its files to a merged issue; throws with what stood in the way. */
export async function adopted(example: Example, minutes: number): Promise<Adopted> {
  const result = await adopt(example, { root, minutes });
  if (result.outcome !== "merged") throw new Error(`${result.outcome}: ${result.because}`);
  return result;
}
