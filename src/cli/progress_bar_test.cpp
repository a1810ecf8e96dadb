#include "cli/progress_bar.h"

#include <gtest/gtest.h>

namespace matside::cli {
namespace {

using base::Seconds;

TEST(ProgressLine, ShowsShareFramesSpeedAndTimeLeft) {
  EXPECT_EQ(progress_line({250, Seconds(2.5), 0.25}),
            "[#####---------------]  25%  250 frames  100 frames/s  0:08 left");
}

TEST(ProgressLine, ShowsOnlyFramesAndSpeedWhereTheLengthIsNotKnown) {
  EXPECT_EQ(progress_line({250, Seconds(2.5), std::nullopt}), "250 frames  100 frames/s");
}

TEST(ProgressLine, ShowsNoSpeedBeforeItMeansAnything) {
  EXPECT_EQ(progress_line({3, Seconds(0.1), 0.0}), "[--------------------]   0%  3 frames");
}

TEST(ProgressLine, StaysWithinTheBarWhenTheHeadersWereWrong) {
  EXPECT_EQ(progress_line({10, Seconds(1.0), 1.7}),
            "[####################] 100%  10 frames  10 frames/s  0:00 left");
}

}  // namespace
}  // namespace matside::cli
