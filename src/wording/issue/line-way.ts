import { STRAIGHT_WAY, type Stage } from "../../domain/stage.ts";

/**
 * The line with where an issue stands, in one line of text: `queued → proposed → **ready** → …`. A mail and a phone show it
 * as it is; drawn as a chart, seven stages would be too small to read in a comment. Every word in it is a stage's name.
 * @param place.from the last stage on the straight way, where `stage` stands aside of it
 */
export function sayWay(place: {
  readonly stage: Stage;
  readonly from?: Stage | undefined;
}): string {
  const onTheWay = STRAIGHT_WAY.includes(place.stage);
  const reached = onTheWay ? place.stage : (place.from ?? "queued");
  return STRAIGHT_WAY.map((stage) => {
    if (stage !== reached) return stage;
    return onTheWay ? `**${stage}**` : `${stage} (aside: **${place.stage}**)`;
  }).join(" → ");
}
