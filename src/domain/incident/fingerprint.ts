import { type Digest, digestOfValue } from "../digest.ts";
import type { Incident } from "./incident.ts";
import type { OwnFrame } from "./own-frames.ts";

/** How many frames tell two errors of a type apart: deeper ones are how it was come by. */
const MOST_FRAMES = 3;
/** What of a foreign path is the same on every machine. */
const FOREIGN_SEGMENTS = 2;

/**
 * What makes two alerts one incident, computed from bounded fields alone: whatever a payload calls its own fingerprint, id or
 * key is not looked at. Lines move with every edit and releases with every deploy, so neither is part of it: an error that
 * comes back in a later release is the same one, come back.
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

/** A title without its figures: "3 hosts are down" and "4 hosts are down" are one alert. */
export function withoutFigures(title: string): string {
  return title.replace(/[0-9]+([.,][0-9]+)*/g, "0");
}
