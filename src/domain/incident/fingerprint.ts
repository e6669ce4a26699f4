import { type Digest, digestOfValue } from "../digest.ts";
import type { Incident } from "./incident.ts";
import type { OwnFrame } from "./own-frames.ts";

/** How many frames distinguish two errors of a type. Deeper ones only tell how the program got there. */
const MOST_FRAMES = 3;
/** The last segments of a foreign path, which are the same on every machine. */
const FOREIGN_SEGMENTS = 2;

/**
 * Identifies the incident of an alert, computed from bounded fields alone; a payload's own fingerprint, id or key is
 * ignored. Lines move with every edit and releases with every deploy, so neither counts: an error that returns in a
 * later release is the same one.
 */
export function fingerprintOf(incident: Incident, own: readonly OwnFrame[]): Digest {
  const { source, type } = incident;
  return digestOfValue({ version: 1, source, type, place: placeOf(incident, own) });
}

function placeOf({ frames, group }: Incident, own: readonly OwnFrame[]): readonly string[] {
  if (own.length > 0) {
    return own.slice(0, MOST_FRAMES).map((frame) => `${frame.file} ${frame.function ?? ""}`);
  }
  if (frames.length > 0) {
    return frames.slice(0, MOST_FRAMES).map((frame) => {
      const end = frame.path.split("/").slice(-FOREIGN_SEGMENTS).join("/");
      return `${end} ${frame.function ?? ""}`;
    });
  }
  return group;
}

/** A title without its numbers: "3 hosts are down" and "4 hosts are down" are one alert. */
export function withoutFigures(title: string): string {
  return title.replace(/[0-9]+([.,][0-9]+)*/g, "0");
}
