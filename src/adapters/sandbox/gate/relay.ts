import { join } from "node:path";

/** Where the folder of a gate's socket is visible inside. */
export const GATE_FOLDER = "/gate";
const SOCKET = "way";
/** Port on the sandbox's own loopback, which nobody else sees. */
const PORT = 3128;

/** The gate's socket in its folder on the host. */
export function socketIn(folder: string): string {
  return join(folder, SOCKET);
}

/**
 * Runs inside, before the command: forwards connections on the loopback, where every program looks for a proxy, to the
 * socket outside. A command that ends it has no way out any more.
 */
const RELAY = `
const { createServer, connect } = require("node:net");
const { spawn } = require("node:child_process");
const [path, port, program, ...words] = process.argv.slice(1);
const server = createServer((near) => {
  const far = connect(path);
  const end = () => { near.destroy(); far.destroy(); };
  for (const one of [near, far]) one.on("error", end).on("close", end);
  near.pipe(far);
  far.pipe(near);
});
server.on("error", (error) => { console.error("launcher: " + error.message); process.exit(1); });
server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn(program, words, { stdio: "inherit" });
  child.on("error", (error) => { console.error("launcher: " + error.message); process.exit(1); });
  child.on("exit", (code) => process.exit(code ?? 137));
});
`;

/** The command, behind the relay. */
export function throughRelay(node: string, command: readonly string[]): readonly string[] {
  return [node, "-e", RELAY, `${GATE_FOLDER}/${SOCKET}`, `${PORT}`, ...command];
}

const PROXY = `http://127.0.0.1:${PORT}`;

/**
 * Variables by which programs find the proxy: curl and most others by these names, Node with its switch, a browser by
 * its script. When npm runs a script, it looks for a newer npm at a host that nobody named.
 */
export const GATE_ENVIRONMENT: Readonly<Record<string, string>> = {
  HTTP_PROXY: PROXY,
  HTTPS_PROXY: PROXY,
  http_proxy: PROXY,
  https_proxy: PROXY,
  NODE_USE_ENV_PROXY: "1",
  npm_config_update_notifier: "false",
};
