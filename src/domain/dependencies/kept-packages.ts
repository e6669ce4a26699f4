import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson, Digest, digestOfValue } from "../digest.ts";
import { matchesAny } from "../path.ts";
import { dependencyKind } from "./files.ts";

/**
 * Public half of the key that signs kept packages, a PEM file of the base commit. Without it nothing is kept or
 * restored.
 */
export const PACKAGES_SIGNER = ".github/factory/setup-cache.pub";

/** The most bytes of a packed archive. GitHub holds 10 GB for a whole repository. */
export const MOST_KEPT_BYTES = 2_000_000_000;

const Facts = z.strictObject({
  version: z.literal(1),
  /** Identifies the packages, the command and the machine. */
  madeFor: Digest,
  /** SHA-256 of the archive. */
  digest: Digest,
  /** Of the archive, packed. */
  bytes: z.int().nonnegative().max(MOST_KEPT_BYTES),
  /** Milliseconds that `setup` took without it. */
  setupMs: z.number().nonnegative(),
});
type Facts = z.infer<typeof Facts>;

/** The result of `setup`, and the time that it saves. */
export type KeptPackages = Pick<Facts, "bytes" | "setupMs">;

const Label = z.strictObject({ facts: Facts, signature: z.base64().max(200) });

/** The longest label, in bytes. */
export const LABEL_BYTES = 2_000;

/** Whether a file affects the result of `setup`: it is about dependencies, or `setup` sees only such files. */
export function decides(path: string, sees: readonly string[] | undefined): boolean {
  return sees === undefined ? dependencyKind(path) !== undefined : matchesAny(path, sees);
}

/**
 * Key of a `setup` result: each file that affects it with the digest of its bytes, the command, and the machine with its
 * tools. If any of that changes, the key does too.
 */
export function setupKey(about: {
  readonly files: readonly {
    readonly path: string;
    readonly digest: Digest;
    /** Whether a command can run it. The same bytes may then behave differently. */
    readonly isExecutable?: boolean;
  }[];
  readonly command: string;
  readonly machine: readonly string[];
  /** Globs of the only files that it sees; absent if it sees all. */
  readonly sees: readonly string[] | undefined;
}): Digest {
  const files = about.files
    .filter(({ path }) => decides(path, about.sees))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return digestOfValue({ version: 1, ...about, files });
}

/** Signs an archive with the private key. Throws if that is no Ed25519 key in PEM, or a fact exceeds its bounds. */
export function labelPackages(facts: Omit<Facts, "version">, privateKey: string): string {
  const whole = Facts.parse({ version: 1, ...facts });
  const signature = sign(null, signedText(whole), ed25519(createPrivateKey(privateKey)));
  return JSON.stringify({ facts: whole, signature: signature.toString("base64") });
}

/**
 * Whether an archive may be opened: the base's own key signed exactly these bytes for exactly this key. Its location
 * proves nothing, because anything that runs on the default branch can write to that cache.
 */
export function judgePackages(found: {
  readonly label: string;
  /** Digest of the bytes behind the label. */
  readonly digest: Digest;
  /** Key of the wanted packages. */
  readonly key: Digest;
  readonly signer: string;
}): { readonly kept: KeptPackages } | { readonly because: string } {
  const read = readLabel(found.label);
  if (read === undefined) return { because: "its label cannot be read" };
  const { facts, signature } = read;
  const signer = readSigner(found.signer);
  if (signer === undefined) return { because: `${PACKAGES_SIGNER} is no Ed25519 key in PEM` };
  if (!verify(null, signedText(facts), signer, Buffer.from(signature, "base64"))) {
    return { because: `it is not signed by the key of ${PACKAGES_SIGNER}` };
  }
  if (facts.madeFor !== found.key) return { because: "it was made for other packages" };
  if (facts.digest !== found.digest) return { because: "its bytes are not those that were signed" };
  return { kept: facts };
}

function readLabel(text: string): z.infer<typeof Label> | undefined {
  try {
    return Label.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function readSigner(pem: string): KeyObject | undefined {
  try {
    return ed25519(createPublicKey(pem));
  } catch {
    return undefined;
  }
}

/** One kind only, so that no key can be passed off as another kind. */
function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "ed25519") throw new TypeError("expected an Ed25519 key");
  return key;
}

function signedText(facts: Facts): Buffer {
  return Buffer.from(`millwright packages of setup\n${canonicalJson(facts)}`);
}
