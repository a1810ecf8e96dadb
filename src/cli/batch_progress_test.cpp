#include "cli/batch_progress.h"

#include <gtest/gtest.h>

namespace matside::cli {
namespace {

using base::Seconds;

TEST(BatchLine, SaysHowManyOfHowManyHowFastAndHowLong) {
  EXPECT_EQ(batch_line({300, 0, 0, 0, Seconds(0.0), ""}), "0 of 300 recordings");
  EXPECT_EQ(batch_line({300, 12, 0, 2, Seconds(120.0), ""}),
            "12 of 300 recordings  2 failed  6.0 a minute  48:00 left");
  EXPECT_EQ(batch_line({300, 300, 0, 0, Seconds(60.0), ""}),
            "300 of 300 recordings  300.0 a minute  0:00 left");
}

TEST(BatchLine, LeavesOutOfTheRateWhatWasDoneBefore) {
  EXPECT_EQ(batch_line({300, 200, 190, 0, Seconds(60.0), ""}),
            "200 of 300 recordings  190 done before  10.0 a minute  10:00 left");
  EXPECT_EQ(batch_line({300, 200, 200, 0, Seconds(60.0), ""}),
            "200 of 300 recordings  200 done before");
}

TEST(BatchLine, EndsWithWhatSlurmDoes) {
  EXPECT_EQ(batch_line({300, 0, 0, 0, Seconds(0.0), "2 tasks run, 8 wait (Resources)"}),
            "0 of 300 recordings  2 tasks run, 8 wait (Resources)");
}

}  // namespace
}  // namespace matside::cli
