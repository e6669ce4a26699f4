import { describe, expect, it } from "vitest";
import { ROUTES } from "../../../src/twin/github/routes.ts";
import { loadConformance } from "./conformance.ts";

const github = loadConformance();
describe("routes", () => {
  it.each(Object.keys(ROUTES))("%s is one of GitHub's own", (route) => {
    expect(github.operations).toContain(route);
  });
});
