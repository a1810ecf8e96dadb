// Paints the body without a graphics processor: triangles from far to near, each in one shade.
import type { Body } from "./body";
import { HEIGHT, project, WIDTH } from "./camera";
import type { BodyPainter } from "./palette";
import { skinned } from "./skeleton";
import { dot, unit, type Vec } from "./vectors";

const LIGHT = unit([-0.45, 0.8, 0.55]);

export function flatPainter(body: Body): BodyPainter {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const count = body.triangles.length / 3;
  return (bones, palette, width, height) => {
    if (!context) return undefined;
    canvas.width = width;
    canvas.height = height;
    context.scale(width / WIDTH, height / HEIGHT);
    const places: Vec[] = [];
    const normals: Vec[] = [];
    for (let vertex = 0; vertex < body.parts.length; vertex++) {
      const { place, normal } = skinned(body, bones, vertex);
      places.push(place);
      normals.push(unit(normal));
    }
    const corner = (triangle: number, k: number) => body.triangles[3 * triangle + k] ?? 0;
    const far = (triangle: number) =>
      [0, 1, 2].reduce((sum, k) => sum + (places[corner(triangle, k)]?.[2] ?? 0), 0);
    const depths = Float32Array.from({ length: count }, (_, k) => far(k));
    const order = Array.from({ length: count }, (_, k) => k);
    order.sort((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0));
    for (const triangle of order) {
      const [a, b, c] = [0, 1, 2].map((k) => project(places[corner(triangle, k)] ?? [0, 0, 0]));
      if (!a || !b || !c) continue;
      // Seen from behind.
      if ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) >= 0) continue;
      const vertex = corner(triangle, 0);
      const part = 3 * (body.parts[vertex] ?? 0);
      const sun = Math.max(0, (dot(normals[vertex] ?? [0, 1, 0], LIGHT) + 0.25) / 1.25);
      const light = palette.flat ? 255 : 255 * (0.48 + 0.6 * sun);
      const [red, green, blue] = [0, 1, 2].map((k) => light * (palette.colours[part + k] ?? 0));
      context.fillStyle = context.strokeStyle = `rgb(${red} ${green} ${blue})`;
      context.lineWidth = 0.6;
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.lineTo(c.x, c.y);
      context.closePath();
      context.fill();
      context.stroke();
    }
    return canvas;
  };
}
