// A transparent layer that Cairo draws on, composited onto video pictures.
#pragma once

#include <cairo.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/point.h"
#include "vision/image/canvas.h"

namespace matside::annotation {

/// A rectangle in pixels of the layer.
struct Box {
  double left_px = 0.0;
  double top_px = 0.0;
  double right_px = 0.0;
  double bottom_px = 0.0;

  /// Width and height in pixels.
  [[nodiscard]] double width_px() const { return right_px - left_px; }
  [[nodiscard]] double height_px() const { return bottom_px - top_px; }
};

/// The smallest box that contains both.
Box bounding_union(const Box& a, const Box& b);
/// The box expanded by `by_px` pixels on each side.
Box expanded(const Box& box, double by_px);

/// Sets the pen's path to the box with rounded corners.
void add_rounded_rectangle(cairo_t* pen, const Box& box, double radius_px);

/// A transparent ARGB surface with a dirty-tile map. One thread at a time.
class OverlayLayer {
 public:
  /// @param size in pixels, both sides even (asserted).
  explicit OverlayLayer(base::ImageSize size);

  /// The Cairo context for drawing; owned by the layer.
  [[nodiscard]] cairo_t* pen() const { return pen_.get(); }
  /// Marks an area as drawn on. Only marked areas are composited and cleared.
  void mark_dirty(const Box& box);
  /// Makes the marked areas transparent and unmarks them.
  void clear();
  /// Blends the marked areas onto the canvas, in its colours. Sizes must be equal (asserted).
  void composite_onto(image::Canvas& canvas) const;

 private:
  struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  struct DestroyPen {
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  };

  base::ImageSize size_;
  base::ImageSize tiles_;  ///< Number of tiles in each direction.
  std::vector<std::uint8_t> dirty_tiles_;
  std::unique_ptr<cairo_surface_t, DestroySurface> surface_;
  std::unique_ptr<cairo_t, DestroyPen> pen_;
};

}  // namespace matside::annotation
