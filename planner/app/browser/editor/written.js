// Carries a text and its faults to its editor, and back what the reader writes.

import { carry } from "../board.js";

/** @import { Call, Edit, Written } from "../types.js" */

/** @param {Call<Written>} call */
export default function ({ data, setStateValue }) {
  /** @param {Edit} edit */
  const report = (edit) => setStateValue("edit", edit);
  return carry("editors", data.editor, { ...data, report });
}
