import { z } from "zod";
import { Condition } from "./condition.ts";
import { MeasureName } from "./gathered.ts";
import { MOST_PROPOSED } from "./judgement.ts";
import { faultOfRoles, ROLE_KEYS } from "./roles.ts";

/** The name of a loop is that of its file, without the extension. It is used in markers, keys and addresses. */
export const LoopName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes");
export type LoopName = z.infer<typeof LoopName>;

/** Events besides a schedule that start a loop; the factory reads each of them. */
export const LOOP_EVENTS = ["push", "deployment_status"] as const;

/** Five fields, as in GitHub's schedules. A due loop is found by comparing this text, never by a clock. */
const Cron = z
  .string()
  .regex(
    /^[0-9A-Za-z*,/-]{1,40}( [0-9A-Za-z*,/-]{1,40}){4}$/,
    'expected five fields with one blank between, like "17 4 * * 1"',
  );

const Command = z.string().min(1).max(2_000);
const Minutes = z.number().positive().max(60);

/**
 * Gatherers that come with the factory. They need only files of the base and the view of GitHub, except `dependencies`,
 * which asks registries, and `performance` and `product`, which run programs of the base.
 */
export const SHIPPED_GATHERERS = [
  "automation",
  "dependencies",
  "documentation",
  "feedback",
  "performance",
  "plan",
  "product",
] as const;
export type ShippedGatherer = (typeof SHIPPED_GATHERERS)[number];

/** How it finds things: always by code. A command of the repository, or a gatherer of the factory. */
const Gather = z
  .strictObject({
    /** Prints the document on standard output; runs in the sandbox, on a fresh copy of the base, without a network. */
    command: Command.optional(),
    use: z.enum(SHIPPED_GATHERERS).optional(),
    /** Options of that gatherer; each has a default. */
    with: z.record(z.string().max(60), z.unknown()).optional(),
    minutes: Minutes.default(10),
    /** Runs `checks.setup` of the config before each command, with a network, as verify does. */
    setup: z.boolean().default(false),
  })
  .refine(
    ({ command, use }) => (command === undefined) !== (use === undefined),
    "expected either command or use",
  )
  .refine(
    ({ use, with: told }) => told === undefined || use !== undefined,
    "with is told to the gatherer that use names",
  );

/** A figure that a command prints: one number on standard output. */
const MeasureCommand = z.strictObject({ command: Command, minutes: Minutes.default(10) });

const Guard = z.strictObject({
  measure: MeasureName,
  /** Which direction is worse. */
  worse: z.enum(["higher", "lower"]),
  /** How much worse is still accepted, in the unit of the measure. */
  by: z.number().nonnegative().default(0),
});
export type Guard = z.infer<typeof Guard>;

const Label = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[^\p{Cc},]+$/u, "expected the name of a label");

/** The keys of the front matter. */
const Keys = z.strictObject({
  version: z.literal(1).default(1),
  /** Its start events. Left out, it runs only if a person asks for it. */
  on: z
    .strictObject({ schedule: Cron.optional(), event: z.enum(LOOP_EVENTS).optional() })
    .default({}),
  gather: Gather,
  /** Figures that commands print, besides those of the gatherer. */
  measures: z
    .record(MeasureName, MeasureCommand)
    .refine((one) => Object.keys(one).length <= 10, "at most 10 measures")
    .default({}),
  /** When it has nothing left to do. Left out: never. */
  until: Condition.optional(),
  guards: z.array(Guard).max(10).default([]),
  effects: z
    .strictObject({
      /** The most issues that one run files, */
      file: z.int().nonnegative().max(10).default(3),
      /** rewrites, */
      update: z.int().nonnegative().max(20).default(10),
      /** and the most open issues, beyond which no more are filed. */
      open: z.int().positive().max(30).default(10),
      /** Labels of the issues that it files, besides the factory's own. */
      labels: z.array(Label).max(5).default([]),
      /** The most of these issues that its judge proposes in its own words. */
      propose: z.int().nonnegative().max(MOST_PROPOSED).default(0),
      /**
       * The most of its own issues that it may put on the line at a time. 0: a person puts each there.
       */
      start: z.int().nonnegative().max(5).default(0),
    })
    .prefault({}),
  /**
   * Days without a sighting until an issue closes, unless a person wrote on it; 0: as soon as a run does not find it.
   */
  expireAfterDays: z.int().nonnegative().max(365).default(30),
  ...ROLE_KEYS,
});

/** Findings of these gatherers are in the words of anybody who may open an issue, and no person has read them. */
const IN_WORDS_OF_STRANGERS: readonly (ShippedGatherer | undefined)[] = ["feedback"];

/** The front matter of a loop file. Every key but `gather` has a default; an unknown key is an error. */
export const Loop = Keys.refine(
  ({ gather, effects }) => effects.start === 0 || !IN_WORDS_OF_STRANGERS.includes(gather.use),
  {
    path: ["effects", "start"],
    error: "what it finds is told in words of strangers: a person starts each",
  },
).superRefine((loop, context) => {
  const fault = faultOfRoles(loop);
  if (fault === undefined) return;
  context.addIssue({ code: "custom", path: [...fault.path], message: fault.message });
});
export type Loop = z.infer<typeof Loop>;

/** Labels of the file that only the factory may write, by the prefix of the config. GitHub compares them without case. */
export function factoryLabels({ effects }: Pick<Loop, "effects">, prefix: string) {
  return effects.labels.filter((label) => label.toLowerCase().startsWith(prefix.toLowerCase()));
}
