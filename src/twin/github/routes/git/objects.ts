import { z } from "zod";
import { readBlob } from "../../git/objects/loose-objects.ts";
import { writeBlob } from "../../git/write-objects.ts";
import { nodeId } from "../../render/account.ts";
import { apiAddress } from "../../render/addresses.ts";
import {
  type Answer,
  created,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { notFound, unprocessable } from "../refusals.ts";
import { assertNotEmpty } from "./blobs.ts";
import { createTree, getTree } from "./trees.ts";

const newBlob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).optional() });

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

async function createBlob(request: RepositoryRequest): Promise<Answer> {
  const { content, encoding } = parseBody(request, newBlob);
  await assertNotEmpty(request);
  if (encoding === "base64" && !BASE64.test(content)) {
    throw unprocessable("content is not valid Base64");
  }
  const sha = await writeBlob(
    request.repository.gitDirectory,
    Buffer.from(content, encoding === "base64" ? "base64" : "utf8"),
  );
  return created({ sha, url: `${apiAddress(request.twin, request.repository)}/git/blobs/${sha}` });
}

async function getBlob(request: RepositoryRequest): Promise<Answer> {
  const sha = parameter(request, "file_sha");
  if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound();
  const bytes = await readBlob(request.repository.gitDirectory, sha);
  if (bytes === undefined) throw notFound();
  return ok({
    sha,
    node_id: nodeId("B", sha),
    size: bytes.length,
    url: `${apiAddress(request.twin, request.repository)}/git/blobs/${sha}`,
    content: `${bytes.toString("base64")}\n`,
    encoding: "base64",
  });
}

export const gitObjectRoutes = {
  "POST /repos/{owner}/{repo}/git/blobs": createBlob,
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": getBlob,
  "POST /repos/{owner}/{repo}/git/trees": createTree,
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": getTree,
} as const satisfies RepositoryRoutes;
