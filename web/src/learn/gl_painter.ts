// Paints the body with WebGL: one context for all figures, whose pictures are then copied.
import type { Body } from "./body";
import { PITCH_DEG, VIEW } from "./camera";
import type { BodyPainter, Palette } from "./palette";
import { radians } from "./vectors";

const VERTEX_SHADER = `#version 300 es
precision highp float;
in vec3 place;
in vec3 normal;
in vec4 bones;
in vec4 weights;
in float part;
uniform vec4 real[BONES];
uniform vec4 dual[BONES];
uniform vec3 colours[PARTS];
uniform vec4 view;
uniform vec2 pitch;
out vec3 way;
out vec3 colour;
out float height;
out float aside;
vec3 turned(vec4 q, vec3 v) { return v + 2.0 * cross(q.xyz, cross(q.xyz, v) + q.w * v); }
void main() {
  vec4 r = vec4(0.0);
  vec4 d = vec4(0.0);
  for (int k = 0; k < 4; k++) {
    int bone = int(bones[k] + 0.5);
    float weight = weights[k] * (dot(real[bone], real[int(bones[0] + 0.5)]) < 0.0 ? -1.0 : 1.0);
    r += weight * real[bone];
    d += weight * dual[bone];
  }
  float size = length(r);
  r /= size;
  d /= size;
  vec3 moved = 2.0 * (r.w * d.xyz - d.w * r.xyz + cross(r.xyz, d.xyz));
  vec3 at = turned(r, place) + moved;
  way = turned(r, normal);
  colour = colours[int(part + 0.5)];
  height = at.y;
  aside = at.z;
  float up = at.y * pitch.x - at.z * pitch.y;
  float near = at.z * pitch.x + at.y * pitch.y;
  gl_Position = vec4((at.x - view.x) / view.z * 2.0 - 1.0, (up - view.y) / view.w * 2.0 - 1.0, -0.5 * near, 1.0);
}`;

const FRAGMENT_SHADER = `#version 300 es
precision highp float;
in vec3 way;
in vec3 colour;
in float height;
in float aside;
uniform float flat_colour;
uniform vec2 pitch;
out vec4 shown;
void main() {
  // The mat gives way a little.
  if (height < 0.0) discard;
  vec3 n = normalize(way);
  vec3 light = normalize(vec3(-0.45, 0.8, 0.55));
  vec3 eye = vec3(0.0, pitch.y, pitch.x);
  float sun = max(0.0, (dot(n, light) + 0.25) / 1.25);
  float sky = 0.5 + 0.5 * n.y;
  float close = mix(0.62, 1.0, smoothstep(-0.02, 0.16, height + 0.12 * n.y));
  float rim = pow(1.0 - max(0.0, dot(n, eye)), 3.0) * (0.35 + 0.65 * sky);
  float glint = pow(max(0.0, dot(n, normalize(light + eye))), 28.0);
  vec3 lit = colour * (0.36 * close + 0.2 * sky * close + 0.62 * sun * close)
    + vec3(0.16, 0.17, 0.18) * rim + vec3(0.05) * glint;
  lit *= mix(0.74, 1.0, smoothstep(-0.13, 0.02, aside));
  shown = vec4(mix(pow(lit, vec3(0.95)), colour, flat_colour), 1.0);
}`;

function compiled(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind);
  if (!shader) throw new Error("no shader");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
    throw new Error(gl.getShaderInfoLog(shader) ?? "not compiled");
  return shader;
}

/** A painter, or nothing where WebGL isn't available. */
export function glPainter(body: Body, colours: number): BodyPainter | undefined {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2", { antialias: true, alpha: true });
  if (!gl) return undefined;
  const program = gl.createProgram();
  const numbered = (source: string) =>
    source.replaceAll("BONES", `${body.bones.length}`).replaceAll("PARTS", `${colours}`);
  gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, numbered(VERTEX_SHADER)));
  gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, FRAGMENT_SHADER));
  gl.linkProgram(program);
  gl.useProgram(program);

  const attribute = (
    name: string,
    size: number,
    kind: number,
    normalized: boolean,
    data: ArrayBufferView,
  ) => {
    const at = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, kind, normalized, 0, 0);
  };
  attribute("place", 3, gl.FLOAT, false, body.places);
  attribute("normal", 3, gl.BYTE, true, body.normals);
  attribute("bones", 4, gl.UNSIGNED_BYTE, false, body.boneNumbers);
  attribute("weights", 4, gl.UNSIGNED_BYTE, true, body.weights);
  attribute("part", 1, gl.UNSIGNED_BYTE, false, body.parts);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, body.triangles, gl.STATIC_DRAW);
  gl.enable(gl.DEPTH_TEST);
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  gl.uniform4f(
    uniform("view"),
    VIEW.left,
    VIEW.bottom,
    VIEW.right - VIEW.left,
    VIEW.top - VIEW.bottom,
  );
  gl.uniform2f(uniform("pitch"), Math.cos(radians(PITCH_DEG)), Math.sin(radians(PITCH_DEG)));

  return (bones: Float32Array, palette: Palette, width: number, height: number) => {
    if (gl.isContextLost()) return undefined;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
    }
    // A picture's top left corner is the canvas's.
    gl.viewport(0, canvas.height - height, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const [real, dual] = [0, 4].map((from) =>
      Float32Array.from(
        { length: bones.length / 2 },
        (_, k) => bones[8 * (k >> 2) + from + (k & 3)] ?? 0,
      ),
    );
    if (!real || !dual) return undefined;
    gl.uniform4fv(uniform("real"), real);
    gl.uniform4fv(uniform("dual"), dual);
    gl.uniform3fv(uniform("colours"), palette.colours);
    gl.uniform1f(uniform("flat_colour"), palette.flat ? 1 : 0);
    gl.drawElements(gl.TRIANGLES, body.triangles.length, gl.UNSIGNED_SHORT, 0);
    return canvas;
  };
}
