// Chooses the edge of the picture for the panels so that they do not cover the body.
#pragma once

#include <cstdint>
#include <optional>

#include "annotation/overlay_layer.h"
#include "core/base/quantity.h"

namespace matside::annotation {

/// An edge of the picture.
enum class Edge : std::uint8_t { top, bottom };
/// The other edge.
inline Edge opposite(Edge edge) { return edge == Edge::top ? Edge::bottom : Edge::top; }

/// Tracks where the body and its feet are. The panels change edge only after the other one has
/// been better for a second, since a panel that jumps cannot be read.
class PanelPlacement {
 public:
  /// @param height_px height of the picture.
  explicit PanelPlacement(double height_px) : height_px_(height_px) {}

  /// Takes each frame in order. @param body its box in picture pixels, if seen. @param band_px
  /// height of the panels with margins.
  void update(const std::optional<Box>& body, double band_px, base::Seconds time);

  /// The chosen edge, top at first.
  [[nodiscard]] Edge edge() const { return edge_; }
  /// Height in pixels, 0 to `band_px`, of a band at that edge that the body covers.
  [[nodiscard]] double covered_px(Edge edge, double band_px) const;

 private:
  void remember(const Box& body, base::Seconds time);

  double height_px_;
  Edge edge_ = Edge::top;
  std::optional<Box> reach_;  ///< Where the body has been recently.
  base::Seconds seen_;
  std::optional<base::Seconds> better_since_;  ///< Since when the other edge is better.
};

}  // namespace matside::annotation
