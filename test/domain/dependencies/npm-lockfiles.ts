import { createHash } from "node:crypto";

export const REGISTRY = "https://registry.npmjs.org";

export function integrityOf(bytes: string | Uint8Array): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

/** The entry that npm writes for a package of the registry; `changes` replace or take away (undefined) keys. */
export function locked(
  name: string,
  version: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const resolved = `${REGISTRY}/${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
  return { version, resolved, integrity: integrityOf(`${name} ${version}`), ...changes };
}

/** A lockfile of version 3 with these packages below `node_modules`. */
export function lockfile(
  packages: Readonly<Record<string, Record<string, unknown>>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const entries = Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry]);
  const root = { "": { name: "greeter", dependencies: {} }, ...Object.fromEntries(entries) };
  return `${JSON.stringify({ name: "greeter", lockfileVersion: 3, requires: true, packages: root, ...more }, null, 2)}\n`;
}
