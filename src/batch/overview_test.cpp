#include "batch/overview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace matside::batch {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A practice without repetitions of which only these cells are known.
RecordingRows practice(const std::string& path, const std::string& report,
                       std::int64_t repetitions) {
  RecordingRows rows;
  for (const Column& column : practices_table().columns) {
    rows.practice.emplace_back();
    if (column.name == "path") rows.practice.back() = path;
    if (column.name == "report" && !report.empty()) rows.practice.back() = report;
    if (column.name == "repetitions") rows.practice.back() = repetitions;
    if (column.name == "warnings") rows.practice.back() = "camera_oblique small_person";
  }
  return rows;
}

TEST(Overview, LinksEachReportAndEscapesEveryText) {
  Overview overview;
  overview.add(practice("<script>alert(1)</script>.mp4", "results/a b/report.html", 4));
  overview.add(practice("plain.csv", "", 6));
  overview.add(Failure{"\"><b>.mp4", "", "input", "is <empty>"});
  const std::string html = overview.html();
  EXPECT_THAT(html, AllOf(HasSubstr("href=\"results/a%20b/report.html\""),
                          HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;.mp4"),
                          HasSubstr("<td>plain.csv</td>"), HasSubstr("is &lt;empty&gt;"),
                          HasSubstr("&quot;&gt;&lt;b&gt;.mp4"), Not(HasSubstr("<script"))));
  EXPECT_THAT(html, AllOf(HasSubstr("Practices: 2. Recordings that could not be used: 1."),
                          HasSubstr("n = 2, median 5.0"), HasSubstr("camera_oblique"),
                          HasSubstr("default-src 'none'")));
}

TEST(Overview, IsAPageWithoutAnyPracticeToo) {
  const std::string html = Overview().html();
  EXPECT_THAT(html, AllOf(HasSubstr("Practices: 0."), HasSubstr("Not measured."),
                          HasSubstr("</html>"), Not(HasSubstr("nan"))));
}

TEST(Overview, BinsOneValueAndManyAlike) {
  for (const int count : {1, 2, 500}) {
    Overview overview;
    for (int i = 0; i < count; ++i) overview.add(practice("x", "", i));
    const std::string html = overview.html();
    std::size_t bars = 0;
    for (std::size_t at = html.find("<title>"); (at = html.find(": ", at)) != std::string::npos;
         ++at) {
      ++bars;
    }
    EXPECT_GT(bars, 0U) << count;
    EXPECT_THAT(html, HasSubstr("n = " + std::to_string(count) + ","));
  }
}

}  // namespace
}  // namespace matside::batch
