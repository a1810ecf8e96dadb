// Copies the pixels of a picture for Matside's program: of a recorded video's, or of a camera's.

/** What `format` numbers: PixelFormat of src/bindings/web/decoded_picture.h. */
const I420 = 0;
const NV12 = 1;
const I420_P10 = 2;
const RGBA = 3;

/** A picture as it is stored: neither turned nor scaled. */
export interface Pixels {
  format: number;
  /** Without padding; valid until the next picture is copied. */
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** A picture in the browser's memory: a VideoFrame, or what a library makes of one. */
export interface StoredPicture {
  readonly format: string | null;
  readonly visibleRect: { readonly width: number; readonly height: number };
  copyTo(to: Uint8Array, options: { layout: PlaneLayout[] }): Promise<unknown>;
  /** For a canvas. */
  image(): CanvasImageSource;
}

/** Bytes that the program may read after the pixels. */
const MARGIN_BYTES = 4;

interface Layout {
  format: number;
  planes: PlaneLayout[];
  bytes: number;
}

/** The planes one after the other; undefined for a format that has to be converted. */
function layoutOf(format: string | null, width: number, height: number): Layout | undefined {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const inOrder = (number: number, strides: number[]): Layout => {
    const planes: PlaneLayout[] = [];
    let bytes = 0;
    strides.forEach((stride, plane) => {
      planes.push({ offset: bytes, stride });
      bytes += stride * (plane === 0 ? height : rows);
    });
    return { format: number, planes, bytes };
  };
  switch (format) {
    case "I420":
      return inOrder(I420, [width, columns, columns]);
    case "NV12":
      return inOrder(NV12, [width, 2 * columns]);
    case "I420P10":
      return inOrder(I420_P10, [2 * width, 2 * columns, 2 * columns]);
    default:
      return undefined;
  }
}

export class PixelCopier {
  #memory = new Uint8Array();
  #canvas: OffscreenCanvas | undefined;

  /** Throws what the browser throws for a picture that it can't read. */
  async copy(picture: StoredPicture): Promise<Pixels> {
    const { width, height } = picture.visibleRect;
    const layout = layoutOf(picture.format, width, height);
    if (!layout) return this.draw(picture.image(), width, height);
    const bytes = this.#room(layout.bytes + MARGIN_BYTES);
    await picture.copyTo(bytes, { layout: layout.planes });
    return { format: layout.format, bytes, width, height };
  }

  /** For pictures in the memory of the graphics chip, and those that are no 4:2:0 video. */
  draw(image: CanvasImageSource, width: number, height: number): Pixels {
    const canvas = (this.#canvas ??= new OffscreenCanvas(width, height));
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) throw new Error("this browser gives no canvas to a Worker");
    context.drawImage(image, 0, 0, width, height);
    const bytes = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
    return { format: RGBA, bytes, width, height };
  }

  #room(bytes: number): Uint8Array {
    if (this.#memory.length !== bytes) this.#memory = new Uint8Array(bytes);
    return this.#memory;
  }
}
