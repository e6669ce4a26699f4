import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";

/** Stands for every secret of the host. It is in no command: what finds it has read the host. */
export const CANARY = ["canary", "4f0a91c7d3"].join("-");

/** What a runner has and nothing inside may reach. */
export interface Decoys {
  readonly folder: string;
  readonly secretFile: string;
  readonly commandFile: string;
  /** A decoy of the container engine's socket. */
  readonly socket: string;
  readonly abstractSocket: string;
  readonly port: number;
  readonly portOfVersion6: number | undefined;
  /** How many connections any of them got. */
  connections(): number;
  /** What was written into the runner's command file. */
  written(): string;
  close(): Promise<void>;
}

export async function setOutDecoys(folder: string): Promise<Decoys> {
  const secretFile = join(folder, "secret");
  writeFileSync(secretFile, CANARY);
  mkdirSync(join(folder, "_runner_file_commands"));
  const commandFile = join(folder, "_runner_file_commands/set_env_1");
  writeFileSync(commandFile, "", { mode: 0o666 });
  let connections = 0;
  const servers: Server[] = [];
  const listen = async (where: Parameters<Server["listen"]>[0]) => {
    const server = createServer((socket) => {
      connections += 1;
      socket.on("error", () => {});
      socket.end(CANARY);
    });
    const listens = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(where, () => resolve(true));
    });
    if (listens) servers.push(server);
    const address = listens ? server.address() : null;
    return typeof address === "object" ? address?.port : undefined;
  };
  const socket = join(folder, "docker.sock");
  const abstractSocket = `millwright-decoy-${process.pid}`;
  await listen({ path: socket, readableAll: true, writableAll: true });
  await listen({ path: `\0${abstractSocket}` });
  return {
    folder,
    secretFile,
    commandFile,
    socket,
    abstractSocket,
    port: (await listen({ host: "127.0.0.1", port: 0 })) ?? 0,
    portOfVersion6: await listen({ host: "::1", port: 0 }),
    connections: () => connections,
    written: () => readFileSync(commandFile, "utf8"),
    close: async () => {
      for (const server of servers) await new Promise((resolve) => server.close(resolve));
    },
  };
}
