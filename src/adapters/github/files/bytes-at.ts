import { z } from "zod";
import type { ObjectId } from "../../../domain/digest.ts";
import type { FileState } from "../../../ports/github.ts";
import { ContentAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

/** A folder, a link, or a file of more than 1 MB, whose content GitHub omits. */
const Anything = z.unknown().transform(() => undefined);

/** Content of each path at a commit. One request per path, one after the other. Rejects if GitHub does not answer. */
export async function readBytesAt(
  client: Client,
  commit: ObjectId,
  paths: readonly string[],
): Promise<readonly FileState[]> {
  const states: FileState[] = [];
  for (const path of paths) states.push(await readBytes(client, commit, path));
  return states;
}

async function readBytes(client: Client, ref: ObjectId, path: string): Promise<FileState> {
  const segments = path.split("/");
  // The path comes from a worker and is not checked yet: in an address its dots could lead out of the repository.
  if (segments.some((one) => one === "" || one === "." || one === "..")) return { known: null };
  try {
    const answer = z.union([ContentAnswer, Anything]);
    const file = await client.ask(answer, "GET /contents/{+path}", {
      path: segments.map(encodeURIComponent).join("/"),
      ref,
    });
    return file === undefined
      ? { unknown: "no file whose content GitHub shows" }
      : { known: Buffer.from(file.content, "base64") };
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return { known: null };
    throw error;
  }
}
