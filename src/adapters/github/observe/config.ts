import { ContentAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import type { Look } from "./look/look.ts";

const PATH = ".github/factory.yml";
/** Git modes of a file that is no link. */
const PLAIN: readonly number[] = [0o100644, 0o100755];

/** The config at the head: as in the look, or read alone if it is a link, a folder, no text or too long for it. */
export async function readConfig(
  client: Client,
  { defaultBranchRef }: Look["repository"],
): Promise<string | null> {
  const { oid, file } = defaultBranchRef.target;
  if (file === null) return null;
  const { mode, object } = file;
  const isShown = PLAIN.includes(mode) && object?.isTruncated === false;
  if (isShown && object.text != null) return object.text;
  try {
    const read = await client.ask(ContentAnswer, "GET /contents/{+path}", { path: PATH, ref: oid });
    return Buffer.from(read.content, "base64").toString("utf8");
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return null;
    throw error;
  }
}
