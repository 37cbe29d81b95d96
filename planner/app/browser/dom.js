// Elements, made with attributes and text: nothing from a file is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number>} Attributes */

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} name
 * @param {Attributes} [attributes]
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(name, attributes = {}) {
  return dressed(document.createElementNS(SVG, name), attributes);
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Attributes} [attributes]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(name, attributes = {}, text = "") {
  const made = dressed(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

/**
 * @template {Element} E
 * @param {E} made
 * @param {Attributes} attributes
 * @returns {E}
 */
function dressed(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
