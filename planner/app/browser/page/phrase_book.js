// What Streamlit says in English, in the reader's language. `*` stands for whatever it fills in.

/**
 * Make what translates a whole phrase; undefined where the book does not have it.
 * @param {Record<string, string>} said - English -> the reader's words
 */
export function phraseBook(said) {
  const exact = new Map(Object.entries(said));
  const open = [...exact].filter(([english]) => english.includes("*"));
  const patterns = open.map(([english, own]) => {
    const parts = english.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return { pattern: new RegExp(`^${parts.join("(.+)")}$`, "su"), own };
  });
  return (/** @type {string} */ phrase) => {
    const known = exact.get(phrase);
    if (known !== undefined) return known;
    for (const { pattern, own } of patterns) {
      const found = pattern.exec(phrase);
      if (found) return own.replace("*", () => found[1]);
    }
    return undefined;
  };
}
