// The program installed elsewhere than where it was built.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

TEST(Installed, WorksFromWhereverItIs) {
  const TestFolder workplace;
  const fs::path prefix = workplace / "a prefix";
  const std::string install =
      "cmake --install '" MATSIDE_BINARY_DIR "' --prefix '" + prefix.string() + "' >/dev/null";
  ASSERT_EQ(std::system(install.c_str()), 0);
  const std::string inside = fs::canonical(prefix).string() + "/";
  for (const auto& entry : fs::recursive_directory_iterator(prefix)) {
    EXPECT_TRUE(fs::canonical(entry.path()).string().starts_with(inside))
        << entry.path() << " leads out of the installation";
  }
  for (const char* name :
       {"share/matside/schemas/formats/analysis.schema.json",
        "share/matside/schemas/report/report.schema.json",
        "share/matside/schemas/protocol/records.schema.json", "share/doc/matside/README.md",
        "share/doc/matside/docs/formats.md", "share/doc/matside/docs/pictures/report.webp"}) {
    EXPECT_TRUE(fs::is_regular_file(prefix / name)) << name;
  }
  const fs::path program = prefix / "bin" / "matside";
  const Outcome doctor = RunningProgram({workplace.folder(), {"doctor"}, {}, program}).wait();
  EXPECT_EQ(doctor.exit_code, 0) << doctor.out;
  EXPECT_THAT(doctor.out, HasSubstr(prefix.string() + "/share/matside"));
  const Outcome analyze =
      RunningProgram({workplace.folder(), {"analyze", kClip, "--to", "0.1"}, {}, program})
          .wait();
  EXPECT_EQ(analyze.exit_code, 0) << analyze.err;
}

}  // namespace
}  // namespace matside::tests
