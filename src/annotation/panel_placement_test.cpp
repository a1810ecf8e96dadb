#include "annotation/panel_placement.h"

#include <gtest/gtest.h>

namespace matside::annotation {
namespace {

using base::Seconds;

constexpr double kHeight_px = 360.0;
constexpr double kBand_px = 90.0;

Box body(double top_px, double bottom_px) { return {100.0, top_px, 500.0, bottom_px}; }

TEST(PanelPlacement, plates_are_above_where_nobody_is_seen) {
  PanelPlacement free(kHeight_px);
  free.update(std::nullopt, kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(PanelPlacement, plates_are_below_from_the_start_where_the_body_is_above) {
  PanelPlacement free(kHeight_px);
  free.update(body(20.0, 200.0), kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::bottom);
}

TEST(PanelPlacement, a_short_reach_into_the_band_moves_nothing) {
  PanelPlacement free(kHeight_px);
  free.update(body(120.0, 250.0), kBand_px, Seconds(0.0));
  free.update(body(80.0, 250.0), kBand_px, Seconds(0.1));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(PanelPlacement, feet_that_reach_up_again_and_again_move_the_plates_once) {
  PanelPlacement free(kHeight_px);
  int changes = 0;
  Edge last = free.edge();
  for (int frame = 0; frame < 900; ++frame) {
    const bool up = frame / 60 % 2 == 1;
    free.update(body(up ? 40.0 : 150.0, 260.0), kBand_px, Seconds(frame / 30.0));
    changes += free.edge() != last ? 1 : 0;
    last = free.edge();
  }
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(last, Edge::bottom);
}

TEST(PanelPlacement, a_body_over_the_whole_picture_moves_nothing) {
  PanelPlacement free(kHeight_px);
  for (int frame = 0; frame < 90; ++frame) {
    free.update(body(0.0, 360.0), kBand_px, Seconds(frame / 30.0));
    EXPECT_EQ(free.edge(), Edge::top);
  }
  EXPECT_EQ(free.covered_px(Edge::top, kBand_px), kBand_px);
  EXPECT_EQ(free.covered_px(Edge::bottom, kBand_px), kBand_px);
}

}  // namespace
}  // namespace matside::annotation
