// Where in a YAML document a caret stands. The text is unfinished while somebody writes, so it
// is read line by line up to the caret, by indentation and brackets.

/** Stands for any member of a list in a path. */
export const ITEM = Symbol("item");

/** @typedef {(string | typeof ITEM)[]} Path - keys, and places in lists, from the root */

/**
 * @typedef {object} CaretPlace
 * @property {Path} path - what is written there belongs to
 * @property {number} from - offset of the word that the caret ends
 * @property {boolean} keys - whether a key may stand there
 * @property {boolean} values - whether a value may stand there
 * @property {number} column - of the word in its line
 * @property {boolean} flow - whether it is inside brackets
 * @property {Set<string>} taken - keys that stand beside it already
 */

/** @typedef {{ column: number, step: string | typeof ITEM }} Frame - of block style */
/** @typedef {{ list: boolean, key: string | null, taken: Set<string> }} Bracket */

const KEY = /^("[^"]*"|'[^']*'|[^\s#"'[\]{},&*!|>%@`-][^#]*?):(?=\s|$)/;
const BLOCK_TEXT = /^\s+[|>][-+0-9]*\s*(#.*)?$/;

/**
 * Find where a caret stands; null where nothing can be completed: in a comment, a quoted text or
 * a text below `>` or `|`.
 * @param {string} text
 * @param {number} offset
 * @returns {CaretPlace | null}
 */
export function placeAt(text, offset) {
  const reader = new Reader();
  const lines = text.slice(0, offset).split("\n");
  const last = lines.pop() ?? "";
  for (const line of lines) reader.read(line);
  const place = reader.finish(last, offset - last.length);
  if (!place || place.flow || !place.keys) return place;
  return { ...place, taken: keysBeside(text, place) };
}

/**
 * List the keys that stand beside a place of a block, above it and below.
 * @param {string} text
 * @param {CaretPlace} place
 */
function keysBeside(text, { from, column }) {
  const above = text.slice(0, from).split("\n").slice(0, -1).reverse();
  const below = text.slice(from).split("\n").slice(1);
  const own = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
  const opened = own.trim() !== ""; // a list's member begins on this line
  return new Set([...(opened ? [] : keysUntil(above, column, true)), ...keysUntil(below, column)]);
}

/**
 * @param {string[]} lines
 * @param {number} column
 * @param {boolean} [upwards] - so that a list's member begins on the last line
 */
function keysUntil(lines, column, upwards = false) {
  const keys = [];
  for (const line of lines) {
    const start = /^ *(- +)*/.exec(line)?.[0].length ?? 0;
    const indent = line.search(/\S/);
    if (indent < 0 || line[indent] === "#") continue;
    const key = start === column ? KEY.exec(line.slice(start))?.[1] : undefined;
    const begins = indent < column;
    if (key && (!begins || upwards)) keys.push(unquoted(key));
    if (begins) break;
  }
  return keys;
}

class Reader {
  /** @type {Frame[]} */ frames = [];
  /** @type {Bracket[]} */ brackets = [];
  /** @type {number | null} */ textColumn = null; // of the key of a text below `>` or `|`
  word = ""; // what the last line ended with, inside brackets or as a value
  quoted = false;
  comment = false;

  /** @param {string} line */
  read(line) {
    if (this.brackets.length) {
      this.scan(line);
      return;
    }
    const indent = line.search(/\S/);
    if (this.isText(indent < 0 ? Infinity : indent)) return;
    if (indent < 0 || line[indent] === "#") return;
    const { rest } = this.enter(line);
    if (BLOCK_TEXT.test(rest) && this.frames.length)
      this.textColumn = this.frames.at(-1)?.column ?? 0;
    else this.scan(rest);
  }

  /**
   * Read the last line, which the caret ends.
   * @param {string} line
   * @param {number} start - offset of the line
   * @returns {CaretPlace | null}
   */
  finish(line, start) {
    const inside = this.brackets.length > 0;
    const indent = line.search(/\S/);
    if (!inside && this.isText(indent < 0 ? line.length : indent)) return null;
    const { rest, key, item } = inside ? { rest: line, key: true, item: false } : this.enter(line);
    this.scan(rest);
    if (this.comment || this.quoted) return null;
    const column = line.length - this.word.length;
    const place = { from: start + column, column, flow: false, taken: new Set() };
    const bracket = this.brackets.at(-1);
    if (bracket) {
      const keys = !bracket.list && bracket.key === null;
      const { taken } = bracket;
      return { ...place, path: this.path(), keys, values: !keys, flow: true, taken };
    }
    if (key) {
      return /^\s/.test(rest) ? { ...place, path: this.path(), keys: false, values: true } : null;
    }
    if (!item) this.leave(column);
    return { ...place, path: this.path(), keys: true, values: true };
  }

  /** @param {number} indent */
  isText(indent) {
    if (this.textColumn !== null && indent > this.textColumn) return true;
    this.textColumn = null;
    return false;
  }

  /**
   * Enter the lists and the key that a line of a block begins with; return the rest of it.
   * @param {string} line
   */
  enter(line) {
    let at = Math.max(line.search(/\S|$/), 0);
    let item = false;
    while (/^-(\s|$)/.test(line.slice(at))) {
      this.leave(at + 1);
      const top = this.frames.at(-1);
      if (top?.step !== ITEM || top.column !== at) {
        this.frames.push({ column: at, step: ITEM });
      }
      at += line.slice(at).match(/^-\s*/)?.[0].length ?? 1;
      item = true;
    }
    const found = KEY.exec(line.slice(at));
    if (!found) return { rest: line.slice(at), key: false, item };
    this.leave(at);
    this.frames.push({ column: at, step: unquoted(found[1]) });
    return { rest: line.slice(at + found[0].length), key: true, item };
  }

  /**
   * Leave what stands at a column or right of it.
   * @param {number} column
   */
  leave(column) {
    while ((this.frames.at(-1)?.column ?? -1) >= column) this.frames.pop();
  }

  /**
   * Follow brackets, quotes and comments through a value.
   * @param {string} value
   */
  scan(value) {
    let quote = "";
    let from = 0;
    this.comment = false;
    for (let at = 0; at < value.length; at += 1) {
      const letter = value[at];
      const starts = value.slice(from, at).trim() === "";
      if (quote) {
        if (letter === quote) quote = "";
      } else if (letter === "#" && (at === 0 || /\s/.test(value[at - 1]))) {
        this.comment = true;
        break;
      } else if ((letter === '"' || letter === "'") && starts) quote = letter;
      else if (this.bracket(letter, value.slice(from, at), value[at + 1])) from = at + 1;
    }
    this.quoted = quote !== "";
    this.word = value.slice(from).trimStart();
  }

  /**
   * Take a letter that means something inside brackets, or opens them; tell whether it did.
   * @param {string} letter
   * @param {string} before - what stands between it and the one before
   * @param {string | undefined} next
   */
  bracket(letter, before, next) {
    const top = this.brackets.at(-1);
    if ((letter === "[" || letter === "{") && before.trim() === "") {
      this.brackets.push({ list: letter === "[", key: null, taken: new Set() });
    } else if (!top) return false;
    else if (letter === "]" || letter === "}") this.brackets.pop();
    else if (letter === ",") top.key = null;
    else if (letter === ":" && !top.list && top.key === null && (!next || /[\s[{]/.test(next))) {
      top.key = unquoted(before.trim());
      top.taken.add(top.key);
    } else return false;
    return true;
  }

  /** @returns {Path} */
  path() {
    /** @type {Path} */
    const flow = [];
    for (const { list, key } of this.brackets) {
      if (list) flow.push(ITEM);
      else if (key !== null) flow.push(key);
    }
    return [...this.frames.map((frame) => frame.step), ...flow];
  }
}

/** @param {string} key */
function unquoted(key) {
  return key.replace(/^(["'])(.*)\1$/, "$2");
}
