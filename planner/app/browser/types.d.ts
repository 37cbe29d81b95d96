// What Python sends to the components, and what they send back.

/** East and south, in grid steps of a land, or in pixels of the screen. */
export type Point = [number, number];

/** West, north, east and south side. */
export type Box = [number, number, number, number];

/** A ring of whole grid steps: its first point, and then the steps from point to point. */
export type Ring = number[];

/** The ground of a region (`planner.present.maps.ground`). */
export interface Land {
  id: string;
  grid_m: number;
  west_m: number;
  north_m: number;
  width: number;
  height: number;
  codes: string[];
  names: string[];
  centres: Point[];
  shapes: Ring[][];
  around: Ring[];
  norway: Ring[];
  towns: string[];
  countries: [string, number, number, number][];
}

/** What part of a land is seen, whatever the size of its map (EPSG:25833). */
export interface Metres {
  east_m: number;
  north_m: number;
  metres_per_px: number;
}

export type Pattern = "lines" | "dots" | "cross" | "waves";

export interface LegendEntry {
  label: string;
  mark: "area" | "host" | "member" | "days" | "border" | "locked" | "road" | "ferry";
  fill?: string;
  pattern?: Pattern | "";
}

/** What a map shows (`planner.present.maps.drawing`). */
export interface Drawing {
  labels: string[];
  fills: Record<string, string>;
  tooltips: Record<string, string>;
  legend: LegendEntry[];
  summary: string;
  patterns: Record<string, Pattern>;
  groups: Record<string, string>;
  hosts: string[];
  sizes: Record<string, number>;
  open_share: Record<string, number>;
  ways: [string, string][];
  via: Record<string, number[]>;
  roads: ["road" | "ferry" | "express_boat", number, number, number, number][];
  locked: string[];
  map: string;
  land: string;
  selected: string[];
  /** Host in whose colour a stroke paints, or an act without one; that of its beginning if empty. */
  brush: string;
  view: Metres | null;
}

/** A drawing that can tell the app where the reader looks. */
export interface MapLetter extends Drawing {
  reportView: (view: Metres | "all") => void;
}

/** What a map is made with; another drawing leaves it as it is. */
export interface MapOptions {
  land: Land;
  map: string;
  height_px: number;
  link: string;
  pick: "none" | "one" | "many" | "paint";
  language: string;
  texts: Record<string, string>;
}

/** Left edge and middle of a name, from its place, and the end of a line to it. */
export type Spot = [number, number, Point?];

/** A place of the map and its name, as the placer sees them. */
export interface Place {
  at: Point;
  kind: "host" | "member";
  marked: boolean;
  radius: number;
  width: number;
  landWidth: number;
}

/** What the editor is made with. */
export interface EditorOptions {
  editor: string;
  height_px: number;
  texts: { label: string; keys: string };
  phrases: Record<string, string>;
  schema: JsonSchema;
  names: Record<string, string[]>;
  named: Record<string, string>;
}

export interface Fault {
  line: number;
  place: string;
  message: string;
}

/** A text as the app knows it, and what it says about it. */
export interface Written {
  editor: string;
  file: string;
  born: string;
  text: string;
  saved: string;
  base: string;
  revision: number;
  taken: number;
  faults: Fault[];
  status: string;
}

/** What the editor tells the app (`planner.app.edit.draft.Draft.take`). */
export interface Edit {
  text: string | null;
  step: number;
  base: string | null;
  revision: number;
  number: number;
}

export interface EditorLetter extends Written {
  report: (edit: Edit) => void;
}

/** The part of JSON Schema that completion reads. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  description?: string;
  type?: string;
  enum?: string[];
  const?: string | number | boolean;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
}

/** What Streamlit calls a component with, at every run. */
export interface Call<Data> {
  data: Data;
  parentElement: ShadowRoot;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** A large component that takes what its small one carries. */
export interface Host<Letter> {
  receive(letter: Letter): void;
}

/** What the browser is told about the page (`planner.app.shell.language`). */
export interface PageFacts {
  language: string;
  said: Record<string, string>;
  before: string;
  after: string;
}
