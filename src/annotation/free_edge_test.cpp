#include "annotation/free_edge.h"

#include <gtest/gtest.h>

namespace matside::annotation {
namespace {

using base::Seconds;

constexpr double kHeight_px = 360.0;
constexpr double kBand_px = 90.0;

Box body(double top_px, double bottom_px) { return {100.0, top_px, 500.0, bottom_px}; }

TEST(FreeEdge, plates_are_above_where_nobody_is_seen) {
  FreeEdge free(kHeight_px);
  free.see(std::nullopt, kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(FreeEdge, plates_are_below_from_the_start_where_the_body_is_above) {
  FreeEdge free(kHeight_px);
  free.see(body(20.0, 200.0), kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::bottom);
}

TEST(FreeEdge, a_short_reach_into_the_band_moves_nothing) {
  FreeEdge free(kHeight_px);
  free.see(body(120.0, 250.0), kBand_px, Seconds(0.0));
  free.see(body(80.0, 250.0), kBand_px, Seconds(0.1));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(FreeEdge, feet_that_reach_up_again_and_again_move_the_plates_once) {
  FreeEdge free(kHeight_px);
  int changes = 0;
  Edge last = free.edge();
  for (int frame = 0; frame < 900; ++frame) {
    const bool up = frame / 60 % 2 == 1;
    free.see(body(up ? 40.0 : 150.0, 260.0), kBand_px, Seconds(frame / 30.0));
    changes += free.edge() != last ? 1 : 0;
    last = free.edge();
  }
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(last, Edge::bottom);
}

TEST(FreeEdge, a_body_over_the_whole_picture_moves_nothing) {
  FreeEdge free(kHeight_px);
  for (int frame = 0; frame < 90; ++frame) {
    free.see(body(0.0, 360.0), kBand_px, Seconds(frame / 30.0));
    EXPECT_EQ(free.edge(), Edge::top);
  }
  EXPECT_EQ(free.covered_px(Edge::top, kBand_px), kBand_px);
  EXPECT_EQ(free.covered_px(Edge::bottom, kBand_px), kBand_px);
}

}  // namespace
}  // namespace matside::annotation
