import { find, type Rest } from "./rest.ts";

interface RestTree {
  readonly sha: string;
  readonly tree: readonly {
    readonly path: string;
    readonly mode: string;
    readonly type: string;
    readonly sha: string;
  }[];
}

/** The target of "COMMIT:path": a folder, a file, or nothing. The twin does not know other expressions. */
export async function folderValue(rest: Rest, expression: string) {
  const [, commit = "", path = ""] = /^([0-9a-f]{40}):(.*)$/s.exec(expression) ?? [];
  if (commit === "") throw new Error(`The twin knows no object by ${JSON.stringify(expression)}.`);
  const found = await find<{ readonly tree: { readonly sha: string } }>(
    rest,
    `GET /git/commits/${commit}`,
  );
  if (found === null) return null;
  let folder = found.tree.sha;
  for (const name of path.split("/").filter((one) => one !== "")) {
    const entry = (await treeOf(rest, folder))?.tree.find((one) => one.path === name);
    if (entry === undefined) return null;
    if (entry.type !== "tree") return { __typename: "Blob", oid: entry.sha };
    folder = entry.sha;
  }
  const entries = async () =>
    (await treeOf(rest, folder))?.tree.map(({ path: own, mode, type, sha: oid }) => ({
      nameRaw: Buffer.from(own, "utf8").toString("base64"),
      mode: Number.parseInt(mode, 8),
      type,
      oid,
    })) ?? null;
  return { __typename: "Tree", oid: folder, entries };
}

async function treeOf(rest: Rest, sha: string): Promise<RestTree | null> {
  return await find<RestTree>(rest, `GET /git/trees/${sha}`);
}
