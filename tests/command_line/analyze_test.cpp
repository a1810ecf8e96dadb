// `matside analyze` on recordings it can use.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "formats/pose_csv.h"
#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

/// ffmpeg's arguments to make another recording from the clip.
support::Arguments from_clip(const std::string& how, const std::string& where = "") {
  support::Arguments arguments = words(where);
  arguments.insert(arguments.end(), {"-i", kClip});
  for (const std::string& word : words(how)) arguments.push_back(word);
  return arguments;
}

class Analyze : public ::testing::Test {
 protected:
  TestFolder workplace_;

  [[nodiscard]] Outcome analyze(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"analyze", "--model", "lite", "--threads", "1"});
    return run(workplace_, arguments);
  }

  /// The result of a run that must succeed, from standard output.
  [[nodiscard]] json result_of(const std::string& input,
                               std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {input, "--json", "-"});
    const Outcome outcome = analyze(more);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    expect_fits_result_schema(workplace_, outcome.out);
    return json::parse(outcome.out, nullptr, false);
  }

  static std::vector<std::string> warnings_of(const json& result) {
    std::vector<std::string> ids;
    for (const json& warning : result.at("warnings")) ids.push_back(warning.at("id"));
    return ids;
  }

  /// A second or less of anything: no repetition can be in it, and the result says why.
  [[nodiscard]] json expect_nothing_counted(const std::string& input) const {
    json result = result_of(input);
    EXPECT_EQ(result["repetitions"], json::array());
    EXPECT_EQ(result["counts"]["kicks"], 0);
    EXPECT_FALSE(result["warnings"].empty());
    return result;
  }

  [[nodiscard]] std::vector<pose::PoseFrame> poses_of(const std::string& input,
                                                      base::ImageSize size) const {
    const Outcome outcome = analyze({input, "--json", "-", "--poses", "poses.csv", "--force"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    const auto poses =
        formats::read_pose_csv(text_of(workplace_ / "poses.csv"), "poses.csv", size);
    EXPECT_TRUE(poses) << poses.error().message;
    return poses ? poses.value() : std::vector<pose::PoseFrame>{};
  }
};

TEST_F(Analyze, CountsAPracticeAndTellsThePersonAboutIt) {
  const Outcome outcome = run(workplace_, {"analyze", kClip, "--level", "0", "--threads", "1",
                                           "--json", "result.json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const std::string text = text_of(workplace_ / "result.json");
  expect_fits_result_schema(workplace_, text);
  const json result = json::parse(text);
  EXPECT_EQ(result["complete"], true);
  EXPECT_EQ(result["exercise"]["level"], 0);
  EXPECT_EQ(result["source"]["path"], kClip);
  EXPECT_EQ(result["source"]["frames"], 830);
  EXPECT_NEAR(result["source"]["duration_s"].get<double>(), 830.0 / 30.0, 0.01);
  EXPECT_EQ(result["pose"]["model"], "blazepose-full");
  EXPECT_EQ(result["counts"]["left"], 3);
  EXPECT_EQ(result["counts"]["right"], 3);
  EXPECT_EQ(result["repetitions"].size(), 6U);
  EXPECT_THAT(outcome.out, HasSubstr("modified_level0.mp4: Single-leg kick, level 0"));
  EXPECT_THAT(outcome.out, HasSubstr("Repetitions  3 left, 3 right"));
  EXPECT_THAT(outcome.out, HasSubstr("What went well"));
  EXPECT_THAT(outcome.out, HasSubstr("Full result: result.json\n"));
  EXPECT_THAT(workplace_.files(), ElementsAre("result.json"));
}

TEST_F(Analyze, GivesTheSameResultTwice) {
  const std::vector<std::string> arguments{kClip, "--to", "3", "--json", "-"};
  EXPECT_EQ(analyze(arguments).out, analyze(arguments).out);
}

TEST_F(Analyze, GivesTheSamePosesOnOneThreadAndTwo) {
  for (const std::string name : {"portrait_phone", "faults_left", "dim_15fps"}) {
    std::vector<std::string> tables;
    for (const std::string threads : {"1", "2"}) {
      const std::string clip = MATSIDE_SOURCE_DIR "/tests/data/clips/" + name + ".mp4";
      const Outcome outcome =
          run(workplace_, {"analyze", clip, "--from", "3", "--to", "8", "--threads", threads,
                           "--quiet", "--json", "-", "--poses", "poses.csv", "--force"});
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
      tables.push_back(text_of(workplace_ / "poses.csv"));
    }
    EXPECT_GT(tables[0].size(), 10000U) << name;
    EXPECT_TRUE(tables[0] == tables[1]) << name;
  }
}

TEST_F(Analyze, LooksOnlyAtThePartAskedFor) {
  const json result = result_of(kClip, {"--from", "2", "--to", "3"});
  EXPECT_EQ(result["source"]["frames"], 31);
  EXPECT_NEAR(result["source"]["duration_s"].get<double>(), 31.0 / 30.0, 0.01);
  EXPECT_EQ(result["complete"], true);
}

TEST_F(Analyze, WritesEveryFramesPoseInTheOrderOfTime) {
  const Outcome outcome =
      analyze({kClip, "--from", "1", "--to", "2", "--json", "-", "--poses", "poses.csv"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto poses =
      formats::read_pose_csv(text_of(workplace_ / "poses.csv"), "poses.csv", {640, 360});
  ASSERT_TRUE(poses) << poses.error().message;
  ASSERT_EQ(poses.value().size(), 31U);
  EXPECT_EQ(poses.value().front().frame_index, 30);
  EXPECT_NEAR(poses.value().front().time.value(), 1.0, 1e-6);
  EXPECT_TRUE(poses.value().back().pose);
}

TEST_F(Analyze, PutsTheResultIntoResultsWhenNoPlaceIsNamed) {
  const Outcome outcome = analyze({kClip, "--to", "0.1"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Full result: results/modified_level0.analysis.json\n"));
  EXPECT_THAT(workplace_.files(), ElementsAre("results/modified_level0.analysis.json"));
}

TEST_F(Analyze, ReplacesTheResultOfTheSameRecordingAndKeepsThatOfAnother) {
  fs::create_directory(workplace_ / "other");
  workplace_.make("a.mp4", words("-f lavfi -i testsrc=size=64x64:rate=5:duration=1"));
  workplace_.make("other/a.mp4", words("-f lavfi -i testsrc2=size=64x64:rate=5:duration=1"));
  ASSERT_EQ(analyze({"a.mp4"}).exit_code, 0);
  ASSERT_EQ(analyze({"a.mp4"}).exit_code, 0);
  EXPECT_THAT(workplace_.files(), Not(Contains("results/a-2.analysis.json")));
  ASSERT_EQ(analyze({"other/a.mp4"}).exit_code, 0);
  ASSERT_EQ(analyze({"other/a.mp4"}).exit_code, 0);
  EXPECT_THAT(workplace_.files(),
              ElementsAre("a.mp4", "other/a.mp4", "results/a-2.analysis.json",
                          "results/a.analysis.json"));
  const json kept = json::parse(text_of(workplace_ / "results/a.analysis.json"));
  EXPECT_EQ(kept["source"]["path"], "a.mp4");
}

TEST_F(Analyze, ReadsOtherProgramsFilesAndSaysWhatItFoundInThem) {
  const std::string foreign = MATSIDE_SOURCE_DIR "/tests/data/foreign/";
  const json up = result_of(foreign + "trc_z_up_few_kicks.trc");
  EXPECT_EQ(up["counts"]["kicks"], 8);
  EXPECT_EQ(up["pose"]["measured_in"], "space");
  EXPECT_THAT(warnings_of(up), Contains("poses_up_z"));
  const json asked = result_of(foreign + "trc_z_up_few_kicks.trc", {"--up", "z"});
  EXPECT_EQ(asked["counts"]["kicks"], 8);
  EXPECT_THAT(warnings_of(asked), Not(Contains("poses_up_z")));
  const json down = result_of(foreign + "trc_sports2d_px_y_down.trc", {"--up=-y"});
  EXPECT_EQ(down["counts"]["kicks"], 4);
  EXPECT_EQ(down["pose"]["measured_in"], "picture");
  const std::vector<std::string> pictures{"--size", "640x360", "--fps", "30"};
  for (const char* input : {"pose2sim_cam01_json", "mmpose_instance_info.json"}) {
    const json result = result_of(foreign + input, pictures);
    EXPECT_EQ(result["pose"]["frames_with_pose"], 3) << input;
  }
}

TEST_F(Analyze, KeepsAnglesInSpaceInATableOfPoses) {
  const std::string trc = MATSIDE_SOURCE_DIR "/tests/data/foreign/trc_z_up_few_kicks.trc";
  const Outcome outcome = analyze({trc, "--json", "a.json", "--poses", "poses.csv"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The angles of the legs were measured in space"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("one camera")));
  json first = json::parse(text_of(workplace_ / "a.json"));
  const json second = result_of("poses.csv", {"--size", "1920x1080"});
  EXPECT_EQ(second["pose"]["measured_in"], "space");
  EXPECT_EQ(second["repetitions"], first["repetitions"]);
}

TEST_F(Analyze, AnalysesSeveralRecordingsIntoAFolderAndGoesOnAfterABadOne) {
  workplace_.make("a.mp4", words("-f lavfi -i testsrc=size=64x64:rate=5:duration=1"));
  workplace_.make("c.mp4", words("-f lavfi -i testsrc2=size=64x64:rate=5:duration=1"));
  fs::create_directory(workplace_ / "out");
  const Outcome outcome =
      analyze({"a.mp4", "b.mp4", "c.mp4", "--json", "out", "--poses", "out", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err_lines(), ElementsAre("matside: b.mp4: no such file"));
  EXPECT_THAT(workplace_.files(),
              ElementsAre("a.mp4", "c.mp4", "out/a.analysis.json", "out/a.poses.csv",
                          "out/c.analysis.json", "out/c.poses.csv"));
}

TEST_F(Analyze, SaysNothingWhenAskedToBeQuiet) {
  const Outcome outcome = analyze({kClip, "--to", "0.1", "--json", "x.json", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST_F(Analyze, AnalysesACutOffVideoUpToTheCut) {
  workplace_.make("whole.mp4", from_clip("-c copy -movflags +faststart"));
  workplace_.cut(workplace_ / "whole.mp4", "cut.mp4", 0.2);
  const json result = result_of("cut.mp4");
  EXPECT_GT(result["source"]["frames"], 50);
  EXPECT_LT(result["source"]["frames"], 600);
  EXPECT_THAT(warnings_of(result), Contains("input_truncated"));
}

TEST_F(Analyze, FindsThePoseButNoRepetitionInAPhoto) {
  workplace_.make("photo.png", from_clip("-frames:v 1", "-ss 1"));
  const json result = expect_nothing_counted("photo.png");
  EXPECT_EQ(result["source"]["frames"], 1);
  EXPECT_EQ(result["source"]["duration_s"], 0.0);
  EXPECT_EQ(result["pose"]["frames_with_pose"], 1);
  EXPECT_THAT(warnings_of(result), Contains("one_picture"));
  EXPECT_EQ(poses_of("photo.png", {640, 360}).size(), 1U);
}

TEST_F(Analyze, SaysThatNobodyIsInThePicture) {
  workplace_.make("nobody.mp4", words("-f lavfi -i testsrc=size=320x240:rate=10:duration=1"));
  const json result = expect_nothing_counted("nobody.mp4");
  EXPECT_EQ(result["pose"]["frames_with_pose"], 0);
  EXPECT_THAT(warnings_of(result), Contains("no_person"));
}

TEST_F(Analyze, TakesThePictureOfSixteenPixels) {
  workplace_.make("tiny.mp4", words("-f lavfi -i testsrc=size=16x16:rate=10:duration=1"));
  const json result = expect_nothing_counted("tiny.mp4");
  EXPECT_EQ(result["source"]["width"], 16);
  EXPECT_THAT(warnings_of(result), Contains("no_person"));
}

TEST_F(Analyze, GivesPixelsOfTheSourceFor4K) {
  workplace_.make("small.mp4", from_clip("-frames:v 3 -preset ultrafast -qp 0"));
  workplace_.make("4k.mp4",
                  from_clip("-frames:v 3 -vf scale=3840:2160 -preset ultrafast -crf 10"));
  const json result = expect_nothing_counted("4k.mp4");
  EXPECT_EQ(result["source"]["width"], 3840);
  EXPECT_EQ(result["source"]["height"], 2160);
  const auto small = poses_of("small.mp4", {640, 360});
  const auto large = poses_of("4k.mp4", {3840, 2160});
  ASSERT_EQ(small.size(), 3U);
  ASSERT_EQ(large.size(), 3U);
  for (std::size_t i = 0; i < large.size(); ++i) {
    ASSERT_TRUE(small[i].pose && large[i].pose);
    for (const auto joint : {pose::Landmark::right_hip, pose::Landmark::right_knee}) {
      const auto a = (*small[i].pose)[joint].position;
      const auto b = (*large[i].pose)[joint].position;
      EXPECT_NEAR(b.x_px / 6.0, a.x_px, 6.0);
      EXPECT_NEAR(b.y_px / 6.0, a.y_px, 6.0);
    }
  }
}

TEST_F(Analyze, TakesTenBitsAChannel) {
  workplace_.make("deep.mp4", from_clip("-frames:v 15 -pix_fmt yuv420p10le -preset ultrafast"));
  const json result = expect_nothing_counted("deep.mp4");
  EXPECT_EQ(result["pose"]["frames_with_pose"], 15);
}

TEST_F(Analyze, TakesAHundredAndTwentyFramesASecond) {
  workplace_.make("fast.mp4", from_clip("-t 0.5 -vf fps=120 -preset ultrafast"));
  const json result = expect_nothing_counted("fast.mp4");
  EXPECT_EQ(result["source"]["frames"], 60);
  EXPECT_NEAR(result["source"]["duration_s"].get<double>(), 0.5, 0.01);
}

}  // namespace
}  // namespace matside::tests
