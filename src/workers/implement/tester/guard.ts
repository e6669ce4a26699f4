import type { ChangedFile } from "../../../domain/change-set.ts";
import { partsOf } from "../../../domain/config/scoped-checks.ts";
import { dependencyFiles } from "../../../domain/dependencies/files.ts";
import { type Touched, touchedFiles } from "../../../domain/evidence/frozen.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { Bench, Look } from "../bench.ts";

/** The coder's changes to files that it does not own, by the change in the workspace. */
export function touchedIn(
  { order, contract }: Pick<Bench, "order" | "contract">,
  frozen: readonly ChangedFile[],
  { files, dependencies, refusals }: Look,
): readonly Touched[] {
  // A refused change has no files to compare; its own reason goes back.
  if (refusals.length > 0) return [];
  const changeSet = { base: order.base, files: [...files] };
  const approved =
    dependencies === "approved" ? dependencyFiles(changeSet).map(({ path }) => path) : [];
  const commands = Object.values(order.config.checks).flatMap((check) =>
    partsOf(check).map(({ run }) => run),
  );
  return touchedFiles(frozen, changeSet, {
    paths: contract.boundaries.paths,
    approved,
    commands,
  });
}

/** Restores the tester's files as written, and everything else as on the base. */
export async function putBack(
  touched: readonly Touched[],
  frozen: readonly ChangedFile[],
  { repository, base }: { readonly repository: Repository; readonly base: string },
): Promise<readonly ChangedFile[]> {
  const own = new Map(frozen.map((file) => [file.path, file]));
  const others = touched.filter(({ path }) => !own.has(path)).map(({ path }) => path);
  const ours = touched.flatMap(({ path }) => own.get(path) ?? []);
  return [...ours, ...(await asOnBase(others, { repository, base }))];
}

/** Files as on the base: whole, or deleted if it has none. */
export async function asOnBase(
  paths: readonly string[],
  { repository, base }: { readonly repository: Repository; readonly base: string },
): Promise<readonly ChangedFile[]> {
  const entries = paths.length === 0 ? [] : await repository.list(base);
  return await Promise.all(
    paths.map(async (path): Promise<ChangedFile> => {
      const bytes = await repository.read(base, path);
      if (bytes === undefined) return { path, deleted: true };
      const mode =
        entries.find((entry) => entry.path === path)?.mode === "100755" ? "100755" : "100644";
      return { path, mode, encoding: "base64", content: Buffer.from(bytes).toString("base64") };
    }),
  );
}

export function refuseTouched(touched: readonly Touched[]): Refusal {
  return {
    code: "tests-touched",
    subject: touched[0]?.path.slice(0, 300) ?? "a test",
    found: touched
      .map(({ path, how }) => `${path}: ${how}`)
      .join("; ")
      .slice(0, 2_000),
    accepted: "the bytes that the tester wrote, and the runner as the base configures it",
  };
}

const HOW: Readonly<Record<Touched["how"], string>> = {
  edited: "is a test of the tester: your edit was taken back",
  removed: "is a test of the tester: it was put back",
  "steers-tests":
    "configures tools, the runner among them, and the contract does not name it: it was put back as the base has it",
  "stands-in": "would stand in for a part of the tester's tests: it was taken away",
};

/** Text for the coder about restored files. */
export function sayTouched({ path, how }: Touched): string {
  return `${path} ${HOW[how]}. Doing it again ends this attempt; a test that is wrong belongs into \`corrections\`.`;
}
