import { z } from "zod";

/** Arguments for a command that runs some tests alone. */
export const SELECTED_BY = [
  /** Files of the tests, as paths from the root of the repository. */
  "files",
  /** What the report calls the place of a test: its file, class or package (the first part of its id). */
  "suites",
  /** The tests' own names (the last part of the id). */
  "names",
  /** One regular expression that matches part of every wanted test's name, of word characters, `.*`, `|` and brackets. */
  "pattern",
] as const;
export const SelectedBy = z.enum(SELECTED_BY);
export type SelectedBy = z.infer<typeof SelectedBy>;

const OnlyCommand = z
  .string()
  .min(1)
  .max(1_000)
  .refine(
    (run) => /\$\{?[@1]/.test(run),
    'expected "$@" where the selected tests belong ("$1" where they are one word)',
  )
  .refine(
    (run) => !/\$\{?[@*1]/.test(run.replaceAll(/"(?:[^"\\]|\\.)*"/g, "")),
    'expected "$@" and "$1" in double quotes, so that no name is read by the shell',
  );

/**
 * How some tests run alone. The selection reaches the command as shell arguments, so no id becomes part of the command's
 * text, whatever its characters.
 */
export const Only = z
  .union([
    OnlyCommand.transform((run) => ({
      run,
      by: "files" as const,
      prefix: undefined,
      join: undefined,
    })),
    z.strictObject({
      run: OnlyCommand.meta({
        description:
          'The command; `"$@"` stands for the selected tests, `"$1"` where they are one word.',
      }),
      by: SelectedBy.default("files").meta({
        description:
          "What the arguments are: `files` in which the tests stand, `suites` (the first part of the ids in the report: a class, a package), `names` (their last part), or one `pattern` that finds every name.",
      }),
      prefix: z.string().min(1).max(60).optional().meta({
        description: "What stands before each of them in the same word, such as `--tests=`.",
      }),
      join: z.string().min(1).max(5).optional().meta({
        description: "What joins them to one word; left out, each is a word of its own.",
      }),
    }),
  ])
  .meta({
    description:
      'How some tests run alone, of the check `test`: a command in which `"$@"` stands for the files of the selected tests, or a mapping with the keys below. It writes the same report. Without it the whole check runs wherever some tests would do.',
  });
export type Only = z.infer<typeof Only>;
