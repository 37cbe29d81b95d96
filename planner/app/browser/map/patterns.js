// What hatches a municipality: paths on a tile of ten by ten.

export const PATTERNS = {
  lines: "M0 10L10 0M-2 2L2 -2M8 12L12 8",
  dots: "M2 2h2v2h-2zM7 7h2v2h-2z",
  cross: "M5 1v8M1 5h8",
  waves: "M0 5q2.5 -4 5 0t5 0",
};
