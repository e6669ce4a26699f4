import { generateKeyPairSync } from "node:crypto";

/** A pair of keys in PEM, as `openssl` writes them. */
export function makeSigningKeys(): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** The public half of a pair of another kind. */
export function makeRsaKey(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
