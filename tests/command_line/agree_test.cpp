// `matside agree`: two measurements of the same knees, from files as other programs write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";
const std::string kTruth = MATSIDE_SOURCE_DIR "/tests/data/knees/modified_level0.csv";

/// A practice as a goniometer writes it: six bends of the left knee and five of the right one.
std::string goniometer(double rate_hz, double clock_s, double offset_deg) {
  std::ostringstream table;
  table << "time_s,side,knee_flexion_deg\n";
  table.precision(9);
  for (int i = 0; i < static_cast<int>(60.0 * rate_hz); ++i) {
    const double time_s = i / rate_hz;
    const double firsts_s[] = {5.0, 11.0};
    for (int knee = 0; knee < 2; ++knee) {
      const double number = std::floor((time_s - firsts_s[knee]) / 10.0);
      const double within_s = time_s - firsts_s[knee] - 10.0 * number;
      const bool bends = number >= 0.0 && within_s < 3.0;
      const double bend_deg =
          bends ? (35.0 + number) * (1.0 - std::cos(2.0 * std::numbers::pi * within_s / 3.0))
                : 0.0;
      table << time_s + clock_s << (knee == 0 ? ",left," : ",right,")
            << 9.0 + offset_deg + bend_deg << "\n";
    }
  }
  return table.str();
}

class Agree : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome agree(std::vector<std::string> more) const {
    more.insert(more.begin(), "agree");
    return run(workplace_, more);
  }
  static void expect_refused(const Outcome& outcome, int exit_code, const std::string& saying) {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    ASSERT_EQ(outcome.err_lines().size(), 1U) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(saying));
  }

  TestFolder workplace_;
};

TEST_F(Agree, FindsTheShiftAndTheBias) {
  workplace_.write("ours.csv", goniometer(30.0, 4.25, 3.0));
  workplace_.write("theirs.csv", goniometer(100.0, 0.0, 0.0));
  const Outcome outcome = agree({"ours.csv", "theirs.csv", "--csv", "statistics.csv", "--pairs",
                                 "pairs.csv", "--html", "page.html"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("ours.csv compared with theirs.csv"), HasSubstr("-4.250 +- 0.0"),
                    HasSubstr("11 repetitions are few"), Not(HasSubstr("nan"))));
  const std::string statistics = text_of(workplace_ / "statistics.csv");
  EXPECT_THAT(statistics, AllOf(HasSubstr("\nrepetition,knee,both,all,11,1,3.0"),
                                HasSubstr("\ntime,knee,left,all,1")));
  EXPECT_THAT(text_of(workplace_ / "pairs.csv"), HasSubstr("\nours,repetition,left,"));
  EXPECT_THAT(text_of(workplace_ / "page.html"),
              AllOf(HasSubstr("<svg"), HasSubstr("</html>")));
}

TEST_F(Agree, TakesTheShiftThatIsGiven) {
  workplace_.write("ours.csv", goniometer(30.0, 0.0, 3.0));
  const Outcome outcome = agree({"ours.csv", "ours.csv", "--shift", "0"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("+0.000 (given)"));
}

TEST_F(Agree, ComparesAVideoItsOwnMotionAndItsResultFile) {
  const std::vector<std::string> practice{"--level", "0",  "--model", "lite",
                                          "--to",    "14", "--quiet"};
  const auto with = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), practice.begin(), practice.end());
    return run(workplace_, arguments);
  };
  ASSERT_EQ(with({"analyze", kClip, "--json", "clip.json", "--poses", "clip.csv"}).exit_code,
            0);
  ASSERT_EQ(
      with({"export", "clip.csv", "--size", "640x360", "--format", "mot", "-o", "clip.mot"})
          .exit_code,
      0);
  // The same poses: nothing differs but the motion's rounding.
  const Outcome same = with({"agree", "clip.csv", "clip.mot", "--shift", "0", "--size",
                             "640x360", "--csv", "same.csv"});
  ASSERT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(text_of(workplace_ / "same.csv"),
              AllOf(HasSubstr("\nrepetition,knee,both,all,3,1,0.000"),
                    HasSubstr("\ntime,knee,both,all,842,1,0.0000,,,0.000")));
  // A result file has bends above rest, and no curve.
  const Outcome result = with({"agree", "clip.json", kTruth});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("degrees above the leg at rest"), HasSubstr("none"),
                                Not(HasSubstr("at each time"))));
}

TEST_F(Agree, PairsFoldersByName) {
  fs::create_directories(workplace_ / "ours");
  fs::create_directories(workplace_ / "theirs");
  for (int i = 0; i < 4; ++i) {
    const std::string name = "practice_" + std::to_string(i) + ".csv";
    workplace_.write("ours/" + name, goniometer(30.0, i, 2.0 + i));
    if (i < 3) workplace_.write("theirs/" + name, goniometer(50.0, 0.0, 0.0));
  }
  workplace_.write("theirs/other.csv", goniometer(50.0, 0.0, 0.0));
  const Outcome outcome = agree({"ours", "theirs/"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("ours compared with theirs"), HasSubstr("practice_2"),
                    HasSubstr("Only measured, without a reference: practice_3."),
                    HasSubstr("Only in the reference: other.")));
}

TEST_F(Agree, GoesOnAfterAPracticeThatCannotBeCompared) {
  for (const char* folder : {"ours", "theirs"}) {
    fs::create_directories(workplace_ / folder);
    workplace_.write(std::string(folder) + "/good.csv", goniometer(30.0, 0.0, 0.0));
    workplace_.write(std::string(folder) + "/broken.csv",
                     "time_s,side,knee_flexion_deg\n0,left,10\n0,left,10\n");
  }
  const Outcome outcome = agree({"ours", "theirs"});
  EXPECT_EQ(outcome.exit_code, kInput);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Not compared: ours/broken.csv: line 3"), HasSubstr("good")));
}

TEST_F(Agree, PairsTablesOfSeveralPractices) {
  const std::string table = goniometer(30.0, 0.0, 0.0);
  std::string two = "practice," + table.substr(0, table.find('\n') + 1);
  for (const char* name : {"ada,", "bo,"}) {
    std::istringstream rows(table.substr(table.find('\n') + 1));
    for (std::string row; std::getline(rows, row);) two += name + row + "\n";
  }
  workplace_.write("two.csv", two);
  const Outcome outcome = agree({"two.csv", "two.csv", "--shift", "0"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("\nada "), HasSubstr("\nbo "),
                                 HasSubstr("Intervals over practices need at least 3")));
}

TEST_F(Agree, RefusesWhatCannotBeCompared) {
  workplace_.write("ours.csv", goniometer(30.0, 0.0, 0.0));
  workplace_.write("still.csv", "time_s,left_deg\n0,9\n1,9\n2,9\n3,9\n");
  workplace_.write("empty.csv", "");
  expect_refused(agree({"ours.csv"}), kUsage, "REFERENCE");
  expect_refused(agree({"ours.csv", "nothing.csv"}), kInput, "nothing.csv");
  expect_refused(agree({"ours.csv", "empty.csv"}), kInput, "empty.csv");
  expect_refused(agree({"ours.csv", "still.csv"}), kInput, "no movement in common");
  expect_refused(agree({"ours.csv", "ours.csv", "--shift", "5000"}), kInput,
                 "no time in common");
  expect_refused(agree({"ours.csv", "ours.csv", "--shift", "x"}), kUsage, "--shift: x is not");
  expect_refused(agree({"ours.csv", "ours.csv", "--csv", "ours.csv"}), kOutput, "ours.csv");
  fs::create_directories(workplace_ / "ours");
  workplace_.write("ours/a.csv", goniometer(30.0, 0.0, 0.0));
  workplace_.write("ours/b.csv", goniometer(30.0, 0.0, 0.0));
  fs::create_directories(workplace_ / "theirs");
  workplace_.write("theirs/c.csv", goniometer(30.0, 0.0, 0.0));
  expect_refused(agree({"ours", "theirs"}), kInput, "no practice has the same name");
  workplace_.write("ours/a.mot", "x\nendheader\ntime knee_angle_l\n0 1\n");
  expect_refused(agree({"ours", "theirs"}), kInput, "two practices are called a");
}

}  // namespace
}  // namespace matside::tests
