#include "annotation/overlay_panel.h"

#include <gtest/gtest.h>

#include "annotation/test_canvas.h"

namespace matside::annotation {
namespace {

constexpr base::ImageSize kSize{640, 360};
constexpr double kUnit_px = 3.6;

OverlayContent counts_only() {
  OverlayContent content;
  content.phase = "At rest";
  content.left_name = "Left";
  content.right_name = "Right";
  content.left = 3;
  content.right = 12;
  return content;
}

GreyCanvas shown(const OverlayContent& content, Edge edge, Edge cue_edge) {
  OverlayPanel panel(kSize, kUnit_px);
  panel.show(content, edge, cue_edge);
  GreyCanvas page(kSize);
  panel.composite_onto(page.canvas);
  return page;
}

const Box kTopHalf{0.0, 0.0, 640.0, 180.0};
const Box kBottomHalf{0.0, 180.0, 640.0, 360.0};

TEST(OverlayPanel, puts_counts_and_phase_at_the_chosen_edge) {
  const GreyCanvas top = shown(counts_only(), Edge::top, Edge::bottom);
  EXPECT_GT(top.drawn_in({0.0, 0.0, 90.0, 90.0}), 3000);
  EXPECT_GT(top.drawn_in({550.0, 0.0, 640.0, 90.0}), 3000);
  EXPECT_GT(top.drawn_in({200.0, 0.0, 440.0, 60.0}), 2000);
  EXPECT_EQ(top.drawn_in(kBottomHalf), 0);
  const GreyCanvas bottom = shown(counts_only(), Edge::bottom, Edge::top);
  EXPECT_EQ(bottom.drawn_in(kTopHalf), 0);
  EXPECT_GT(bottom.drawn_in({0.0, 270.0, 90.0, 360.0}), 3000);
}

TEST(OverlayPanel, has_a_single_count_where_no_leg_moves_alone) {
  OverlayContent content = counts_only();
  content.together_name = "Repetitions";
  content.together = 7;
  content.moving_together = true;
  const GreyCanvas page = shown(content, Edge::top, Edge::bottom);
  EXPECT_GT(page.drawn_in({0.0, 0.0, 90.0, 90.0}), 3000);
  EXPECT_EQ(page.drawn_in({550.0, 0.0, 640.0, 90.0}), 0);
}

TEST(OverlayPanel, puts_the_readings_below_the_phase) {
  OverlayContent content = counts_only();
  const Box below_phase{230.0, 46.0, 410.0, 70.0};
  EXPECT_EQ(shown(content, Edge::top, Edge::bottom).drawn_in(below_phase), 0);
  content.readings = "Lift 12 degrees, hold 2.1 s";
  EXPECT_GT(shown(content, Edge::top, Edge::bottom).drawn_in(below_phase), 500);
}

TEST(OverlayPanel, stays_within_its_band_without_a_cue_or_title) {
  const OverlayPanel panel(kSize, kUnit_px);
  EXPECT_NEAR(panel.band_px(), 24.0 * kUnit_px, 1e-9);
  const GreyCanvas page = shown(counts_only(), Edge::top, Edge::bottom);
  EXPECT_EQ(page.drawn_in({0.0, panel.band_px() + 1.0, 640.0, 360.0}), 0);
}

TEST(OverlayPanel, puts_the_cue_at_its_own_edge_in_place_of_the_title) {
  OverlayContent content = counts_only();
  content.title = "Single-leg kick";
  const int title = shown(content, Edge::top, Edge::bottom).drawn_in(kBottomHalf);
  EXPECT_GT(title, 0);
  content.cue = OverlayContent::Cue{"Keep your hips down", false};
  const int cue = shown(content, Edge::top, Edge::bottom).drawn_in(kBottomHalf);
  EXPECT_GT(cue, 0);
  content.title.clear();
  EXPECT_EQ(shown(content, Edge::top, Edge::bottom).drawn_in(kBottomHalf), cue);
}

TEST(OverlayPanel, wraps_a_long_cue_inside_the_picture) {
  OverlayContent content = counts_only();
  content.cue = OverlayContent::Cue{"Hips down", true};
  const int one_line = shown(content, Edge::top, Edge::bottom).drawn_in(kBottomHalf);
  content.cue->text =
      "Keep your hips heavy on the mat and move only the lower leg while the thigh stays still";
  const GreyCanvas page = shown(content, Edge::top, Edge::bottom);
  EXPECT_GT(page.drawn_in(kBottomHalf), 2 * one_line);
  EXPECT_EQ(page.drawn_in({0.0, 180.0, 8.0, 360.0}), 0);
  EXPECT_EQ(page.drawn_in({632.0, 180.0, 640.0, 360.0}), 0);
}

TEST(OverlayPanel, redraws_from_scratch_when_the_content_changes) {
  OverlayPanel panel(kSize, kUnit_px);
  OverlayContent content = counts_only();
  content.cue = OverlayContent::Cue{"Keep your hips down", false};
  panel.show(content, Edge::top, Edge::bottom);
  content.cue.reset();
  panel.show(content, Edge::top, Edge::bottom);
  GreyCanvas page(kSize);
  panel.composite_onto(page.canvas);
  EXPECT_EQ(page.drawn_in(kBottomHalf), 0);
  EXPECT_EQ(page.y, shown(content, Edge::top, Edge::bottom).y);
}

}  // namespace
}  // namespace matside::annotation
