// Which edge of the picture is free for plates, so that they leave the body to be seen.
#pragma once

#include <cstdint>
#include <optional>

#include "annotation/sheet.h"
#include "core/base/quantity.h"

namespace matside::annotation {

enum class Edge : std::uint8_t { top, bottom };
inline Edge opposite(Edge edge) { return edge == Edge::top ? Edge::bottom : Edge::top; }

/// Watches where the body is and where its feet go. Plates stay where they are unless another
/// edge has been better for a while: what jumps is not read.
class FreeEdge {
 public:
  explicit FreeEdge(double height_px) : height_px_(height_px) {}

  /// With each frame. @param body where it is, where it is seen. @param band_px height of what
  /// lies along the edge.
  void see(const std::optional<Box>& body, double band_px, base::Seconds time);

  [[nodiscard]] Edge edge() const { return edge_; }
  /// How much of a band at that edge the body covers, in pixels of height.
  [[nodiscard]] double covered_px(Edge edge, double band_px) const;

 private:
  void remember(const Box& body, base::Seconds time);

  double height_px_;
  Edge edge_ = Edge::top;
  std::optional<Box> reach_;  ///< Where the body has been of late.
  base::Seconds seen_;
  std::optional<base::Seconds> better_since_;  ///< Since when the other edge is the freer one.
};

}  // namespace matside::annotation
