import picomatch from "picomatch";
import type { Part } from "../../../domain/github/snapshot.ts";
import { type FileAt, fileAt, unread } from "../files.ts";
import type { View } from "../issue-view.ts";
import { type LoopRead, type LoopReading, readLoopText } from "./loop-text.ts";

/** More loops than a repository needs, and few enough to read in each run. */
const MOST_LOOPS = 30;

/** The loop files at the head, each parsed or with its faults; or the files to read first. */
export function readLoopFiles(
  view: View,
): Part<readonly LoopReading[]> | { readonly wants: readonly FileAt[] } {
  const paths = loopPaths(view);
  if ("unknown" in paths) return paths;
  const places = paths.known.map((path) => ({ commit: view.snapshot.repository.head, path }));
  const wants = unread(view.files, places);
  if (wants.length > 0) return { wants };
  return { known: places.map((place) => readFile(view, place)) };
}

function loopPaths({ snapshot, config }: View): Part<readonly string[]> {
  if ("unknown" in snapshot.paths) return snapshot.paths;
  const isLoop = picomatch(config.loops, { dot: true });
  const known = snapshot.paths.known.filter((path) => isLoop(path)).sort();
  return known.length > MOST_LOOPS
    ? { unknown: `${known.length} loop files, at most ${MOST_LOOPS} are read` }
    : { known };
}

function readFile({ files }: View, place: FileAt): LoopReading {
  const { path } = place;
  const state = fileAt(files, place);
  if (state === undefined || "unknown" in state) {
    return { path, faults: [`it could not be read: ${state?.unknown ?? "nobody asked"}`] };
  }
  if (state.known === null) return { path, faults: ["it is no file"] };
  try {
    return readLoopText(path, new TextDecoder("utf-8", { fatal: true }).decode(state.known));
  } catch {
    return { path, faults: ["it is not UTF-8"] };
  }
}

/** The loops that this run was started for: by the exact line of a schedule, an event, or a name. */
export function dueLoops(view: View, loops: readonly LoopRead[]): readonly LoopRead[] {
  const { trigger, input } = view;
  if (trigger?.kind === "schedule") {
    return loops.filter(
      ({ loop }) => loop.on.schedule === trigger.cron && trigger.cron !== undefined,
    );
  }
  if (trigger?.kind === "doorbell") return loops.filter(({ name }) => name === trigger.loop);
  return loops.filter(({ loop }) => loop.on.event === input.event.name);
}
