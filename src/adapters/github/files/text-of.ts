import { z } from "zod";
import type { Part } from "../../../domain/github/snapshot.ts";
import { ContentAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

/** A folder, a link, or a file whose content GitHub omits. */
const Anything = z.unknown().transform(() => undefined);

/** The port's `textOf`. GitHub gives the same answer for a missing file and for one that a token may not see. */
export async function readTextOf(
  client: Client,
  repository: string,
  path: string,
): Promise<Part<string>> {
  const [owner = "", repo = ""] = repository.split("/");
  try {
    const answer = z.union([ContentAnswer, Anything]);
    const read = await client.ask(answer, "GET /contents/{+path}", { owner, repo, path });
    return read === undefined
      ? { unknown: "no file whose content GitHub shows" }
      : { known: Buffer.from(read.content, "base64").toString("utf8") };
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status !== 404) throw error;
    return { unknown: "not there, or not to be seen with this token" };
  }
}
