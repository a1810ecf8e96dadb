// Practices of exercises that are described by files alone, saved and used on the command line.
// The poses are those of rendered clips.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formats/xz.h"
#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kUsage = 2;
constexpr int kInput = 3;

class SisterMoves : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* move : {"swan_preparation", "double_leg_kick", "prone_leg_lift"}) {
      const std::string file =
          MATSIDE_SOURCE_DIR "/tests/data/poses/moves/" + std::string(move) + ".csv.xz";
      std::ifstream packed(file, std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(packed), {});
      const auto text = formats::xz_decompressed(bytes, 4U << 20U, file);
      ASSERT_TRUE(text) << text.error().message;
      std::ofstream(workplace_ / (std::string(move) + ".csv")) << text.value();
    }
  }
  /// On that day in January 2026.
  Outcome on_day(int day, std::vector<std::string> arguments) const {
    const std::string now = std::to_string(1'767'225'600 + 86'400 * (day - 1) + 8 * 3600);
    std::vector<std::string> all{"MATSIDE_NOW=" + now, "TZ=UTC",
                                 "XDG_DATA_HOME=" + (workplace_ / "home").string(),
                                 MATSIDE_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Launch launch{workplace_.folder(), all};
    launch.program = "/usr/bin/env";
    return RunningProgram(launch).wait();
  }
  std::string good(std::vector<std::string> arguments, int day = 5) const {
    const Outcome outcome = on_day(day, std::move(arguments));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  std::string record(const std::string& id, const std::string& poses, int day = 5) const {
    return good({"analyze", poses + ".csv", "--size", "640x360", "--exercise", id, "--level",
                 "0", "--record", "--json", poses + ".json", "--force"},
                day);
  }
  void record_all() const {
    record("swan-preparation", "swan_preparation", 5);
    record("double-leg-kick", "double_leg_kick", 6);
    record("prone-leg-lift", "prone_leg_lift", 7);
  }

  TestFolder workplace_;
};

TEST_F(SisterMoves, AreSummarisedWithoutKicks) {
  const std::string swan = record("swan-preparation", "swan_preparation");
  EXPECT_THAT(swan, AllOf(HasSubstr("Swan preparation, level 0: Forearms down"),
                          HasSubstr("Repetitions         6\n"), HasSubstr("Hold "),
                          HasSubstr(" s on average"), HasSubstr("Saved as practice 1")));
  EXPECT_THAT(swan, Not(AnyOf(HasSubstr("ick"), HasSubstr("elbows"))));
  const std::string kick = record("double-leg-kick", "double_leg_kick");
  EXPECT_THAT(kick, Not(HasSubstr("elbows")));
  EXPECT_THAT(kick, AllOf(HasSubstr(" 8 of both legs\n"),
                          HasSubstr("24; 3 asked for in each repetition\n")));
  EXPECT_THAT(record("prone-leg-lift", "prone_leg_lift"), HasSubstr(" 4 left, 4 right\n"));
}

TEST_F(SisterMoves, AreListedAndShownByTheirExercise) {
  record_all();
  const std::string history = good({"history"}, 8);
  EXPECT_THAT(history, HasSubstr("Swan preparation, level 0  6 repetitions, goal 6, "));
  EXPECT_THAT(history,
              HasSubstr("Double-leg kick, level 0  8 repetitions of both legs, goal 8, "));
  EXPECT_THAT(history,
              HasSubstr("Prone leg lift, level 0  4 left + 4 right, goal 4 each side, "));
  EXPECT_THAT(good({"history", "--csv"}, 8), HasSubstr(",swan-preparation,6\n"));
  const std::string swan = good({"show", "1"}, 8);
  EXPECT_THAT(swan, AllOf(HasSubstr("1 peak, "), HasSubstr(" degrees  clean"),
                          HasSubstr("Lift "), HasSubstr(", hold "),
                          HasSubstr("scored by matside"), HasSubstr(": 6 repetitions, ")));
  EXPECT_THAT(swan, Not(HasSubstr("kick")));
  EXPECT_THAT(good({"show", "2"}, 8), HasSubstr("both    3 peaks, "));
  const json shown = json::parse(good({"show", "2", "--json"}, 8));
  EXPECT_EQ(shown["practice"]["both"], 8);
  EXPECT_EQ(shown["repetitions"][0]["peaks"].size(), 6U);
  EXPECT_FALSE(shown["curve"]["times_s"].empty()) << "its knees bend";
}

TEST_F(SisterMoves, HaveDocumentsThatFitTheSchemaOfThePage) {
  record_all();
  std::string files;
  const auto save = [&](const std::string& name, std::vector<std::string> command) {
    command.emplace_back("--json");
    std::ofstream(workplace_ / name) << good(std::move(command), 8);
    files += " '" + (workplace_ / name).string() + "'";
  };
  for (const char* id : {"1", "2", "3"}) save(std::string(id) + ".json", {"show", id});
  save("history.json", {"history"});
  save("plan.json", {"plan", "--exercise", "swan-preparation"});
  const std::string check = "cd '" MATSIDE_SOURCE_DIR
                            "' && node tests/check_schema.mjs "
                            "src/protocol/records.schema.json" +
                            files;
  EXPECT_EQ(std::system(check.c_str()), 0);  // NOLINT(cert-env33-c)
}

TEST_F(SisterMoves, AreRescoredExportedAndTakenBack) {
  record_all();
  EXPECT_THAT(good({"rescore", "--all"}, 8), StartsWith("3 practices rescored\n"));
  const json before = json::parse(good({"history", "--json"}, 8))["practices"];
  good({"export", "--all", "out"}, 8);
  good({"erase", "--all", "--yes"}, 8);
  EXPECT_THAT(good({"import", "out/person-1.matside.json"}, 8),
              HasSubstr("3 practices imported"));
  json after = json::parse(good({"history", "--json"}, 8))["practices"];
  ASSERT_EQ(after.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) after[i]["id"] = before[i]["id"];
  EXPECT_EQ(after, before);
  EXPECT_THAT(good({"import", "swan_preparation.json"}, 8),
              HasSubstr("1 practice already saved"));
}

TEST_F(SisterMoves, AreImportedFromPosesOfThatExercise) {
  const std::vector<std::string> import{
      "import", "double_leg_kick.csv", "--size", "640x360", "--level", "0"};
  std::vector<std::string> named = import;
  named.insert(named.end(), {"--exercise", "double-leg-kick"});
  EXPECT_THAT(good(named), HasSubstr("Double-leg kick, level 0  8 repetitions of both legs"));
  named.back() = "triple-leg-kick";
  const Outcome unknown = on_day(5, named);
  EXPECT_EQ(unknown.exit_code, kUsage);
  EXPECT_THAT(unknown.err, HasSubstr("--exercise: the exercise \"triple-leg-kick\" isn't "
                                     "installed. Installed: single-leg-kick, "));
}

TEST_F(SisterMoves, HaveAPlanOfTheirOwn) {
  EXPECT_THAT(good({"plan", "--exercise", "swan-preparation"}),
              StartsWith("Next: Swan preparation, level 0, Forearms down, 3 repetitions\n"));
  EXPECT_THAT(good({"plan"}), StartsWith("Next: level 0, Lying flat, 4 each side\n"));
  record("swan-preparation", "swan_preparation");
  EXPECT_THAT(good({"plan", "--exercise", "swan-preparation"}, 6), HasSubstr("Rest until"));
  EXPECT_THAT(good({"plan", "--exercise", "prone-leg-lift"}, 9), HasSubstr(" each side\n"));
}

TEST_F(SisterMoves, AreComparedWithinAnExercise) {
  record_all();
  const std::string same = good({"compare", "1", "swan_preparation.json"}, 8);
  EXPECT_THAT(same, AllOf(HasSubstr("practice 1: level 0, 6 repetitions\n"),
                          HasSubstr("Hold, mean, s"), HasSubstr("within measurement error")));
  EXPECT_THAT(same, Not(HasSubstr("ick")));
  const Outcome other = on_day(8, {"compare", "1", "2"});
  EXPECT_EQ(other.exit_code, kInput);
  EXPECT_THAT(other.err, HasSubstr("only practices of one exercise can be compared"));
}

TEST_F(SisterMoves, AreExportedInEveryFormat) {
  record_all();
  good({"export", "1", "--format", "csv", "-o", "swan.csv"}, 8);
  EXPECT_THAT(text_of(workplace_ / "swan.events.csv"),
              AllOf(HasSubstr(",peak,1,both,"), HasSubstr(",reading,1,both,"),
                    HasSubstr(",s,hold_s\n"), Not(HasSubstr(",kick,"))));
  good({"export", "2", "--format", "csv", "-o", "kick.csv"}, 8);
  EXPECT_THAT(text_of(workplace_ / "kick.events.csv"), HasSubstr(",deg,left\n"));
  good({"export", "2", "--format", "c3d", "--height", "1.7", "-o", "kick.c3d"}, 8);
  EXPECT_THAT(text_of(workplace_ / "kick.c3d"), HasSubstr("peak"));
  good({"export", "1", "--format", "mot", "-o", "swan.mot"}, 8);
  const json fhir = json::parse(good({"export", "2", "--format", "fhir", "-o", "-"}, 8));
  EXPECT_THAT(fhir.dump(), AllOf(HasSubstr("Double-leg kick, level 0"),
                                 HasSubstr("Both legs together"), Not(HasSubstr("\"Kicks\""))));
  EXPECT_THAT(good({"export", "1", "--format", "ics", "-o", "-"}, 8),
              HasSubstr("SUMMARY:Swan preparation: level 0\\, 6 repetitions\r\n"));
  const json result = json::parse(good({"export", "1", "--format", "json", "-o", "-"}, 8));
  EXPECT_EQ(result["exercise"]["id"], "swan-preparation");
  EXPECT_EQ(result["counts"]["both"], 6);
}

TEST_F(SisterMoves, HaveAReportWithoutKicks) {
  record_all();
  good({"report", "1", "-o", "swan.html"}, 8);
  const std::string page = text_of(workplace_ / "swan.html");
  const std::size_t at = page.find("{\"schema\":\"matside.report/1\"");
  ASSERT_NE(at, std::string::npos);
  const json report = json::parse(page.substr(at, page.find("</script>", at) - at));
  EXPECT_EQ(report["exercise"]["name"], "Swan preparation");
  EXPECT_EQ(report["counts"]["both"], 6);
  EXPECT_TRUE(report["curve"].is_null());
  EXPECT_TRUE(report["strips"].is_null());
  EXPECT_THAT(report["summary"].dump(), Not(HasSubstr("ick")));
  EXPECT_THAT(
      report["thresholds"].dump(),
      AllOf(HasSubstr("counted_from"), HasSubstr("too_high"), Not(HasSubstr("knee_min"))));
}

TEST_F(SisterMoves, OfAnExerciseThatIsNotInstalledAreListedAndKept) {
  std::filesystem::create_directory(workplace_ / "mine");
  std::ifstream file(MATSIDE_SOURCE_DIR "/data/exercises/moves/swan_preparation.json");
  json mine = json::parse(file);
  mine["id"] = "my-swan";
  std::ofstream(workplace_ / "mine/my_swan.json") << mine.dump();
  good({"analyze", "swan_preparation.csv", "--size", "640x360", "--exercises", "mine",
        "--exercise", "my-swan", "--level", "0", "--record", "--json", "mine.json"});
  record("swan-preparation", "swan_preparation", 6);
  EXPECT_THAT(good({"history"}, 7),
              HasSubstr("my-swan (not installed), level 0  6 repetitions, goal 6, "));
  EXPECT_THAT(good({"show", "1"}, 7), HasSubstr("1 peak, "));
  EXPECT_THAT(good({"rescore", "--all"}, 7),
              AllOf(HasSubstr("1 practice rescored\n"),
                    HasSubstr("1 practice is of an exercise that isn't installed, and is "
                              "unchanged\n")));
  good({"export", "--all", "out"}, 7);
  EXPECT_THAT(text_of(workplace_ / "out/person-1.matside.json"), HasSubstr("\"my-swan\""));
  const Outcome report = on_day(7, {"report", "1", "-o", "mine.html"});
  EXPECT_EQ(report.exit_code, kInput);
  EXPECT_THAT(report.err, HasSubstr("practice 1: the exercise \"my-swan\" isn't installed"));
}

/// A video or pose file is told from its movements, unless the exercise is named.
TEST_F(SisterMoves, AreRecognisedInRecordings) {
  const std::vector<std::string> swan{"swan_preparation.csv", "--size", "640x360", "--level",
                                      "0"};
  const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), swan.begin(), swan.end());
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  const std::string recognised = "Recognised from the movements: Swan preparation. ";
  EXPECT_THAT(good(with({"report"}, {"-o", "swan.html"})), StartsWith(recognised));
  EXPECT_THAT(text_of(workplace_ / "swan.html"), HasSubstr("\"id\":\"swan-preparation\""));
  EXPECT_THAT(good(with({"export"}, {"--format", "json", "-o", "swan.json"})),
              StartsWith(recognised));
  EXPECT_EQ(json::parse(text_of(workplace_ / "swan.json"))["counts"]["both"], 6);
  EXPECT_THAT(good(with({"compare", "swan_preparation.csv"}, {})),
              AllOf(StartsWith(recognised), HasSubstr("Hold, mean, s")));
  const std::string kick = good(with(
      {"export"}, {"--exercise", "single-leg-kick", "--format", "json", "-o", "-", "--force"}));
  EXPECT_EQ(json::parse(kick)["exercise"]["id"], "single-leg-kick");
  const std::string named =
      good(with({"report"}, {"--exercise", "swan-preparation", "-o", "named.html"}));
  EXPECT_THAT(named, StartsWith("Report: "));
}

TEST_F(SisterMoves, OfAFolderAreReportedExportedAndCompared) {
  std::filesystem::create_directory(workplace_ / "mine");
  std::ifstream file(MATSIDE_SOURCE_DIR "/data/exercises/moves/swan_preparation.json");
  json mine = json::parse(file);
  mine["id"] = "my-swan";
  std::ofstream(workplace_ / "mine/my_swan.json") << mine.dump();
  const std::vector<std::string> folder{"--exercises", "mine", "--exercise", "my-swan"};
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.end(), folder.begin(), folder.end());
    words.insert(words.end(), {"--size", "640x360", "--level", "0"});
    return words;
  };
  good(with({"report", "swan_preparation.csv", "-o", "mine.html"}));
  EXPECT_THAT(text_of(workplace_ / "mine.html"), HasSubstr("\"id\":\"my-swan\""));
  const json exported = json::parse(
      good(with({"export", "swan_preparation.csv", "--format", "json", "-o", "-"})));
  EXPECT_EQ(exported["exercise"]["id"], "my-swan");
  EXPECT_THAT(good(with({"compare", "swan_preparation.csv", "swan_preparation.csv"})),
              HasSubstr("within measurement error"));
  const Outcome unknown = on_day(5, {"report", "swan_preparation.csv", "--exercise", "my-swan",
                                     "--size", "640x360", "-o", "no.html"});
  EXPECT_EQ(unknown.exit_code, kUsage);
  EXPECT_THAT(unknown.err, HasSubstr("\"my-swan\" isn't installed. Installed: "));
}

TEST_F(SisterMoves, AreToldApartInABatch) {
  const std::vector<std::string> batch{"batch",
                                       "swan_preparation.csv",
                                       "double_leg_kick.csv",
                                       "--size",
                                       "640x360",
                                       "--level",
                                       "0",
                                       "--no-reports",
                                       "-o",
                                       "dataset"};
  good(batch);
  const std::string practices = text_of(workplace_ / "dataset/practices.csv");
  EXPECT_THAT(practices, AllOf(HasSubstr(",swan-preparation,"), HasSubstr(",double-leg-kick,"),
                               HasSubstr(",picture,8\n"), HasSubstr(",picture,6\n")));
  EXPECT_THAT(text_of(workplace_ / "dataset/repetitions.csv"),
              AllOf(HasSubstr(",swan-preparation,1\n"), HasSubstr(",double-leg-kick,3\n")));
  EXPECT_THAT(text_of(workplace_ / "dataset/readings.csv"), HasSubstr(",both,hold_s,"));
  EXPECT_THAT(text_of(workplace_ / "dataset/index.html"), HasSubstr("6 repetitions, "));
  EXPECT_THAT(good(batch), HasSubstr("(2 of 2 recordings were done before)"));
  std::vector<std::string> named = batch;
  named.insert(named.end(), {"--exercise", "single-leg-kick"});
  EXPECT_THAT(good(named), Not(HasSubstr("done before"))) << "the key names the exercise";
  EXPECT_THAT(text_of(workplace_ / "dataset/practices.csv"),
              AllOf(HasSubstr(",single-leg-kick,"), Not(HasSubstr("swan-prep"))));
}

TEST_F(SisterMoves, OfAChangedFileAreAnalysedAgainInABatch) {
  std::filesystem::create_directory(workplace_ / "mine");
  std::ifstream file(MATSIDE_SOURCE_DIR "/data/exercises/moves/swan_preparation.json");
  json mine = json::parse(file);
  mine["id"] = "my-swan";
  std::ofstream(workplace_ / "mine/my_swan.json") << mine.dump();
  const std::vector<std::string> batch{"batch",        "swan_preparation.csv",
                                       "--exercises",  "mine",
                                       "--exercise",   "my-swan",
                                       "--size",       "640x360",
                                       "--level",      "0",
                                       "--no-reports", "-o",
                                       "dataset"};
  good(batch);
  EXPECT_THAT(good(batch), HasSubstr("(1 of 1 recordings were done before)"));
  mine["cycle"]["counted_from"]["value"] = 9.5;
  std::ofstream(workplace_ / "mine/my_swan.json") << mine.dump();
  EXPECT_THAT(good(batch), Not(HasSubstr("done before")));
}

}  // namespace
}  // namespace matside::tests
