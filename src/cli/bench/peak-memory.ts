import { readdirSync, readFileSync } from "node:fs";

const PAGE_BYTES = 4_096;
const EVERY_MS = 50;

/** Bytes of memory that a process and everything below it hold at once, at the highest of many looks. Linux alone. */
export function watchMemory(pid: number): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBelow(pid));
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly resident: number;
}

function residentBelow(pid: number): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(look);
  const ours = new Set([pid]);
  // Children have higher numbers than their parents but where numbers wrapped: two passes find those too.
  for (const _ of [1, 2]) {
    for (const process of processes) if (ours.has(process.parent)) ours.add(process.pid);
  }
  return processes
    .filter((process) => ours.has(process.pid))
    .reduce((sum, { resident }) => sum + resident, 0);
}

function look(name: string): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [
      { pid: Number(name), parent: Number(fields[1]), resident: Number(fields[21]) * PAGE_BYTES },
    ];
  } catch {
    // It ended between the two looks.
    return [];
  }
}
