import type { Agenda } from "./agenda.ts";

type Then = (at: number) => void;

/** Jobs that run at a time, over all repositories; who finds none free waits in line. */
export class Runners {
  peak = 0;
  #busy = 0;
  readonly #waiting: Then[] = [];
  readonly #most: number;
  readonly #agenda: Agenda<Then>;

  constructor(most: number, agenda: Agenda<Then>) {
    this.#most = most;
    this.#agenda = agenda;
  }

  /** Holds a runner for so long, from when one is free. */
  hold(from: number, seconds: number, then: Then): void {
    const begin = (at: number) => {
      this.#agenda.add(at + seconds, (end) => {
        this.#busy -= 1;
        const next = this.#waiting.shift();
        if (next !== undefined) this.#begin(next, end);
        then(end);
      });
    };
    if (this.#busy < this.#most) this.#begin(begin, from);
    else this.#waiting.push(begin);
  }

  #begin(begin: Then, at: number): void {
    this.#busy += 1;
    this.peak = Math.max(this.peak, this.#busy);
    begin(at);
  }
}
