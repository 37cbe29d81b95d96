// Tells the browser which language the page has, and lets only another page be a step back.

import { reachScrollers } from "./scrollers.js";
import { Speaker } from "./speaker.js";

/** @import { Call, PageFacts } from "../types.js" */

const shared = /** @type {{ kontorplanSpeaker?: Speaker }} */ (globalThis);

/** @param {Call<PageFacts>} call */
export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (!shared.kontorplanSpeaker) {
    shared.kontorplanSpeaker = new Speaker(document.documentElement);
    reachScrollers(document.documentElement);
  }
  shared.kontorplanSpeaker.speak(data.language, data.said);
  keepHistory(data);
}

/** @param {PageFacts} data */
function keepHistory(data) {
  const own = /** @type {History & { kontorplan?: boolean }} */ (history);
  if (own.kontorplan) return;
  own.kontorplan = true;
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  history.pushState = (state, title, url) => {
    const stays = new URL(url ?? "", location.href).pathname === location.pathname;
    (stays ? replace : push)(state, title, url);
  };
  const said = (/** @type {string} */ query) => new URLSearchParams(query).toString();
  if (data.before !== data.after && said(location.search) === said(data.before)) {
    replace(history.state, "", `${location.pathname}?${data.after}`);
  }
}
