#include "annotation/panel_placement.h"

#include <algorithm>

#include "core/base/math.h"

namespace matside::annotation {
namespace {

using base::Seconds;

// Time constant with which past positions of the body decay.
constexpr Seconds kDecay(4.0);
constexpr Seconds kBetterFor(1.0);
// The other edge is better only if the body covers less than this share of it.
constexpr double kClearlyLess = 0.6;

double toward(double from, double to, double share) { return from + (to - from) * share; }

}  // namespace

void PanelPlacement::remember(const Box& body, Seconds time) {
  if (!reach_) {
    reach_ = body;
  } else {
    const double share = 1.0 - base::exp(-((time - seen_) / kDecay));
    reach_->top_px = std::min(body.top_px, toward(reach_->top_px, body.top_px, share));
    reach_->bottom_px =
        std::max(body.bottom_px, toward(reach_->bottom_px, body.bottom_px, share));
  }
  seen_ = time;
}

double PanelPlacement::covered_px(Edge edge, double band_px) const {
  if (!reach_) return 0.0;
  const double covered =
      edge == Edge::top ? band_px - reach_->top_px : reach_->bottom_px - (height_px_ - band_px);
  return std::clamp(covered, 0.0, band_px);
}

void PanelPlacement::update(const std::optional<Box>& body, double band_px, Seconds time) {
  if (!body) return;
  const bool first = !reach_;
  remember(*body, time);
  const bool better =
      covered_px(opposite(edge_), band_px) < kClearlyLess * covered_px(edge_, band_px);
  if (!better) {
    better_since_.reset();
    return;
  }
  if (!better_since_) better_since_ = time;
  if (!first && time - *better_since_ < kBetterFor) return;
  edge_ = opposite(edge_);
  better_since_.reset();
}

}  // namespace matside::annotation
