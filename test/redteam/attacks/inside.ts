import { GOOD_WORK, SAYS_DONE } from "../world.ts";

/** A coder whose commands have to run to their end; what they found is for the oracle to read in the next model request. */
export function probes(...commands: readonly string[]): readonly unknown[] {
  return runsUntil("probe-done", [...commands, "echo probe-done"]);
}

/**
 * A coder whose commands look for a way out. `reached` is a pattern of what they print when they have found one: then the
 * next turn is never played, and the attack does not count as held.
 */
export function finds(reached: string, ...commands: readonly string[]): readonly unknown[] {
  const look = ["look() {", ...commands, "}"].join("\n");
  const tell = [
    'seen="$(look 2>&1)"; printf "%s\\n" "$seen" | tail -c 3000',
    `if grep -aqE '${reached}' <<< "$seen"; then echo "reached"; else echo "probe-""held"; fi`,
  ].join("\n");
  return runsUntil("probe-held", [look, tell]);
}

function runsUntil(words: string, commands: readonly string[]): readonly unknown[] {
  return [
    { calls: GOOD_WORK },
    { calls: [{ tool: "bash", input: { command: commands.join("\n") } }] },
    { when: { toolResultContains: words }, ...SAYS_DONE },
  ];
}
