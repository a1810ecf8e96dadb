// Records on the command line: from a recording to a plan, away and back again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";
constexpr std::int64_t kMonday = 1'767'600'000;
constexpr std::int64_t kDay = 86'400;

class Records : public ::testing::Test {
 protected:
  /// With records in the workplace, on that day.
  Outcome matside(std::vector<std::string> arguments, int day = 0) const {
    arguments.insert(arguments.end(), {"--data", "data"});
    return on_day(day, std::move(arguments));
  }
  Outcome on_day(int day, std::vector<std::string> arguments) const {
    const std::string now = std::to_string(kMonday + kDay * day);
    std::vector<std::string> all{"MATSIDE_NOW=" + now, "TZ=UTC", MATSIDE_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Launch launch{workplace_.folder(), all};
    launch.program = "/usr/bin/env";
    return RunningProgram(launch).wait();
  }
  /// A line of shell, with the program as $M.
  Outcome shell(const std::string& line) const {
    Launch launch{workplace_.folder(), {"-c", "M='" MATSIDE_PROGRAM "'; " + line}};
    launch.program = "/bin/sh";
    return RunningProgram(launch).wait();
  }
  void file_the_clip() const {
    const Outcome outcome =
        matside({"analyze", kClip, "--level", "0", "--model", "lite", "--to", "14", "--quiet",
                 "--record", "--json", "clip.analysis.json", "--poses", "poses.csv"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  std::string plan(int day) const {
    const Outcome outcome = matside({"plan", "--json"}, day);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out)["next"].dump();
  }

  TestFolder workplace_;
};

TEST_F(Records, BeginEmptyWithTheEasiestLevel) {
  const Outcome outcome = matside({"plan"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              StartsWith("Next: level 0, Lying flat, 4 each side\nYou can practise today"));
  EXPECT_THAT(outcome.out, HasSubstr("Everyone starts"));
  EXPECT_THAT(matside({"history"}).out, HasSubstr("No practices yet"));
}

TEST_F(Records, KeepARecordingJudgeItAgainGiveItAwayAndTakeItBack) {
  file_the_clip();
  const json analysis = json::parse(text_of(workplace_ / "clip.analysis.json"));
  const json& counts = analysis["counts"];
  json shown = json::parse(matside({"show", "1", "--json"}).out);
  EXPECT_EQ(shown["practice"]["left"], counts["left"]);
  EXPECT_EQ(shown["practice"]["origin"], "recording");
  EXPECT_EQ(shown["repetitions"].size(), analysis["repetitions"].size());
  EXPECT_THAT(matside({"show", "1"}).out, HasSubstr("scored by matside"));
  EXPECT_THAT(matside({"rescore", "--all"}, 1).out, StartsWith("1 practice rescored\n"));
  shown = json::parse(matside({"show", "1", "--json"}).out);
  ASSERT_EQ(shown["judged"].size(), 2U);
  for (const char* count : {"left", "right", "unsure", "kicks", "clean"}) {
    EXPECT_EQ(shown["judged"][0][count], shown["judged"][1][count]) << count;
  }
  const std::string before = plan(1);
  EXPECT_EQ(matside({"backup", "copy.db"}).exit_code, 0);
  EXPECT_EQ(matside({"export", "--all", "out"}).exit_code, 0);
  EXPECT_THAT(matside({"history", "--csv"}).out, HasSubstr("\n1,2026-01-05T08:00:00+00:00,"));
  EXPECT_EQ(matside({"erase", "--all", "--yes"}).exit_code, 0);
  EXPECT_THAT(matside({"history"}).out, HasSubstr("No practices yet"));
  EXPECT_THAT(matside({"import", "out/person-1.matside.json"}).out,
              HasSubstr("1 practice imported"));
  EXPECT_EQ(plan(1), before);
  EXPECT_THAT(matside({"restore", "copy.db"}).out,
              HasSubstr("The previous records are now in"));
  EXPECT_EQ(plan(1), before);
  EXPECT_EQ(matside({"import", "clip.analysis.json"}, 3).out,
            "0 practices imported; 1 practice already saved\n");
  const Outcome poses =
      matside({"import", "poses.csv", "--size", "640x360", "--level", "0"}, 6);
  EXPECT_EQ(poses.exit_code, 0) << poses.err;
  EXPECT_THAT(poses.out, StartsWith("Already saved as practice 1: the records have this "
                                    "recording. Nothing was changed.\n"));
  EXPECT_EQ(json::parse(matside({"history", "--json"}, 6).out)["practices"].size(), 1U);
}

TEST_F(Records, AreImportedWithTheDateThatIsGiven) {
  file_the_clip();
  const auto import_dated = [&](const char* folder, const char* file, const char* date) {
    const Outcome outcome = on_day(0, {"import", file, "--level", "0", "--size", "640x360",
                                       "--date", date, "--data", folder});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    const Outcome shown = on_day(0, {"history", "--csv", "--data", folder});
    EXPECT_EQ(std::ranges::count(shown.out, '\n'), 2) << shown.out;
    return shown.out;
  };
  EXPECT_THAT(import_dated("poses", "poses.csv", "2025-12-30T18:15+01:00"),
              HasSubstr("\n1,2025-12-30T18:15:00+01:00,"));
  EXPECT_THAT(import_dated("result", "clip.analysis.json", "2025-12-30"),
              HasSubstr("\n1,2025-12-30T12:00:00+00:00,"));
  // Once more, on another day.
  for (const char* folder : {"poses", "result"}) {
    for (const char* file : {"poses.csv", "clip.analysis.json"}) {
      EXPECT_THAT(import_dated(folder, file, "2025-12-24"), HasSubstr("\n1,2025-12-30T1"));
    }
  }
  ASSERT_EQ(matside({"export", "--all", "out"}).exit_code, 0);
  const Outcome refused =
      matside({"import", "out/person-1.matside.json", "--date", "2025-12-24"});
  EXPECT_EQ(refused.exit_code, kUsage);
  EXPECT_THAT(refused.err, HasSubstr("is an export, which has the date of each practice"));
}

TEST_F(Records, OfferNoPracticeAfterSymptomsInALeg) {
  file_the_clip();
  ASSERT_EQ(matside({"export", "--all", "out"}).exit_code, 0);
  ASSERT_EQ(matside({"erase", "--all", "--yes"}).exit_code, 0);
  json taken = json::parse(text_of(workplace_ / "out/person-1.matside.json"));
  taken["practices"][0]["leg_symptoms"] = true;
  std::ofstream(workplace_ / "leg.json") << taken;
  ASSERT_EQ(matside({"import", "leg.json"}).exit_code, 0);
  const std::string said =
      "No practice is planned.\n"
      "You had symptoms in a leg. Stop for now, and talk to a doctor or physiotherapist before "
      "you practise again, even if the symptoms go away.\n"
      "When they agree, confirm it on the page: matside serve --open\n";
  EXPECT_EQ(matside({"plan"}, 5).out, said);
  EXPECT_EQ(matside({"practice", "--no-camera"}, 5).out, said);
}

TEST_F(Records, CompareTwoPracticesAndOneWithItselfJudgedAgain) {
  file_the_clip();
  const Outcome same = matside({"compare", "1", "clip.analysis.json"});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("practice 1: level 0, "));
  EXPECT_THAT(same.out, HasSubstr("\n  Lowering, s  "));
  EXPECT_THAT(same.out, Not(HasSubstr("  +")));
  const Outcome again = matside({"compare", "1", "--rescored"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, StartsWith("practice 1, scored by matside "));
  EXPECT_THAT(again.out, HasSubstr("All repetitions have the same result as before."));
  const json whole = json::parse(matside({"compare", "1", "1", "--json"}).out);
  EXPECT_EQ(whole["schema"], "matside.comparison/1");
  EXPECT_EQ(matside({"compare", "1"}).exit_code, kUsage);
  EXPECT_EQ(matside({"compare", "clip.analysis.json", "--rescored"}).exit_code, kUsage);
  EXPECT_EQ(matside({"compare", "1", "9"}).exit_code, kInput);
}

TEST_F(Records, AreErasedOnlyByAYes) {
  file_the_clip();
  EXPECT_THAT(shell("echo no | \"$M\" erase 1 --data data").out,
              HasSubstr("Nothing was erased"));
  EXPECT_THAT(shell("\"$M\" erase --all --data data < /dev/null").out,
              HasSubstr("Nothing was erased"));
  EXPECT_EQ(matside({"show", "1"}).exit_code, 0);
  EXPECT_THAT(shell("echo yes | \"$M\" erase 1 --data data").out,
              HasSubstr("Erased practice 1"));
  EXPECT_EQ(matside({"show", "1"}).exit_code, kInput);
}

TEST_F(Records, AreErasedLaterWhereAnotherProgramReadsThem) {
  constexpr int kPending = 6;
  file_the_clip();
  constexpr const char* kReader =
      "python3 -c \"import sqlite3, subprocess, sys\n"
      "reader = sqlite3.connect('data/matside.db', isolation_level=None)\n"
      "reader.execute('BEGIN'); reader.execute('SELECT count(*) FROM poses').fetchall()\n"
      "sys.exit(subprocess.run(['$M', 'erase', '--all', '--yes', '--data', 'data'])"
      ".returncode)\"";
  const Outcome outcome = shell(kReader);
  EXPECT_EQ(outcome.exit_code, kPending) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("a copy remains on the disk"));
  EXPECT_TRUE(fs::exists(workplace_ / "data/matside.db.erasing"));
  EXPECT_EQ(matside({"history"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(workplace_ / "data/matside.db.erasing"));
}

TEST_F(Records, OfOneVideoAreOnePractice) {
  file_the_clip();
  const Outcome again = matside({"analyze", kClip, "--level", "0", "--model", "lite", "--to",
                                 "14", "--record", "--force", "--json", "clip.analysis.json"},
                                1);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("Already saved as practice 1: the records have this "
                                   "recording. To save it once more, add --again."));
  EXPECT_EQ(json::parse(matside({"history", "--json"}).out)["practices"].size(), 1U);
  const Outcome once_more =
      matside({"analyze", "poses.csv", "--size", "640x360", "--level", "0", "--record",
               "--again", "--date", "2026-01-04T10:15-05:00", "--json", "-"},
              1);
  EXPECT_EQ(once_more.exit_code, 0) << once_more.err;
  EXPECT_THAT(once_more.out,
              HasSubstr("Saved as practice 2, dated 2026-01-04 10:15 (from --date)."));
  EXPECT_THAT(matside({"history", "--csv"}, 1).out,
              HasSubstr("\n2,2026-01-04T10:15:00-05:00,"));
}

TEST_F(Records, AreDatedByTheRecordingUnlessToldOtherwise) {
  workplace_.make("dated.mp4", {"-i", kClip, "-t", "3", "-c", "copy", "-metadata",
                                "creation_time=2026-01-04T07:30:00Z"});
  const auto recorded = [&](std::vector<std::string> more, const char* name = "dated.mp4") {
    std::vector<std::string> all{"analyze", name, "--model", "lite", "--json", "-",
                                 "--level", "0",  "--quiet", "--to", "0.5"};
    all.insert(all.end(), more.begin(), more.end());
    const Outcome outcome = matside(all, 1);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    expect_fits_result_schema(workplace_, outcome.out);
    return json::parse(outcome.out)["source"]["recorded"];
  };
  EXPECT_EQ(recorded({"--record"}),
            json({{"time", "2026-01-04T07:30:00+00:00"}, {"from", "file"}}));
  EXPECT_EQ(json::parse(matside({"show", "1", "--json"}, 1).out)["practice"]["start"],
            "2026-01-04T07:30:00+00:00");
  EXPECT_EQ(recorded({"--date", "2026-01-03"}),
            json({{"time", "2026-01-03T12:00:00+00:00"}, {"from", "given"}}));
  EXPECT_EQ(recorded({}, kClip.c_str()), json({{"time", nullptr}, {"from", "analysis"}}));
  // The camera's clock was ahead: its date can't be true.
  workplace_.make("ahead.mp4", {"-i", kClip, "-t", "3", "-c", "copy", "-metadata",
                                "creation_time=2031-01-04T07:30:00Z"});
  EXPECT_EQ(recorded({}, "ahead.mp4"), json({{"time", nullptr}, {"from", "analysis"}}));
}

TEST_F(Records, AreNeverHarmedByWhatIsWrong) {
  file_the_clip();
  const auto refused = [&](const std::vector<std::string>& arguments, int code,
                           const std::string& saying) {
    const Outcome outcome = matside(arguments);
    EXPECT_EQ(outcome.exit_code, code) << arguments[0] << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(saying));
    EXPECT_EQ(outcome.err_lines().size(), 1U) << outcome.err;
  };
  refused({"show"}, kUsage, "number is missing");
  refused({"analyze", kClip, "--date", "yesterday"}, kUsage, "--date: must be a date");
  refused({"analyze", kClip, "--date", "2031-01-01"}, kUsage, "--date: is in the future");
  refused({"analyze", kClip, kClip, "--date", "2026-01-01"}, kUsage, "a single input");
  refused({"show", "99"}, kInput, "no practice 99");
  refused({"rescore"}, kUsage, "--all");
  refused({"erase", "1", "--all"}, kUsage, "--all");
  refused({"export", "out"}, kUsage, "--format is missing");
  refused({"practice"}, kUsage, "--no-camera");
  refused({"plan", "--person", "Bo"}, kUsage, "there is no person called Bo");
  refused({"history", "--json", "--csv"}, kUsage, "choose one");
  refused({"backup", "poses.csv"}, kOutput, "already exists");
  refused({"import", "nothing.json"}, kInput, "nothing.json");
  refused({"import", "poses.csv"}, kUsage, "--level 1");
  refused({"import", "poses.csv", "--date", "5.1.2026"}, kUsage,
          "--date: must be a date such as 2026-01-05");
  refused({"import", "poses.csv", "--date", "2026-01-06"}, kUsage, "--date: is in the future");
  refused({"import", "poses.csv", "--date", "1980-01-01"}, kUsage,
          "--date: must be from 1995 to 2199");
  refused({"import", "poses.csv", "--level", "0"}, kUsage, "--size");
  refused({"import", "poses.csv", "--size", "0x1", "--level", "0"}, kUsage, "--size");
  refused({"restore", "poses.csv"}, kInput, "poses.csv");
  std::ofstream(workplace_ / "wrong.json") << R"({"schema":"matside.analysis/1"})";
  refused({"import", "wrong.json"}, kInput, "wrong.json: key \"exercise\" is missing");
  EXPECT_EQ(json::parse(matside({"history", "--json"}).out)["practices"].size(), 1U);
}

TEST_F(Records, StayAsTheyAreWhereTheyAreDamagedOrMayNotBeWritten) {
  fs::create_directory(workplace_ / "data");
  const std::string damaged(10'000, 'x');
  std::ofstream(workplace_ / "data/matside.db") << damaged;
  const Outcome outcome = matside({"plan"});
  EXPECT_EQ(outcome.exit_code, kInput);
  EXPECT_THAT(outcome.err, HasSubstr("damaged"));
  EXPECT_EQ(text_of(workplace_ / "data/matside.db"), damaged);
  const Outcome nowhere = on_day(0, {"plan", "--data", "/proc/nothing"});
  EXPECT_EQ(nowhere.exit_code, kOutput);
  EXPECT_THAT(nowhere.err, HasSubstr("--data DIR"));
}

TEST_F(Records, HoldTheirPlanWhateverTheClockSays) {
  file_the_clip();
  const Outcome early = on_day(-20'000, {"plan", "--data", "data"});  // 1971
  EXPECT_EQ(early.exit_code, 0) << early.err;
  EXPECT_THAT(early.out, HasSubstr("clock"));
  // Half a year later, in another time zone.
  EXPECT_EQ(on_day(180, {"plan", "--data", "data"}).exit_code, 0);
}

}  // namespace
}  // namespace matside::tests
