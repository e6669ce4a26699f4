import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitServer extends AsyncDisposable {
  readonly url: string;
  /** Authorization headers of the requests so far, decoded. */
  readonly credentials: readonly string[];
  /** Where the bare repositories lie; set before the first request. */
  root: string;
}

/** `git http-backend` behind Node, just enough for clones: the twin's own GitHub is tested elsewhere. */
export async function startGitServer(): Promise<GitServer> {
  const credentials: string[] = [];
  const state = { root: "" };
  const server = createServer((request, response) => {
    const header = request.headers.authorization ?? "";
    credentials.push(Buffer.from(header.replace(/^basic /i, ""), "base64").toString());
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: state.root,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: path.replace(/^(\/[^/]+\/[^/.]+)(\.git)?\//, "$1.git/"),
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"],
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    backend.stdout.on("end", () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf("\r\n\r\n");
      for (const line of answer.subarray(0, end).toString().split("\r\n")) {
        const [name = "", value = ""] = line.split(": ");
        if (name === "Status") {
          response.statusCode = Number(value.slice(0, 3));
        } else {
          response.setHeader(name, value);
        }
      }
      response.end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    credentials,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
