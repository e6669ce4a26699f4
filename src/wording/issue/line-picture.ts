import { STRAIGHT_WAY, type Stage } from "../../domain/stage.ts";

/** Colours that read on GitHub's light and dark pages alike, each with the colour of its own text. */
const CLASSES = [
  "  classDef past fill:#dafbe1,stroke:#1a7f37,color:#1a7f37",
  "  classDef here fill:#0969da,stroke:#0969da,color:#ffffff",
  "  classDef aside fill:#9a6700,stroke:#9a6700,color:#ffffff",
];

/**
 * The line with where an issue stands, as a Mermaid block, which GitHub draws in comments and job summaries. Every word in
 * it is a stage's name: nothing of others ever stands in a language that GitHub draws.
 * @param place.from the last stage on the straight way, where `stage` stands aside of it
 */
export function drawLine(place: {
  readonly stage: Stage;
  readonly from?: Stage | undefined;
}): readonly string[] {
  const onTheWay = STRAIGHT_WAY.includes(place.stage);
  const reached = STRAIGHT_WAY.indexOf(onTheWay ? place.stage : (place.from ?? "queued"));
  const way = STRAIGHT_WAY.map((stage, index) => {
    if (index < reached) return `${stage}:::past`;
    return onTheWay && index === reached ? `${stage}:::here` : stage;
  });
  const aside = onTheWay
    ? []
    : [`  ${STRAIGHT_WAY[reached]} -.-> aside(["${place.stage}"]):::aside`];
  return ["```mermaid", "flowchart LR", `  ${way.join(" --> ")}`, ...aside, ...CLASSES, "```"];
}
