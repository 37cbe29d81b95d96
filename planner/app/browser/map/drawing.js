// Carries a drawing to its map, which stays as it is while drawings change.

export default function ({ data, setTriggerValue }) {
  const board = (globalThis.kontorplan ??= { maps: new Map(), drawings: new Map() });
  const drawing = { ...data, reportView: (view) => setTriggerValue("view", view) };
  board.drawings.set(data.map, drawing);
  board.maps.get(data.map)?.paint(drawing);
  return () => {
    if (board.drawings.get(data.map) === drawing) board.drawings.delete(data.map);
  };
}
