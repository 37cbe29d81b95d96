// What the editor and the app tell each other about a text, and what a reload would lose.
//
// What the reader writes lies in the tab's own storage at once and goes to the app after a short
// rest. The app answers with the number of the last edit it has taken, and with a new revision
// where something else than the editor has changed the text.

/** @import { EditorLetter } from "../types.js" */

const STORED = "kontorplan:";

export class DraftExchange {
  /** @type {EditorLetter | undefined} */ letter;
  /** @type {string | undefined} */ sent;
  newest = 0; // number of the last edit
  typed = 0; // number of the last edit in which something was written

  /**
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage
   * @param {() => number} clock
   */
  constructor(storage, clock = Date.now) {
    this.storage = storage;
    this.clock = clock;
  }

  /**
   * Take what the app says; return the text to show.
   * @param {EditorLetter} letter
   * @param {string} shown - what the editor shows now
   */
  receive(letter, shown) {
    const before = this.letter;
    const first = before?.file !== letter.file || before.born !== letter.born;
    const changed = first || before.revision !== letter.revision;
    if (changed && !first) this.send(shown); // what was just written is kept one step back
    this.letter = letter;
    let text = shown;
    if (changed) {
      this.sent = undefined;
      this.typed = 0;
      text = letter.text;
    }
    if (first) text = this.bringBack() ?? text;
    this.remember(text);
    return text;
  }

  /**
   * Send a text, if there is anything in it that was not sent; a step through the history goes
   * alone where nothing was written.
   * @param {string} text
   * @param {{ step?: number, base?: string | null }} [how]
   */
  send(text, { step = 0, base = null } = {}) {
    if (!this.letter) return;
    const written = text !== (this.sent ?? this.letter.text);
    if (!written && !step) return;
    this.newest = Math.max(this.clock(), this.newest + 1);
    if (written) this.typed = this.newest;
    this.sent = text;
    this.remember(text);
    const { taken, revision, report } = this.letter;
    const pending = this.typed > taken;
    report({ text: pending ? text : null, step, base, revision, number: this.newest });
  }

  /**
   * Tell whether the file holds another text.
   * @param {string} text
   */
  isUnsaved(text) {
    return this.letter !== undefined && text !== this.letter.saved;
  }

  /**
   * Keep a text that the file does not hold, so that a reload finds it.
   * @param {string} text
   */
  remember(text) {
    if (!this.letter) return;
    const { file, base, taken } = this.letter;
    try {
      if (!this.isUnsaved(text)) this.storage.removeItem(STORED + file);
      else {
        const number = Math.max(this.newest, taken);
        this.storage.setItem(STORED + file, JSON.stringify({ text, base, number }));
      }
    } catch {
      // A full or forbidden storage keeps nothing; the browser still asks before it leaves.
    }
  }

  /** Return and send the text that a reload interrupted; null if there is none. */
  bringBack() {
    if (!this.letter) return null;
    const { file, text, taken } = this.letter;
    this.sent = undefined;
    this.newest = taken;
    let kept = null;
    try {
      kept = JSON.parse(this.storage.getItem(STORED + file) ?? "null");
    } catch {
      return null;
    }
    if (typeof kept?.text !== "string" || kept.text === text || kept.number < taken) return null;
    this.send(kept.text, { base: kept.base });
    return /** @type {string} */ (kept.text);
  }
}
