import { describeFloodsInside } from "../sandboxes.ts";
import { playProbes } from "./play-probes.ts";

describeFloodsInside("the probes of the catalogue", () => {
  playProbes(({ flood }) => flood === true);
});
