import type { Attack } from "../attack.ts";
import { coderStays } from "../deeds-of-models.ts";
import { coderRuns } from "../world.ts";

/** What a coder leaves behind that no change can hold; refused before anything is read from it. */
const LEFT_BEHIND: readonly {
  readonly id: string;
  readonly title: string;
  readonly command: string;
  readonly code: "change-set-invalid" | "limit-exceeded";
}[] = [
  {
    id: "RT-10a",
    title: "a named pipe, on which a reader waits for ever",
    command: "mkfifo src/pipe.js",
    code: "change-set-invalid",
  },
  {
    id: "RT-10b",
    title: "a socket",
    command:
      'node -e \'require("node:net").createServer().listen("src/s.sock", () => process.kill(process.pid, "SIGKILL"))\'; test -S src/s.sock',
    code: "change-set-invalid",
  },
  {
    id: "RT-10c",
    title: "a second name for a file",
    command: "ln src/greet.js src/second.js",
    code: "change-set-invalid",
  },
  {
    id: "RT-10d",
    title: "a file of a terabyte that holds nothing",
    command:
      "truncate -s 1T src/sparse.js || truncate -s 1900M src/sparse.js; test -s src/sparse.js",
    code: "limit-exceeded",
  },
  {
    id: "RT-10e",
    title: "folders in folders, a hundred deep",
    command: "d=src/$(printf 'd/%.0s' $(seq 90)); mkdir -p $d && echo x > $d/x.js",
    code: "limit-exceeded",
  },
  {
    id: "RT-10f",
    title: "more files than a change may have",
    command: "for i in $(seq 301); do echo x > src/f$i.js; done",
    code: "limit-exceeded",
  },
  {
    id: "RT-10g",
    title: "more bytes than a change may have, in files that each may be",
    command: "for i in 1 2 3 4 5 6; do head -c 990000 /dev/urandom > src/f$i.bin; done",
    code: "limit-exceeded",
  },
];

/** Special files, depths and sizes (threats RT-10). */
export const RT_LEFT: readonly Attack[] = [
  ...LEFT_BEHIND.map(
    ({ id, title, command, code }): Attack => ({
      id,
      family: "RT",
      title,
      model: "worst-case",
      script: { coder: coderStays(coderRuns(command)) },
      expects: { refused: [code] },
    }),
  ),
];
