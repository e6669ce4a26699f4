import { format } from "@shop/money";

/** What a basket of prices in cents costs, as people read it. */
export function total(prices: readonly number[]): string {
  return format(prices.reduce((sum, price) => sum + price, 0));
}
