#include "annotation/panel_placement.h"

#include <gtest/gtest.h>

namespace matside::annotation {
namespace {

using base::Seconds;

constexpr double kHeight_px = 360.0;
constexpr double kBand_px = 90.0;

Box body(double top_px, double bottom_px) { return {100.0, top_px, 500.0, bottom_px}; }

TEST(PanelPlacement, panels_are_at_the_top_without_a_body) {
  PanelPlacement free(kHeight_px);
  free.update(std::nullopt, kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(PanelPlacement, panels_start_at_the_bottom_when_the_body_is_at_the_top) {
  PanelPlacement free(kHeight_px);
  free.update(body(20.0, 200.0), kBand_px, Seconds(0.0));
  EXPECT_EQ(free.edge(), Edge::bottom);
}

TEST(PanelPlacement, a_brief_overlap_does_not_move_the_panels) {
  PanelPlacement free(kHeight_px);
  free.update(body(120.0, 250.0), kBand_px, Seconds(0.0));
  free.update(body(80.0, 250.0), kBand_px, Seconds(0.1));
  EXPECT_EQ(free.edge(), Edge::top);
}

TEST(PanelPlacement, feet_that_repeatedly_reach_up_move_the_panels_once) {
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

TEST(PanelPlacement, a_body_across_the_whole_picture_does_not_move_the_panels) {
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
