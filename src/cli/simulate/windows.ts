/** So many in each stretch of time, counted from its beginning as GitHub's reset says. */
export class Window {
  readonly #counts = new Map<number, number>();
  readonly #most: number;
  readonly #length: number;

  constructor(most: number, length: number) {
    this.#most = most;
    this.#length = length;
  }

  /** The first time from then on at which so many more fit. */
  fits(from: number, count: number): number {
    let stretch = Math.floor(from / this.#length);
    while ((this.#counts.get(stretch) ?? 0) + count > this.#most) stretch += 1;
    return Math.max(from, stretch * this.#length);
  }

  take(at: number, count: number): void {
    const stretch = Math.floor(at / this.#length);
    this.#counts.set(stretch, (this.#counts.get(stretch) ?? 0) + count);
  }

  /** How many each stretch has, the first one first. */
  counts(): readonly number[] {
    const last = Math.max(-1, ...this.#counts.keys());
    return Array.from({ length: last + 1 }, (_, stretch) => this.#counts.get(stretch) ?? 0);
  }
}
