#include "cli/command_output.h"

#include <gtest/gtest.h>

namespace matside::cli {
namespace {

using std::chrono::seconds;

TEST(CommandOutput, HasWhatAProgramPrintsAndItsExitCode) {
  const auto done =
      run_command({"sh", "-c", "cat; echo wrong >&2; exit 3"}, "text\n", seconds(60));
  ASSERT_TRUE(done);
  EXPECT_EQ(done.value().output, "text\n");
  EXPECT_EQ(done.value().errors, "wrong\n");
  EXPECT_EQ(done.value().exit_code, 3);
}

TEST(CommandOutput, GivesArgumentsAsTheyAre) {
  const auto done = run_command({"printf", "%s", "$HOME; `id` *"}, "", seconds(60));
  ASSERT_TRUE(done);
  EXPECT_EQ(done.value().output, "$HOME; `id` *");
}

TEST(CommandOutput, OfALongTextIsComplete) {
  const auto done = run_command({"head", "-c", "1000000", "/dev/zero"}, "", seconds(60));
  ASSERT_TRUE(done);
  EXPECT_EQ(done.value().output.size(), 1'000'000U);
}

TEST(CommandOutput, OfAMissingProgramIsAnError) {
  const auto done = run_command({"matside-is-no-such-program"}, "", seconds(60));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, base::ErrorKind::not_found);
}

TEST(CommandOutput, OfAProgramThatHangsEnds) {
  const auto done = run_command({"sleep", "600"}, "", seconds(1));
  ASSERT_TRUE(done);
  EXPECT_EQ(done.value().exit_code, -1);
}

}  // namespace
}  // namespace matside::cli
