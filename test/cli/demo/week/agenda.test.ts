import { expect, test } from "vitest";
import { agendaOfWeek } from "../../../../src/cli/demo/week/agenda.ts";

const AGENDA = agendaOfWeek();
const within = AGENDA.filter(({ hour }) => hour >= 0);

test("the week has sixty issues and more, incidents, a stop by a person and one by production", () => {
  const issues = within.flatMap((one) => (one.kind === "issue" ? [one.issue.fate] : []));
  expect(issues.length).toBeGreaterThanOrEqual(60);
  expect(issues).toEqual(
    expect.arrayContaining([
      "calm",
      "sent-back",
      "red-test",
      "asks",
      "breaks",
      "hopeless",
      "rewritten",
    ]),
  );
  const kinds = within.map(({ kind }) => kind);
  for (const kind of ["alert", "raise-andon", "lower-andon", "push", "trust", "beat"] as const) {
    expect(kinds).toContain(kind);
  }
});

test("it is in order, and the same each time", () => {
  const hours = AGENDA.map(({ hour }) => hour);
  expect(hours).toEqual(hours.toSorted((left, right) => left - right));
  expect(agendaOfWeek()).toEqual(AGENDA);
});
