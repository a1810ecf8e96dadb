#include "agreement/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "agreement/tables.h"
#include "agreement/test_curves.h"

namespace matside::agreement {
namespace {

using base::Seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Comparison comparison_of(std::size_t practices) {
  Comparison comparison;
  comparison.measured = "<script>alert(1)</script>.mp4";
  comparison.reference = "laboratory";
  for (std::size_t i = 0; i < practices; ++i) {
    auto pairs = pair_measurements(test_practice({.offset_deg = 2.0 + static_cast<double>(i)}),
                                   test_practice(), Seconds(0.0), Zero::straight);
    pairs.value().name = "practice \"" + std::to_string(i) + "\"";
    comparison.practices.push_back(std::move(pairs).value());
  }
  comparison.rows = study(comparison.practices);
  return comparison;
}

TEST(ComparisonPage, EscapesNamesAndLoadsNothing) {
  const std::string html = comparison_page(comparison_of(1));
  EXPECT_THAT(html, AllOf(HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;.mp4"),
                          HasSubstr("practice &quot;0&quot;"), Not(HasSubstr("<script")),
                          HasSubstr("default-src 'none'"), Not(HasSubstr("nan"))));
}

TEST(ComparisonPage, ShowsPlotsOfRepetitionsAndTimes) {
  const std::string html = comparison_page(comparison_of(1));
  std::size_t plots = 0;
  for (std::size_t at = html.find("<svg"); at != std::string::npos;
       at = html.find("<svg", at + 1)) {
    ++plots;
  }
  EXPECT_EQ(plots, 6U);  // Two Bland-Altman, two scatter plots, and the curves of both knees.
  EXPECT_THAT(html, AllOf(HasSubstr("bias 2.0"), HasSubstr("class=\"reference\"")));
}

TEST(ComparisonTables, HaveARowForEachSideAndRange) {
  const Comparison comparison = comparison_of(4);
  const std::string csv = statistics_csv(comparison.rows);
  const auto fields = std::count(csv.begin(), csv.begin() + csv.find('\n'), ',');
  std::size_t begin = 0;
  std::size_t rows = 0;
  while (begin < csv.size()) {
    const std::size_t end = csv.find('\n', begin);
    EXPECT_EQ(std::count(csv.begin() + begin, csv.begin() + end, ','), fields);
    begin = end + 1;
    ++rows;
  }
  EXPECT_EQ(rows, comparison.rows.size() + 1);
  EXPECT_THAT(csv, HasSubstr("\nrepetition,knee,both,all,44,4,3.5000,"));
  EXPECT_THAT(pairs_csv(comparison.practices),
              HasSubstr("\n\"practice \"\"0\"\"\",repetition,left,"));
}

TEST(ComparisonSummary, SaysWhatIsFewAndWhatHasNoInterval) {
  const std::string one = summary_text(comparison_of(1));
  EXPECT_THAT(one, AllOf(HasSubstr("11 repetitions are few"),
                         HasSubstr("One practice allows no intervals for pairs in time"),
                         HasSubstr("+0.000 (given)")));
  const std::string two = summary_text(comparison_of(2));
  EXPECT_THAT(two, HasSubstr("Intervals over practices need at least 3."));
  const std::string many = summary_text(comparison_of(5));
  EXPECT_THAT(many, AllOf(Not(HasSubstr("are few")), HasSubstr("4.0 (2.0 to 6.0)")));
}

}  // namespace
}  // namespace matside::agreement
