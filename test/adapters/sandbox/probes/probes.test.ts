import { expect, test } from "vitest";
import { describeInside } from "../sandboxes.ts";
import { playProbes } from "./play-probes.ts";

describeInside("the probes of the catalogue", () => {
  playProbes(
    ({ flood }) => flood !== true,
    ({ output, given }) => {
      test("RT-05 the environment is the allow-list exactly", () => {
        const names = output("RT-01 the environment of every process")
          .split("\n")
          .flatMap((line) => /^([A-Za-z_]\w*)=/.exec(line)?.[1] ?? []);
        const own = ["PWD", "OLDPWD", "SHLVL", "_"];
        expect([...new Set(names)].filter((one) => !own.includes(one)).toSorted()).toEqual(
          given().toSorted(),
        );
      });
    },
  );
});
