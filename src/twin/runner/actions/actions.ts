import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StepFailure } from "../workflow/failures.ts";
import type { Source } from "../workflow/workflow-model.ts";
import { type Action, readActionFile } from "./action-file.ts";
import { type Library, type Reference, resolveReference } from "./library.ts";

/** An action with its files on disk, ready to run. */
export interface ResolvedAction {
  readonly uses: string;
  readonly action: Action;
  /** Folder of its action.yml. */
  readonly directory: string;
  /** Meaning of `$/` inside it. */
  readonly source: Source;
  /** Shown as GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF; absent for `./`. */
  readonly reference: Reference | undefined;
}

export interface ActionPlaces {
  readonly library: Library;
  /** Folder under which repositories of actions are unpacked. */
  readonly actions: string;
  readonly workspace: string;
}

/**
 * Puts the action in `uses` on disk. `./path` is read from the present workspace; `$/path` and `OWNER/REPO/path@ref` are
 * unpacked from the commit, so that no workspace file can replace them. @throws {StepFailure} that says what the twin
 * can run.
 */
export async function resolveAction(
  uses: string,
  from: Source,
  places: ActionPlaces,
): Promise<ResolvedAction> {
  if (uses.startsWith("./")) {
    const directory = join(places.workspace, uses);
    return {
      uses,
      source: from,
      reference: undefined,
      ...(await readFrom(directory, uses, places)),
    };
  }
  const reference = await resolveReference(uses, from, places.library.repository);
  const repository =
    reference === undefined ? undefined : places.library.repository(reference.source.repository);
  if (reference === undefined || repository === undefined) {
    throw new StepFailure(
      `'${uses}' cannot run here. The twin runs actions of repositories that were pushed to it (OWNER/REPO/path@ref, $/path, ./path), and of others only actions/checkout, actions/setup-node, actions/upload-artifact and actions/download-artifact.`,
    );
  }
  const { source, path } = reference;
  const folder = join(places.actions, source.repository, source.commit);
  if (!existsSync(folder)) {
    const { gitDirectory } = repository;
    await places.library.images.lay({ gitDirectory, id: source.commit }, folder);
  }
  return { uses, source, reference, ...(await readFrom(join(folder, path), uses, places)) };
}

async function readFrom(
  directory: string,
  uses: string,
  places: ActionPlaces,
): Promise<Pick<ResolvedAction, "action" | "directory">> {
  const name = ["action.yml", "action.yaml"].find((file) => existsSync(join(directory, file)));
  if (name === undefined) {
    throw new StepFailure(
      `Can't find 'action.yml' or 'action.yaml' for '${uses}'.${uses.startsWith("./") ? " Is actions/checkout missing before it?" : ""}`,
    );
  }
  const content = await readFile(join(directory, name), "utf8");
  const file = { name: `${uses.replace(/@.*/, "")}/${name}`, content };
  return { directory, action: readActionFile(file, places.library.reader) };
}
