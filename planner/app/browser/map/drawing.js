// Carries a drawing to its map, which stays as it is while drawings change.

import { carry } from "../board.js";

/** @import { Call, Drawing, Metres } from "../types.js" */

/** @param {Call<Drawing>} call */
export default function ({ data, setTriggerValue }) {
  /** @param {Metres | "all"} view */
  const reportView = (view) => setTriggerValue("view", view);
  return carry("maps", data.map, { ...data, reportView });
}
