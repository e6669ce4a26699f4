import { z } from "zod";
import type { ObjectId } from "../../domain/digest.ts";
import { ContentAnswer } from "./answers.ts";
import type { Client } from "./client.ts";
import { failureOf } from "./failures.ts";

/** A folder, a link, or a file of more than 1 MB: nothing is known of it. */
const Anything = z.unknown().transform(() => undefined);

/**
 * What some paths hold at a commit, all together, byte by byte; a path that is not there, or no file that GitHub shows,
 * adds nothing. One request a path. Rejects when GitHub does not answer.
 */
export async function readBaseText(
  client: Client,
  commit: ObjectId,
  paths: readonly string[],
): Promise<string> {
  const texts: string[] = [];
  for (const path of paths) texts.push(await readText(client, commit, path));
  return texts.join("\n");
}

async function readText(client: Client, ref: ObjectId, path: string): Promise<string> {
  const segments = path.split("/");
  // The path is a worker's word and not judged yet: in an address its dots would lead out of the repository.
  if (segments.some((one) => one === "" || one === "." || one === "..")) return "";
  try {
    const answer = z.union([ContentAnswer, Anything]);
    const file = await client.ask(answer, "GET /contents/{+path}", {
      path: segments.map(encodeURIComponent).join("/"),
      ref,
    });
    return file === undefined ? "" : Buffer.from(file.content, "base64").toString("latin1");
  } catch (error: unknown) {
    if (failureOf(error)?.status === 404) return "";
    throw error;
  }
}
