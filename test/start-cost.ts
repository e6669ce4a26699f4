import { join } from "node:path";

/**
 * What makes starting processes cheap for the processes of tests. A start copies the page tables of whoever starts, and gives
 * them back: those of small pages are dear, one entry for 4 KiB.
 * @param memory a folder that goes with the run; without one nothing is kept
 */
export function startCost(memory: string | undefined): Readonly<Record<string, string>> {
  return {
    // One entry for 2 MiB, where the kernel lets a process ask for such pages (`madvise`, the rule of Debian and Ubuntu).
    // Source: sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html#index-glibc_002emalloc_002ehugetlb
    GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
    // One place for all of it: each thread would begin another, of small pages.
    MALLOC_ARENA_MAX: "1",
    // What one process has compiled is the next one's, types taken off: nodejs.org/api/module.html#module-compile-cache
    ...(memory === undefined ? {} : { NODE_COMPILE_CACHE: join(memory, "compiled") }),
  };
}

/**
 * The same for a Node that gets an environment of its own: it is shown where compiled files are kept, and nothing else. Nothing
 * where Vitest measures coverage, which wants places in the source that kept files have not.
 */
export function keptCompiled(): Readonly<Record<string, string>> {
  const { NODE_COMPILE_CACHE: kept, NODE_DISABLE_COMPILE_CACHE: isOff } = process.env;
  return kept === undefined || isOff !== undefined ? {} : { NODE_COMPILE_CACHE: kept };
}
