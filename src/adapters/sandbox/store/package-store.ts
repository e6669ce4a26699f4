import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  decides,
  judgePackages,
  type KeptPackages,
  LABEL_BYTES,
  labelPackages,
  MOST_KEPT_BYTES,
  PACKAGES_SIGNER,
  setupKey,
} from "../../../domain/dependencies/kept-packages.ts";
import { type Digest, digestOf } from "../../../domain/digest.ts";
import { messageOf } from "../../../domain/text/message-of.ts";
import type { SandboxCommand } from "../../../ports/sandbox.ts";
import type { Shelf } from "../../../ports/shelf.ts";
import { removeTree } from "../remains.ts";
import { filesIn } from "./apart.ts";
import { pack, readArchive, unpack, writeLabel } from "./archive.ts";

/** Source of packages from earlier runs, and the facts that select them. */
export interface PackageStoreOptions {
  readonly shelf: Shelf;
  /** Names the machine's image and kind. */
  readonly machine: readonly string[];
  /** The private half, if this job may keep the result of `setup`: a job without any byte of an agent. */
  readonly key?: string | undefined;
  /** Hears what was restored, kept or refused, one line each. */
  readonly tell: (line: string) => void;
}

/** The wanted packages, by a tree before anything ran in it. */
export interface Wanted {
  readonly key: Digest;
  /** The public half, from the tree. */
  readonly signer: string;
  /** Folders below the root of the workspace that are kept. */
  readonly names: readonly string[];
}

/** Results of `setup` from one run for another. Any failure here only costs time, so nothing rejects. */
export interface PackageStore {
  /** Undefined if the tree names no signer. */
  read(tree: string, command: Pick<SandboxCommand, "command" | "sees">): Wanted | undefined;
  /** Unpacks what the signer signed for exactly this; undefined if there is nothing. */
  bring(wanted: Wanted, root: string): Promise<KeptPackages | undefined>;
  /** Keeps the result of `setup`, once. Nothing inside may be running. */
  keep(wanted: Wanted, root: string, setupMs: number): Promise<void>;
}

/** @param tools the toolchains of the machine, as their folders name them */
export function openPackageStore(
  options: PackageStoreOptions,
  tools: readonly string[],
): PackageStore {
  const machine = [...options.machine, process.version, ...tools];
  let isKept = false;
  return {
    read: (tree, { command, sees }) => {
      const signer = readText(join(tree, PACKAGES_SIGNER));
      if (signer === undefined) return undefined;
      const files = filesIn(tree)
        .filter((path) => decides(path, sees))
        .map((path) => fileAt(tree, path));
      const names = sees === undefined ? ["cache"] : ["cache", "temporary", "workspace"];
      return { signer, key: setupKey({ files, command, machine, sees }), names };
    },
    bring: (wanted, root) => bringPackages(wanted, root, options),
    keep: async (wanted, root, setupMs) => {
      const { key } = options;
      if (key === undefined || isKept) return;
      isKept = true;
      await keepPackages(wanted, root, { ...options, key, setupMs });
    },
  };
}

async function bringPackages(
  wanted: Wanted,
  root: string,
  { shelf, tell }: Pick<PackageStoreOptions, "shelf" | "tell">,
): Promise<KeptPackages | undefined> {
  const file = join(root, ARCHIVE);
  const unused = (why: string) => tell(`Packages of an earlier setup are not used: ${why}`);
  try {
    const came = await shelf.bring(nameOf(wanted), { file, maximumBytes: MOST_ARCHIVED_BYTES });
    if (came === "nothing") return undefined;
    if (came !== "brought") return void unused(came.failed);
    const judged = judgePackages({ ...(await readArchive(file)), ...wanted });
    if ("because" in judged) return void unused(judged.because);
    await unpack(file, root);
    tell(`Packages of an earlier setup are used: ${judged.kept.bytes} bytes.`);
    return judged.kept;
  } catch (error) {
    // A partly unpacked archive is worthless.
    for (const folder of wanted.names.map((name) => join(root, name))) {
      for (const name of readdirSync(folder)) removeTree(join(folder, name));
    }
    return void unused(messageOf(error));
  } finally {
    rmSync(file, { force: true });
  }
}

async function keepPackages(
  wanted: Wanted,
  root: string,
  given: PackageStoreOptions & { readonly key: string; readonly setupMs: number },
): Promise<void> {
  const file = join(root, ARCHIVE);
  const { shelf, tell, key, setupMs } = given;
  const unkept = (why: string) => tell(`Packages of setup are not kept: ${why}`);
  try {
    const packed = await pack({ root, names: wanted.names }, file);
    const label = labelPackages({ madeFor: wanted.key, ...packed, setupMs }, key);
    // Better to report a mismatched private key here than to miss packages later.
    const judged = judgePackages({ label, digest: packed.digest, ...wanted });
    if ("because" in judged) return unkept(judged.because);
    await writeLabel(file, label);
    const put = await shelf.put(nameOf(wanted), file);
    if (put !== "kept") return unkept(put.failed);
    tell(`Packages of setup are kept for later runs: ${packed.bytes} bytes, as ${nameOf(wanted)}.`);
  } catch (error) {
    unkept(messageOf(error));
  } finally {
    rmSync(file, { force: true });
  }
}

/** Beside the folders that commands see. */
const ARCHIVE = "packages";
const MOST_ARCHIVED_BYTES = MOST_KEPT_BYTES + LABEL_BYTES;

function fileAt(tree: string, path: string) {
  const place = join(tree, path);
  const isExecutable = (statSync(place).mode & 0o111) !== 0;
  return { path, digest: digestOf(readFileSync(place)), isExecutable };
}

function nameOf({ key }: Wanted): string {
  return `millwright-setup-${key}`;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
