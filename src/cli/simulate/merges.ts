import type { Issue } from "./issues.ts";
import { PROFILE } from "./profile.ts";

/** What was merged in one repository, in order. */
export class Merges {
  readonly #all: { readonly at: number; readonly files: ReadonlySet<number> }[] = [];

  add(at: number, { files }: Pick<Issue, "files">): void {
    this.#all.push({ at, files: new Set(files) });
  }

  /** Whether the head is another one than it was then. */
  since(at: number): boolean {
    return (this.#all.at(-1)?.at ?? Number.NEGATIVE_INFINITY) > at;
  }

  /** Whether lines of a change collide with those of one that was merged since: by chance, where both touch a file. */
  collide({ files, chance }: Pick<Issue, "files" | "chance">, since: number): boolean {
    for (let index = this.#all.length - 1; index >= 0; index -= 1) {
      const merge = this.#all[index];
      if (merge === undefined || merge.at <= since) return false;
      if (files.some((file) => merge.files.has(file)) && chance() < PROFILE.collision) return true;
    }
    return false;
  }
}
