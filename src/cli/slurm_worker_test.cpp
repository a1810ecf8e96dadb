#include "cli/slurm_worker.h"

#include <gtest/gtest.h>

#include <string>

namespace matside::cli {
namespace {

TEST(SlurmWorker, SaysWhichVersionAComputerHas) {
  EXPECT_EQ(why_settings_differ(R"({"program":"0.1.0","build":"Release"})",
                                R"({"program":"0.2.0","build":"Release","new":1})"),
            "has Matside \"0.1.0\" (\"Release\"), but the batch was started by \"0.2.0\" "
            "(\"Release\"); install the same version on every computer");
}

TEST(SlurmWorker, SaysWhichSettingDiffers) {
  EXPECT_EQ(why_settings_differ(R"({"program":"1","build":"R","markers":"ab","eye":true})",
                                R"({"program":"1","build":"R","markers":"cd","eye":true})"),
            "has other settings than the batch: markers");
  EXPECT_EQ(why_settings_differ("{}", "damaged"), "the settings of the batch are damaged");
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(why_settings_differ(R"({"markers":1})", R"({"markers":)" + deep + "}"),
            "the settings of the batch are damaged");
}

}  // namespace
}  // namespace matside::cli
