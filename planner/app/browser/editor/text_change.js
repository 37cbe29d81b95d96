// The change that makes one text of another.

/**
 * Return the shortest single change from one text to another; null if they are equal.
 * @param {string} before
 * @param {string} after
 */
export function changeBetween(before, after) {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return {
    from,
    to: before.length - same,
    insert: after.slice(from, after.length - same),
  };
}
