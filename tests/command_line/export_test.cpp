// A practice in other programs' formats, on the command line: written whole or not at all, and
// read back by `analyze`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

/// A clip's first seconds, looked at once for all tests and kept in the records.
class Export : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = new TestFolder();
    const Outcome outcome = run(
        *made_, {"analyze", kClip, "--level", "0", "--model", "lite", "--to", "14", "--quiet",
                 "--record", "--data", "data", "--json", "clip.json", "--poses", "poses.csv"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  static void TearDownTestSuite() { delete made_; }

  Export() {
    for (const char* name : {"poses.csv", "clip.json", "data"}) {
      fs::copy(*made_ / name, workplace_ / name, fs::copy_options::recursive);
    }
  }

  [[nodiscard]] Outcome matside(std::vector<std::string> arguments) const {
    return run(workplace_, arguments);
  }
  /// The kept practice in that format.
  [[nodiscard]] Outcome exported(const std::string& format, const std::string& to,
                                 std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"export", "1",  "--data", "data",   "--format",
                                       format,   "-o", to,       "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return matside(arguments);
  }
  [[nodiscard]] Outcome shell(const std::string& line) const {
    Launch launch{workplace_.folder(), {"-c", "M='" MATSIDE_PROGRAM "'; " + line}};
    launch.program = "/bin/sh";
    return RunningProgram(launch).wait();
  }
  [[nodiscard]] json repetitions() const {
    return json::parse(text_of(workplace_ / "clip.json")).at("repetitions");
  }

  static TestFolder* made_;
  TestFolder workplace_;
};
TestFolder* Export::made_ = nullptr;

std::string told(const json& repetitions) {
  std::string text;
  for (const json& r : repetitions) {
    text += r.at("side").get<std::string>() + std::to_string(r.at("kicks").size());
    for (const json& fault : r.at("faults")) text += fault.at("id").get<std::string>();
    text += r.at("status").get<std::string>() + " ";
  }
  return text;
}

TEST_F(Export, ComesBackThroughAnalyzeWithTheSameRepetitions) {
  const std::vector<std::vector<std::string>> formats{{"csv", "out.csv"},
                                                      {"coco", "out.json"},
                                                      {"mediapipe", "mp.json"},
                                                      {"openpose", "folder"},
                                                      {"trc", "out.trc", "--height", "1.7"},
                                                      {"c3d", "out.c3d", "--height", "1.7"}};
  for (const auto& each : formats) {
    const Outcome out = exported(each[0], each[1], {each.begin() + 2, each.end()});
    ASSERT_EQ(out.exit_code, 0) << out.err;
    const Outcome back = matside({"analyze", each[1], "--level", "0", "--json", "-"});
    ASSERT_EQ(back.exit_code, 0) << back.err;
    expect_fits_result_schema(workplace_, back.out);
    EXPECT_EQ(told(json::parse(back.out).at("repetitions")), told(repetitions())) << each[0];
  }
  EXPECT_THAT(text_of(workplace_ / "out.events.csv"),
              AllOf(StartsWith("time_s,event,repetition,side,value,unit,detail\n"),
                    HasSubstr(",kick,1,"), HasSubstr(",repetition_end,1,")));
}

TEST_F(Export, OfItsPosesIsThatOfThePractice) {
  ASSERT_EQ(exported("coco", "kept.json").exit_code, 0);
  const Outcome out = matside({"export", "poses.csv", "--size", "640x360", "--level", "0",
                               "--format", "json", "-o", "-"});
  ASSERT_EQ(out.exit_code, 0) << out.err;
  EXPECT_EQ(told(json::parse(out.out).at("repetitions")), told(repetitions()));
}

TEST_F(Export, ToFhirFitsTheSchemaOfHl7) {
  ASSERT_EQ(exported("fhir", "bundle.json").exit_code, 0);
  const std::string check = "cd '" MATSIDE_SOURCE_DIR "' && node tests/check_fhir.mjs '" +
                            (workplace_ / "bundle.json").string() + "'";
  EXPECT_EQ(std::system(check.c_str()), 0);
  const json bundle = json::parse(text_of(workplace_ / "bundle.json"));
  std::vector<std::string> codes;
  for (const json& entry : bundle.at("entry")) {
    const json& resource = entry.at("resource");
    if (!resource.contains("code") || !resource["code"].contains("coding")) continue;
    codes.push_back(resource["code"]["coding"][0]["code"]);
    EXPECT_TRUE(resource.contains("effectivePeriod") || resource.contains("effectiveDateTime"));
  }
  EXPECT_THAT(codes, ElementsAre("73985-4", "55411-3", "41343-5", "41347-6"));
}

TEST_F(Export, ToC3dIsAFileAsTheFormatsGuideDescribesIt) {
  ASSERT_EQ(exported("c3d", "joints.c3d", {"--scale", "0.005"}).exit_code, 0);
  // Start, lowering and end of each repetition, and its kicks.
  std::size_t events = 0;
  for (const json& r : repetitions()) events += 3 + r.at("kicks").size();
  ASSERT_GT(events, 0U);
  const std::string check = "cd '" MATSIDE_SOURCE_DIR "' && python3 -B tests/check_c3d.py '" +
                            (workplace_ / "joints.c3d").string() + "' " +
                            std::to_string(events);
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(Export, ToOpenSimHasDegreesAndSecondsUnderItsNames) {
  ASSERT_EQ(exported("mot", "angles.mot").exit_code, 0);
  const std::string text = text_of(workplace_ / "angles.mot");
  EXPECT_THAT(text, HasSubstr("\ninDegrees=yes\nendheader\ntime\tknee_angle_r\tknee_angle_l\t"
                              "hip_flexion_r\thip_flexion_l\n0.000000\t"));
}

TEST_F(Export, ToACalendarNeedsAPracticeWithADate) {
  const Outcome event = exported("ics", "-");
  EXPECT_EQ(event.exit_code, 0);
  EXPECT_THAT(event.out,
              AllOf(StartsWith("BEGIN:VCALENDAR\r\n"), HasSubstr("\r\nDURATION:PT")));
  const Outcome refused =
      matside({"export", "poses.csv", "--size", "640x360", "--format", "ics", "-o", "a.ics"});
  EXPECT_EQ(refused.exit_code, kUsage);
  EXPECT_THAT(refused.err, HasSubstr("a calendar needs a date"));
  EXPECT_FALSE(fs::exists(workplace_ / "a.ics"));
}

TEST_F(Export, ReplacesNothingWithoutForce) {
  for (const auto& [format, name] : std::vector<std::pair<std::string, std::string>>{
           {"json", "a.json"}, {"csv", "a.csv"}, {"openpose", "a"}}) {
    ASSERT_EQ(exported(format, name).exit_code, 0);
    const Outcome refused = exported(format, name);
    EXPECT_EQ(refused.exit_code, kOutput);
    EXPECT_THAT(refused.err, HasSubstr(name + ": already exists; overwrite it with --force"));
    EXPECT_EQ(exported(format, name, {"--force"}).exit_code, 0);
  }
  // The events beside it count, too.
  fs::remove(workplace_ / "a.csv");
  EXPECT_THAT(exported("csv", "a.csv").err, HasSubstr("a.events.csv: already exists"));
  EXPECT_FALSE(fs::exists(workplace_ / "a.csv"));
}

TEST_F(Export, NeverRemovesAFolderWithOtherFiles) {
  fs::create_directory(workplace_ / "mine");
  workplace_.write("mine/letter.txt", "Dear Ada");
  const Outcome refused = exported("openpose", "mine", {"--force"});
  EXPECT_EQ(refused.exit_code, kOutput);
  EXPECT_THAT(refused.err, HasSubstr("contains letter.txt, which Matside did not write"));
  EXPECT_EQ(text_of(workplace_ / "mine/letter.txt"), "Dear Ada");
}

TEST_F(Export, LeavesNoHalfFileOnAFullDisk) {
  const std::vector<std::string> before = workplace_.files();
  for (const std::string what :
       {"--format coco -o a.json", "--format csv -o a.csv", "--format openpose -o folder"}) {
    const Outcome outcome =
        shell("ulimit -f 1; \"$M\" export poses.csv --size 640x360 " + what);
    EXPECT_EQ(outcome.exit_code, kOutput) << what << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("cannot be written: File too large"));
  }
  EXPECT_EQ(workplace_.files(), before);
}

TEST_F(Export, SaysWhatItNeedsToKnow) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"export", "1"}, "--format is missing"},
      {{"export", "1", "--format", "coco"}, "-o FILE is missing"},
      {{"export", "1", "--format", "bvh", "-o", "x"}, "--format"},
      {{"export", "1", "--format", "c3d", "-o", "x"}, "c3d needs a scale"},
      {{"export", "1", "--format", "trc", "-o", "x"}, "give either --height or --scale"},
      {{"export", "1", "--format", "openpose", "-o", "-"}, "openpose needs a folder"},
      {{"export", "1", "--format", "c3d", "--scale", "0.005", "-o", "-"}, "c3d is not text"},
      {{"export", "--all", "folder", "--format", "csv"}, "export --all"},
      {{"export", "poses.csv", "--format", "coco", "-o", "x"}, "add --size"},
      {{"export", "poses.csv", "--size", "640", "--format", "coco", "-o", "x"}, "--size"}};
  for (const auto& [arguments, saying] : cases) {
    const Outcome outcome = matside(arguments);
    EXPECT_EQ(outcome.exit_code, kUsage) << outcome.err;
    EXPECT_THAT(outcome.err_lines(), ElementsAre(HasSubstr(saying)));
  }
  const Outcome none = matside({"export", "7", "--data", "data", "--format", "csv", "-o", "x"});
  EXPECT_EQ(none.exit_code, kInput);
  EXPECT_THAT(none.err, HasSubstr("7"));
  const Outcome empty = matside({"analyze", "data", "--json", "-"});
  EXPECT_EQ(empty.exit_code, kInput);
  EXPECT_THAT(empty.err, HasSubstr("data: this folder has no pose files"));
  EXPECT_FALSE(fs::exists(workplace_ / "x"));
}

}  // namespace
}  // namespace matside::tests
