/** Meaning of each key of a loop file, for the person who writes one. The schema has type, bounds and default. */
export const LOOP_MEANINGS = {
  version: "Version of this format.",
  on: "What starts it. Without it, a person starts it by its name.",
  "on.schedule":
    "A line of the schedule of the calling workflow, copied exactly. That line starts this loop. Each loop needs its own line.",
  "on.event": "An event of the calling workflow. Each loop needs its own event.",
  gather: "How it finds items.",
  "gather.command":
    "Prints one [document](#what-a-gatherer-prints) on standard output. It runs in the sandbox on a fresh copy of the base, without a network; `MILLWRIGHT_VISIBLE` names a file with what it may see of GitHub.",
  "gather.use":
    "A gatherer of the factory, in place of a command. `automation` checks the factory itself and workflows. `dependencies` asks package managers what is outdated. `documentation` finds pages that contradict the files. `feedback` finds reports of one page with one choice. `performance` compares sizes and probes with the runs of a committed file. `plan` gathers facts that a plan could begin with. `product` checks the running application in a browser. Set either this or a command.",
  "gather.with": "The options of that gatherer; each has a default.",
  "gather.minutes": "Time limit in minutes. After it, the run fails.",
  "gather.setup":
    "Runs `checks.setup` of the config first, with a network, as before the checks of a change.",
  measures: "More figures, by name. A command prints each of them, on its own copy of the base.",
  "measures.*.command": "Prints one number.",
  "measures.*.minutes": "Time limit in minutes.",
  until:
    "A measure, a comparison and a number, such as `outdated = 0`. While it holds, nothing new is filed. `items` is the number of items found. Without it, the loop never ends.",
  guards: "Measures that must not get worse.",
  "guards[].measure": "Its name.",
  "guards[].worse": "The direction that is worse.",
  "guards[].by": "How much worse than at the beginning is accepted.",
  effects: "What one run may do.",
  "effects.file": "The most issues that a run files.",
  "effects.update": "The most issues that a run edits, because the text of their item changed.",
  "effects.open": "The most issues of the loop that may be open. With this many, it files no more.",
  "effects.propose":
    "The most issues that its judge may propose in its own words; they count as filed. More than 0 needs `roles.judge`.",
  "effects.labels":
    "Labels of the issues that it files, besides the factory's own. They may not begin with the `prefix` of the config.",
  "effects.start":
    "How many of its own issues it may have on the line at a time, started by itself: [how](../how-to/write-a-loop.md#let-it-start-its-issues). `0`: a person puts each there. Not with `use: feedback`.",
  roles:
    "Who judges the items. Without a role, code alone decides, and each item is filed within the limits.",
  "roles.judge":
    "A model decides which items become issues, by the instruction below the front matter. Code checks what it points at.",
  "roles.judge.model": "Its id, as in `models` of the config. Default: `models.default`.",
  budget:
    "What the roles of one run may spend. Required with a role. It counts for `limits.usdPerDay`.",
  "budget.usd": "Money, in USD.",
  "budget.minutes": "Time limit of a role, in minutes.",
  expireAfterDays:
    "An issue closes if its item was not found for this many days, unless a person wrote on it. `0`: as soon as a run does not find it.",
};
