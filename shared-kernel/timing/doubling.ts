/** `first`, twice that, four times that, ... never above `most`. `round` counts from 0. */
export const doubling = (first: number, most: number, round: number): number => Math.min(most, first * 2 ** round)
