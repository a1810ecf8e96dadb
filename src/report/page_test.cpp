#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "report/page_file.h"
#include "tests/support/media.h"

namespace matside::report {
namespace {

using ::testing::HasSubstr;

TEST(ReportPage, embeds_any_document_once) {
  const support::MediaFolder folder;
  const auto path = folder.write(
      "report.html",
      std::string("<script type=\"application/json\">\"MATSIDE_REPORT\"</script>$&"));
  const auto page = load_page(path);
  ASSERT_TRUE(page);
  EXPECT_EQ(embed_report(page.value(), R"({"name":"\"MATSIDE_REPORT\" $&"})"),
            R"(<script type="application/json">{"name":"\"MATSIDE_REPORT\" $&"}</script>$&)");
}

TEST(ReportPage, is_refused_without_exactly_one_placeholder) {
  const support::MediaFolder folder;
  for (const std::string text :
       {"", "<p>no place</p>", "\"MATSIDE_REPORT\" \"MATSIDE_REPORT\""}) {
    const auto page = load_page(folder.write("report.html", text));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, base::ErrorKind::model);
    EXPECT_THAT(page.error().message, HasSubstr("report.html"));
  }
  EXPECT_FALSE(load_page(folder.path("nothing.html")));
}

TEST(ReportPage, keeps_everything_around_the_placeholder) {
  const std::string before(100'000, 'a');
  const std::string after(50'000, 'b');
  const std::string page = embed_report(before + "\"MATSIDE_REPORT\"" + after, "{}");
  EXPECT_EQ(page, before + "{}" + after);
}

}  // namespace
}  // namespace matside::report
