// Where the two components of a pair meet: the large one, which holds the code and what never
// changes, and the small one, which carries to it whatever changes.

/** @import { Host } from "./types.js" */

/**
 * @template Letter
 * @template {Host<Letter>} H
 * @typedef {{ hosts: Map<string, H>, letters: Map<string, Letter> }} Board
 */

/**
 * Return the board of a kind of component, one for all bundles on the page.
 * @param {string} kind
 * @returns {Board<any, any>}
 */
export function boardOf(kind) {
  const page = /** @type {{ kontorplan?: Record<string, Board<any, any>> }} */ (globalThis);
  page.kontorplan ??= {};
  page.kontorplan[kind] ??= { hosts: new Map(), letters: new Map() };
  return page.kontorplan[kind];
}

/**
 * Carry a letter to its host, now or as soon as it is there; return what takes it back.
 * @template Letter
 * @param {string} kind
 * @param {string} key
 * @param {Letter} letter
 */
export function carry(kind, key, letter) {
  const { hosts, letters } = boardOf(kind);
  letters.set(key, letter);
  hosts.get(key)?.receive(letter);
  return () => {
    if (letters.get(key) === letter) letters.delete(key);
  };
}

/**
 * Be there for letters, beginning with one that came before.
 * @template Letter
 * @param {string} kind
 * @param {string} key
 * @param {Host<Letter>} host
 */
export function attend(kind, key, host) {
  const { hosts, letters } = boardOf(kind);
  hosts.set(key, host);
  const letter = letters.get(key);
  if (letter) host.receive(letter);
}

/**
 * Be there no longer.
 * @template Letter
 * @param {string} kind
 * @param {string} key
 * @param {Host<Letter>} host
 */
export function leave(kind, key, host) {
  const { hosts } = boardOf(kind);
  if (hosts.get(key) === host) hosts.delete(key);
}
