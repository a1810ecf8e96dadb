// The body and its poses, loaded once for all figures.
import { type Body, loadBody } from "./body";
import { BodyPoser } from "./body_poser";

export interface Figures {
  body: Body;
  poser: BodyPoser;
}

let figures: Figures | undefined;

export async function loadFigures(): Promise<Figures> {
  const body = await loadBody();
  if (figures?.body !== body) figures = { body, poser: new BodyPoser(body) };
  return figures;
}
