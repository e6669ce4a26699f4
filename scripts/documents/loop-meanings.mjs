/** What each key of a loop file means, in words for the person who writes one. The schema itself says type, bounds and default. */
export const LOOP_MEANINGS = {
  version: "Of the format.",
  on: "What starts it. Left out, it runs only where a person asks for it by name.",
  "on.schedule":
    "A line of the schedule of the calling workflow, letter by letter: the line that rings is the loop that runs. Each loop has one of its own.",
  "on.event": "An event of the calling workflow. Each loop has one of its own.",
  gather: "How it finds things.",
  "gather.command":
    "Prints one [document](#what-a-gatherer-prints) on standard output. It runs in the sandbox on a fresh copy of the base, without a network; `MILLWRIGHT_VISIBLE` names a file with what it may see of GitHub.",
  "gather.use":
    "A gatherer of the factory in place of a command: `automation` looks at the factory itself and at workflows, `dependencies` asks package managers what is outdated, `documentation` finds where pages contradict the files, `feedback` finds reports of one page with one choice, `plan` gathers facts that a plan could begin with, `product` looks at the running application in a browser. Of a command and this there is one.",
  "gather.with": "What that gatherer is told; each of its options has a default.",
  "gather.minutes": "After so many it is ended, and the run has found nothing out.",
  "gather.setup":
    "Runs `checks.setup` of the config before, with a network, as before the checks of a change.",
  measures:
    "Figures by name, each printed by a command on a copy of its own, beside those of the gatherer.",
  "measures.*.command": "Prints one number.",
  "measures.*.minutes": "After so many it is ended.",
  until:
    "A measure, a comparison and a number, such as `outdated = 0`. Where it holds nothing new is filed. `items` is how many were found. Left out: it never ends.",
  guards: "Measures that must not get worse.",
  "guards[].measure": "Its name.",
  "guards[].worse": "Which way is worse.",
  "guards[].by": "How much worse than at the beginning is still let pass.",
  effects: "What one run may do.",
  "effects.file": "Issues that it files at most.",
  "effects.update": "Issues that it writes anew at most, where what is found reads otherwise now.",
  "effects.open": "Issues of the loop that may be open: then no more are filed.",
  "effects.labels":
    "Labels of the issues that it files, beside the factory's own. None may begin with the `prefix` of the config.",
  "effects.start":
    "How many of its own issues it lets be on the line at a time, started by itself: [how](../how-to/write-a-loop.md#let-it-start-its-issues). `0`: a person puts each there. Not with `use: feedback`.",
  expireAfterDays:
    "An issue closes once its finding has not been gathered for so long, unless a person wrote on it. `0`: as soon as a run does not find it.",
};
