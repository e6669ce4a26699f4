import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Published {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** A registry of npm packages on loopback. */
export interface Registry {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  /** The entry of a lockfile for a package; the first version of it that is published, where none is named. */
  locked(name: string, version?: string): Record<string, unknown>;
  close(): Promise<void>;
}

export const PUBLISHED_AT = "2025-03-04T05:06:07.000Z";

export async function startRegistry(packages: readonly Published[]): Promise<Registry> {
  const tarballs = new Map(
    packages.map((one) => [`/${one.name}/-/${one.name}-${one.version}.tgz`, pack(one)]),
  );
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const tarball = tarballs.get(path);
    const one = packages.find(({ name }) => path === `/${name}`);
    if (tarball !== undefined) response.end(tarball);
    else if (one !== undefined)
      response.end(JSON.stringify({ time: { [one.version]: PUBLISHED_AT } }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    locked(name, wanted) {
      const one = packages.find(
        (each) => each.name === name && (wanted === undefined || each.version === wanted),
      );
      if (one === undefined) throw new Error(`the registry has no ${name}`);
      const path = `/${name}/-/${name}-${one.version}.tgz`;
      const hash = createHash("sha512")
        .update(tarballs.get(path) ?? "")
        .digest("base64");
      const { version, scripts } = one;
      return {
        version,
        resolved: `${url}${path}`,
        integrity: `sha512-${hash}`,
        ...(scripts === undefined ? {} : { hasInstallScript: true }),
      };
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pack({ name, version, files, scripts = {} }: Published): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "registry-test-"));
  try {
    const all = {
      ...files,
      "package.json": JSON.stringify({ name, version, type: "module", scripts }),
    };
    for (const [path, content] of Object.entries(all)) {
      const place = join(folder, "package", path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
    }
    return execFileSync("tar", ["-C", folder, "-czf", "-", "package"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
