import { z } from "zod";
import { line, namedLine } from "../bounded.ts";
import { Frames, framesOf } from "../frame.ts";
import type { Draft } from "../incident.ts";

/** Our own form, for any other sender. An unknown key is a mistake, and is named. */
const Alert = z.strictObject({
  type: namedLine(200),
  message: line(1_000).optional(),
  status: z.enum(["firing", "over"]).default("firing"),
  /** The innermost call first. */
  frames: Frames.optional(),
  release: line(200).optional(),
  url: line(500).optional(),
  count: z.int().positive().max(1_000_000_000).optional(),
  userAgent: line(300).optional(),
});

export function readGeneric(body: unknown): Draft {
  const { frames, count, ...alert } = Alert.parse(firstFrames(body));
  return { ...alert, frames: framesOf(frames ?? []), reported: count };
}

/** Readers keep the last of a list, but here the innermost calls are at its beginning. */
function firstFrames(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("frames" in body)) return body;
  const { frames } = body;
  return Array.isArray(frames) ? { ...body, frames: frames.slice(0, 50) } : body;
}
