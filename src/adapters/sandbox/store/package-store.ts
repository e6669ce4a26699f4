import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dependencyKind } from "../../../domain/dependencies/files.ts";
import {
  judgePackages,
  type KeptPackages,
  LABEL_BYTES,
  labelPackages,
  MOST_KEPT_BYTES,
  PACKAGES_SIGNER,
  packagesKey,
} from "../../../domain/dependencies/kept-packages.ts";
import { type Digest, digestOf } from "../../../domain/digest.ts";
import { messageOf } from "../../../domain/text/message-of.ts";
import type { Shelf } from "../../../ports/shelf.ts";
import { removeTree } from "../remains.ts";
import { pack, readArchive, unpack, writeLabel } from "./archive.ts";

/** Where packages of earlier runs come from, and what decides which. */
export interface PackageStoreOptions {
  readonly shelf: Shelf;
  /** `checks.setup` of the config. */
  readonly command: string;
  /** Names the image of the machine and what kind it is. */
  readonly machine: readonly string[];
  /** The private half, where this job may keep what `setup` brings: one that no byte of an agent is in. */
  readonly key?: string | undefined;
  /** Hears what was brought, kept or refused, a line each. */
  readonly tell: (line: string) => void;
}

/** What a tree said of its packages before anything ran in it. */
export interface WantedPackages {
  readonly key: Digest;
  /** The public half, as the tree has it. */
  readonly signer: string;
}

/** Packages that `setup` brought in one run and finds in another. Whatever goes wrong here costs time alone: nothing rejects. */
export interface PackageStore {
  /** Undefined where the tree names no signer. */
  read(tree: string): WantedPackages | undefined;
  /** What the signer signed for just these packages, unpacked into an empty folder; undefined where there is nothing. */
  bring(wanted: WantedPackages, places: Places): Promise<KeptPackages | undefined>;
  /** Keeps what `setup` left in that folder, once. Nothing inside may be alive. */
  keep(wanted: WantedPackages, places: Places, setupMs: number): Promise<void>;
}

interface Places {
  /** Where the tools of commands keep what they fetch. */
  readonly folder: string;
  /** Where the archive lies for a moment; nothing inside sees it. */
  readonly archive: string;
}

/** @param tools the toolchains of the machine, as their folders name them */
export function openPackageStore(
  options: PackageStoreOptions,
  tools: readonly string[],
): PackageStore {
  const { command } = options;
  const machine = [...options.machine, process.version, ...tools];
  let isKept = false;
  return {
    read: (tree) => {
      const signer = readText(join(tree, PACKAGES_SIGNER));
      if (signer === undefined) return undefined;
      return { signer, key: packagesKey({ files: dependencyFilesIn(tree), command, machine }) };
    },
    bring: (wanted, places) => bringPackages(wanted, places, options),
    keep: async (wanted, places, setupMs) => {
      const { key } = options;
      if (key === undefined || isKept) return;
      isKept = true;
      await keepPackages(wanted, places, { ...options, key, setupMs });
    },
  };
}

async function bringPackages(
  wanted: WantedPackages,
  { folder, archive: file }: Places,
  { shelf, tell }: Pick<PackageStoreOptions, "shelf" | "tell">,
): Promise<KeptPackages | undefined> {
  const unused = (why: string) => tell(`Packages of an earlier setup are not used: ${why}`);
  try {
    const came = await shelf.bring(nameOf(wanted), { file, maximumBytes: MOST_ARCHIVED_BYTES });
    if (came === "nothing") return undefined;
    if (came !== "brought") return void unused(came.failed);
    const judged = judgePackages({ ...(await readArchive(file)), ...wanted });
    if ("because" in judged) return void unused(judged.because);
    await unpack(file, folder);
    tell(`Packages of an earlier setup are used: ${judged.kept.bytes} bytes.`);
    return judged.kept;
  } catch (error) {
    // Half of what was unpacked is worth nothing.
    for (const name of readdirSync(folder)) removeTree(join(folder, name));
    return void unused(messageOf(error));
  } finally {
    rmSync(file, { force: true });
  }
}

async function keepPackages(
  wanted: WantedPackages,
  { folder, archive: file }: Places,
  given: PackageStoreOptions & { readonly key: string; readonly setupMs: number },
): Promise<void> {
  const { shelf, tell, key, setupMs } = given;
  const unkept = (why: string) => tell(`Packages of setup are not kept: ${why}`);
  try {
    const packed = await pack(folder, file);
    const label = labelPackages({ madeFor: wanted.key, ...packed, setupMs }, key);
    // What nobody could use is better said here than missed later: a private key that is not the other half.
    const judged = judgePackages({ label, digest: packed.digest, ...wanted });
    if ("because" in judged) return unkept(judged.because);
    await writeLabel(file, label);
    const put = await shelf.put(nameOf(wanted), file);
    if (put !== "kept") return unkept(put.failed);
    tell(`Packages of setup are kept for later runs: ${packed.bytes} bytes.`);
  } catch (error) {
    unkept(messageOf(error));
  } finally {
    rmSync(file, { force: true });
  }
}

const MOST_ARCHIVED_BYTES = MOST_KEPT_BYTES + LABEL_BYTES;

function nameOf({ key }: WantedPackages): string {
  return `millwright-setup-${key}`;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Never through a link: what a link shows is a file of its own, or none of the tree. */
function dependencyFilesIn(tree: string) {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .filter((path) => dependencyKind(path) !== undefined)
    .map((path) => ({ path, digest: digestOf(readFileSync(join(tree, path))) }));
}
