/** A count and its noun: 1 test, 0 tests, 1,204 branches. The plural is named where an "s" does not make it. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** A duration in ms as people read it: 480 ms, 4.2 s, 3 min 20 s, 2 h 5 min. */
export function sayDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A time in ISO 8601, to the minute. */
export function sayMinute(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** USD; small sums keep enough digits to differ from nothing. */
export function sayUsd(usd: number): string {
  if (usd === 0) return "$0";
  return usd < 0.1 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`;
}

/** A count of tokens: 940, 12.3 k, 1.2 M. */
export function sayTokens(tokens: number): string {
  if (tokens < 1_000) return `${tokens}`;
  if (tokens < 999_950) return `${(tokens / 1_000).toFixed(1)} k`;
  return `${(tokens / 1_000_000).toFixed(1)} M`;
}

/** A size in bytes: 940 bytes, 12.3 kB, 1.2 MB (powers of ten). */
export function sayBytes(bytes: number): string {
  if (bytes < 1_000) return counted(bytes, "byte");
  if (bytes < 999_950) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
