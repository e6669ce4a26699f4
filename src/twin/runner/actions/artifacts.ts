import { createHash } from "node:crypto";
import { cp, lstat, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StepFailure } from "../workflow/failures.ts";

interface ArtifactFile {
  /** Path inside the artifact, with slashes. */
  readonly path: string;
  /** Absolute path of the file to take. */
  readonly from: string;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** SHA-256 in hex over the names and contents of its files. */
  readonly digest: string;
  readonly files: readonly string[];
}

/** Artifacts of one run: immutable, and each name once in each attempt. */
export interface Artifacts {
  /** Names are free again; of two with one name the newer is found. */
  beginAttempt(): void;
  /** @throws {StepFailure} when the name is taken, unless `overwrite`, or it holds no file. */
  upload(upload: {
    readonly name: string;
    readonly files: readonly ArtifactFile[];
    readonly overwrite: boolean;
  }): Promise<Artifact>;
  list(): readonly Artifact[];
  /** @throws {StepFailure} when the stored bytes are not those that were uploaded. */
  download(artifact: Artifact, to: string): Promise<void>;
}

/** Most artifacts of one job on GitHub; the twin counts per run. */
const MOST_ARTIFACTS = 500;
const FORBIDDEN_IN_NAME = /["<>:|*?\r\n\\/]/;

export function createArtifacts(folder: string, firstId: number): Artifacts {
  const stored = new Map<string, Artifact>();
  const taken = new Set<string>();
  let next = firstId;
  const folderOf = (artifact: Pick<Artifact, "id">) => join(folder, String(artifact.id));

  return {
    beginAttempt: () => taken.clear(),
    async upload({ name, files, overwrite }) {
      if (name === "" || FORBIDDEN_IN_NAME.test(name)) {
        throw new StepFailure(`The artifact name is not valid: '${name}'`);
      }
      if (taken.has(name) && !overwrite) {
        throw new StepFailure(
          `Failed to CreateArtifact: an artifact with this name already exists on the workflow run (409): '${name}'`,
        );
      }
      if (stored.size >= MOST_ARTIFACTS) {
        throw new StepFailure(`a run can hold at most ${MOST_ARTIFACTS} artifacts`);
      }
      // The name is reserved before the first await: two uploads of one name cannot both succeed.
      taken.add(name);
      const id = next++;
      const paths = files.map((file) => file.path).sort();
      stored.set(name, { id, name, digest: "", files: paths });
      for (const file of files) {
        await store(file, join(folderOf({ id }), file.path));
      }
      const artifact = { id, name, digest: await digestOf(folderOf({ id }), paths), files: paths };
      stored.set(name, artifact);
      return artifact;
    },
    list: () => [...stored.values()].filter((artifact) => artifact.digest !== ""),
    async download(artifact, to) {
      const found = await digestOf(folderOf(artifact), artifact.files);
      if (found !== artifact.digest) {
        throw new StepFailure(
          `digest mismatch of artifact '${artifact.name}': expected ${artifact.digest}, found ${found}`,
        );
      }
      for (const path of artifact.files) {
        const target = join(to, path);
        await rm(target, { force: true, recursive: true });
        await mkdir(dirname(target), { recursive: true });
        await cp(join(folderOf(artifact), path), target);
      }
    },
  };
}

async function store(file: ArtifactFile, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  // The real action follows links and keeps contents, never the link.
  await cp(file.from, target, { dereference: true });
}

async function digestOf(folder: string, paths: readonly string[]): Promise<string> {
  const whole = createHash("sha256");
  for (const path of [...paths].sort()) {
    const file = join(folder, path);
    const bytes = (await lstat(file).catch(() => undefined))?.isFile()
      ? await readFile(file)
      : "missing";
    whole.update(`${createHash("sha256").update(bytes).digest("hex")}  ${path}\n`);
  }
  return whole.digest("hex");
}
