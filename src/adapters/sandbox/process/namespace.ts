import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The first process of a process namespace, by host numbers. Its death ends everything inside. */
export interface Init {
  readonly pid: number;
  /** Clock ticks since boot; distinguishes the process from a later one with the same number. */
  readonly startTime: string;
  /** As in `/proc/<pid>/ns/pid`. */
  readonly namespace: string;
}

/** Present content of a namespace. */
export interface Census {
  readonly processes: number;
  readonly residentBytes: number;
}

const PAGE_BYTES = 4096;

/** Reads bubblewrap's `--info-fd` account. Undefined if the process has already ended. */
export function readInit(account: string): Init | undefined {
  const pid = /"child-pid": *(\d+)/.exec(account)?.[1];
  const namespace = /"pid-namespace": *(\d+)/.exec(account)?.[1];
  if (pid === undefined || namespace === undefined) return undefined;
  const state = statOf(Number(pid));
  if (state === undefined) return undefined;
  return { pid: Number(pid), startTime: state.startTime, namespace: `pid:[${namespace}]` };
}

/** The kernel ends and reaps the whole namespace before its first process becomes a zombie, so a zombie counts as dead. */
export function isAlive(init: Init): boolean {
  const state = statOf(init.pid);
  return (
    state !== undefined &&
    state.startTime === init.startTime &&
    !["Z", "X", "x"].includes(state.state)
  );
}

export function takeCensus(init: Init): Census {
  let processes = 0;
  let residentBytes = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/ns/pid`) !== init.namespace) continue;
      processes += 1;
      const pages = readFileSync(`/proc/${name}/statm`, "utf8").split(" ")[1];
      residentBytes += Number(pages) * PAGE_BYTES;
    } catch {
      // Ended between the two reads, or another process.
    }
  }
  return { processes, residentBytes };
}

/**
 * Number of threads of the whole machine, in one read of constant cost: a census among thousands of new processes would
 * take longer than they need to fill the machine.
 */
export function countThreads(): number {
  return Number(/\/(\d+) /.exec(readFileSync("/proc/loadavg", "utf8"))?.[1] ?? 0);
}

function statOf(pid: number): { readonly state: string; readonly startTime: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in parentheses may contain anything, even spaces and parentheses, so fields count from after it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTime: fields[19] ?? "" };
}
