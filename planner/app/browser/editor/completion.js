// What may be written where a caret stands, by the JSON Schema of the document and by lists of
// names that the data know.

import { pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { ITEM, placeAt } from "./place.js";

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */
/** @import { EditorView } from "@codemirror/view" */
/** @import { JsonSchema } from "../types.js" */
/** @import { CaretPlace, Path } from "./place.js" */

/**
 * @typedef {object} Vocabulary
 * @property {JsonSchema} schema - of the document
 * @property {Record<string, string[]>} names - by kind, such as municipalities
 * @property {Record<string, string>} named - kind of the names that a key takes, as its value, in
 *   its list or as keys below it
 */

/**
 * @typedef {object} Offer
 * @property {string} label
 * @property {"key" | "value"} kind
 * @property {"" | "object" | "list"} below - what a key has below it, in block style
 * @property {string} [info]
 */

const WORD = /^[\p{L}\p{N}_.() -]*$/u;

/**
 * Return what CodeMirror asks for completions.
 * @param {Vocabulary} vocabulary
 */
export function completionSource(vocabulary) {
  /**
   * @param {CompletionContext} context
   * @returns {CompletionResult | null}
   */
  return ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const place = placeAt(text, pos);
    if (!place || (!explicit && place.from === pos)) return null;
    const options = offersAt(vocabulary, place).map((offer) => asCompletion(offer, place, text));
    return options.length ? { from: place.from, options, validFor: WORD } : null;
  };
}

/**
 * List what may stand at a place: keys that are not there yet, and values.
 * @param {Vocabulary} vocabulary
 * @param {CaretPlace} place
 * @returns {Offer[]}
 */
export function offersAt({ schema, names, named }, { path, keys, values, taken }) {
  const nodes = nodesAt(schema, path);
  const owner = path.findLast((step) => step !== ITEM);
  const known = typeof owner === "string" ? (names[named[owner]] ?? []) : [];
  const offers = [
    ...(keys ? nodes.flatMap((node) => keysOf(schema, node, known)) : []),
    ...(values ? nodes.flatMap((node) => valuesOf(node, known)) : []),
  ].filter(({ label, kind }) => kind === "value" || !taken.has(label));
  return [...new Map(offers.map((offer) => [offer.label, offer])).values()];
}

/**
 * Return what the schema says about a path; several where it allows several forms.
 * @param {JsonSchema} schema
 * @param {Path} path
 */
function nodesAt(schema, path) {
  let nodes = forms(schema, schema);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const next = step === ITEM ? node.items : below(node, step);
      return next ? forms(schema, next) : [];
    });
  }
  return nodes;
}

/**
 * Follow references, and spread a node into the forms that it allows.
 * @param {JsonSchema} schema
 * @param {JsonSchema} node
 * @returns {JsonSchema[]}
 */
function forms(schema, node) {
  const name = node.$ref?.split("/").at(-1);
  if (name) return forms(schema, { ...schema.$defs?.[name], ...node, $ref: undefined });
  return [
    node,
    ...[...(node.oneOf ?? []), ...(node.anyOf ?? [])].flatMap((one) => forms(schema, one)),
  ];
}

/**
 * @param {JsonSchema} node
 * @param {string} key
 */
function below({ properties, additionalProperties }, key) {
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/**
 * @param {JsonSchema} schema
 * @param {JsonSchema} node
 * @param {string[]} known
 * @returns {Offer[]}
 */
function keysOf(schema, node, known) {
  const written = Object.entries(node.properties ?? {}).map(([label, property]) => ({
    label,
    kind: /** @type {const} */ ("key"),
    below: shapeOf(schema, property),
    info: property.description,
  }));
  const free = node.additionalProperties;
  if (typeof free !== "object") return written;
  const shape = shapeOf(schema, free);
  return [
    ...written,
    ...known.map((label) => ({ label, kind: /** @type {const} */ ("key"), below: shape })),
  ];
}

/**
 * @param {JsonSchema} node
 * @param {string[]} known
 * @returns {Offer[]}
 */
function valuesOf(node, known) {
  const free = node.type === "string" && !node.enum;
  const labels = [
    ...(node.enum ?? []),
    ...(node.const === undefined ? [] : [String(node.const)]),
    ...(node.type === "boolean" ? ["true", "false"] : []),
    ...(free ? known : []),
  ];
  return labels.map((label) => ({ label, kind: "value", below: "" }));
}

/**
 * Tell whether a key's value is written below it.
 * @param {JsonSchema} schema
 * @param {JsonSchema} node
 * @returns {Offer["below"]}
 */
function shapeOf(schema, node) {
  const nodes = forms(schema, node);
  if (nodes.some(({ type }) => type === "object")) return "object";
  const members = nodes.flatMap(({ items }) => (items ? forms(schema, items) : []));
  return members.some(({ type }) => type === "object") ? "list" : "";
}

/**
 * @param {Offer} offer
 * @param {CaretPlace} place
 * @param {string} text
 * @returns {Completion}
 */
function asCompletion({ label, kind, below: shape, info }, place, text) {
  const seen = text.includes(label) ? 1 : 0; // names that the text has already are likely
  return {
    label,
    type: kind === "key" ? "property" : "constant",
    boost: seen,
    ...(info && { info: () => englishNote(info) }),
    apply: (view, completion, from, to) => {
      const rest = view.state.doc.lineAt(to);
      const follows = view.state.sliceDoc(to, rest.to);
      const end = kind === "value" || /^\S*:/.test(follows) ? "" : endOfKey(shape, place);
      write(view, completion, from, to, label + end);
    },
  };
}

/**
 * Return what stands after a key that was chosen.
 * @param {Offer["below"]} shape
 * @param {CaretPlace} place
 */
export function endOfKey(shape, { column, flow }) {
  if (flow || !shape) return ": ";
  return `:\n${" ".repeat(column + 2)}${shape === "list" ? "- " : ""}`;
}

/**
 * @param {EditorView} view
 * @param {Completion} completion
 * @param {number} from
 * @param {number} to
 * @param {string} insert
 */
function write(view, completion, from, to, insert) {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.complete",
    annotations: pickedCompletion.of(completion),
    scrollIntoView: true,
  });
  if (/\s$/.test(insert)) startCompletion(view);
}

/**
 * The vocabulary describes itself in English, whatever language the page is in.
 * @param {string} info
 */
function englishNote(info) {
  const note = document.createElement("div");
  note.lang = "en";
  note.textContent = info;
  return note;
}
