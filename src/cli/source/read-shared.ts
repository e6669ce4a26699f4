import { SHARED_FILE } from "../../control/observed/config-text.ts";
import { messageOf } from "../../domain/text/message-of.ts";

/** Content of an organization's file, or why it could not be read: `hidden` is known not to be public, or to be missing. */
export type SharedReading =
  | { readonly text: string }
  | { readonly hidden: string }
  | { readonly unknown: string };

/** GitHub as whoever asks sees it. */
export interface Asking {
  readonly apiUrl: string;
  /** Without one only what is public answers, which is what the factory's own jobs see. */
  readonly token: string | undefined;
  readonly send: (request: Request) => Promise<Response>;
}

const GITHUB = "https://api.github.com";
const LONGEST_WAIT_MS = 15_000;

/**
 * Asks GitHub for the file that `extends` names, as control does. GitHub answers 404 alike for what is not there and for what
 * may not be seen; on github.com the two come to the same, since a job's token sees public repositories alone.
 */
export async function readShared(from: string, asking: Asking): Promise<SharedReading> {
  try {
    const about = await ask(asking, `/repos/${from}`, "application/vnd.github+json");
    if (about.status === 404) return missing(asking, `${from} is not there, or not public`);
    if (!about.ok) return { unknown: `GitHub said: ${about.status}` };
    const { private: isPrivate } = (await about.json()) as { readonly private?: boolean };
    if (isPrivate === true) return { hidden: `${from} is not public: a job's token cannot see it` };
    const path = `/repos/${from}/contents/${SHARED_FILE}`;
    const file = await ask(asking, path, "application/vnd.github.raw+json");
    if (file.status === 404) return { hidden: `${from} has no file ${SHARED_FILE}` };
    return file.ok ? { text: await file.text() } : { unknown: `GitHub said: ${file.status}` };
  } catch (error) {
    return { unknown: `GitHub was not reached: ${messageOf(error)}` };
  }
}

function missing({ apiUrl }: Asking, found: string): SharedReading {
  // A server that hides everything from strangers says nothing about its own jobs.
  return apiUrl === GITHUB ? { hidden: found } : { unknown: found };
}

function ask({ apiUrl, token, send }: Asking, path: string, accept: string): Promise<Response> {
  const headers = { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  return send(
    new Request(`${apiUrl}${path}`, { headers, signal: AbortSignal.timeout(LONGEST_WAIT_MS) }),
  );
}

/** Who asks, by the environment of a command. */
export function askingAs(environment: Readonly<Record<string, string | undefined>>): Asking {
  return {
    apiUrl: environment.GITHUB_API_URL || GITHUB,
    token: environment.GH_TOKEN || environment.GITHUB_TOKEN,
    send: fetch,
  };
}
