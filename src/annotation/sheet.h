// A transparent sheet that Cairo draws on and that is laid over pictures of a video.
#pragma once

#include <cairo.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/point.h"
#include "vision/image/canvas.h"

namespace matside::annotation {

/// A part of the picture, in pixels.
struct Box {
  double left_px = 0.0;
  double top_px = 0.0;
  double right_px = 0.0;
  double bottom_px = 0.0;

  [[nodiscard]] double width_px() const { return right_px - left_px; }
  [[nodiscard]] double height_px() const { return bottom_px - top_px; }
};

/// The least box round both.
Box united(const Box& a, const Box& b);
/// The box with so much more on each side.
Box grown(const Box& box, double by_px);

/// Makes a path of the box with rounded corners.
void round_plate(cairo_t* pen, const Box& box, double radius_px);

class Sheet {
 public:
  /// `size` even, as a canvas's.
  explicit Sheet(base::ImageSize size);

  [[nodiscard]] cairo_t* pen() const { return pen_.get(); }
  /// Says that something is drawn there: what is not said is neither shown nor wiped.
  void mark(const Box& box);
  /// Wipes what was drawn.
  void wipe();
  /// Lays it over the canvas, which has its size (asserted), in the canvas's own colours.
  void lay_on(image::Canvas& canvas) const;

 private:
  struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  struct DestroyPen {
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  };

  base::ImageSize size_;
  base::ImageSize tiles_;  ///< How many there are.
  std::vector<std::uint8_t> marked_;
  std::unique_ptr<cairo_surface_t, DestroySurface> surface_;
  std::unique_ptr<cairo_t, DestroyPen> pen_;
};

}  // namespace matside::annotation
