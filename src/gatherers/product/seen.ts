import { z } from "zod";

const Line = z.string().max(2_000);
/** The most messages of each kind that are kept, because a page may write any number. */
const MOST = 100;

/** The origin of a message: the script, with line and column from 1. */
const Source = z.strictObject({ url: Line, line: z.number(), column: z.number() });

/** A rule of axe-core that a part of the page breaks. */
const Violation = z.strictObject({
  rule: z.string().max(100),
  impact: z.string().max(50),
  help: Line,
  helpUrl: Line,
  parts: z.array(z.strictObject({ selector: Line, html: Line, why: Line })).max(MOST),
});

/** The browser's observations of one page; untrusted text. */
export const SeenPage = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  url: Line,
  /** The status of the document; absent without an answer. */
  status: z.int().optional(),
  /** The failed action and the reason: loading the page, or one of its steps (from 1). */
  fault: z.strictObject({ step: z.int(), why: Line }).optional(),
  errors: z.array(z.strictObject({ text: Line, source: Source.optional() })).max(MOST),
  /** Uncaught exceptions. */
  exceptions: z.array(z.strictObject({ text: Line, source: Source.optional() })).max(MOST),
  /** Requests that failed or were answered with 400 and above. */
  failures: z.array(z.strictObject({ method: z.string().max(20), url: Line, why: Line })).max(MOST),
  /** Other hosts that it tried to reach in vain. */
  blocked: z.array(Line).max(MOST),
  violations: z.array(Violation).max(MOST),
  /** File name and digest of the picture; absent if none could be taken. */
  picture: z.strictObject({ file: z.string().max(100), sha256: z.string().length(64) }).optional(),
});
export type SeenPage = z.infer<typeof SeenPage>;

/** Result of one look at the application. */
export const Seen = z.strictObject({
  browser: Line,
  axe: z.string().max(50),
  /** Why the application did not start; then no page was visited. */
  notReady: z.string().max(10_000).optional(),
  pages: z.array(SeenPage).max(50),
});
export type Seen = z.infer<typeof Seen>;
