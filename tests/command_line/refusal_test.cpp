// What the program says to input, output, models and options it cannot use: one line on
// standard error, an exit code of its kind, nothing left behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
constexpr int kModel = 5;

const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

class Refusal : public ::testing::Test {
 protected:
  TestFolder workplace_;

  /// A short run on the clip, with more arguments.
  [[nodiscard]] Outcome analyze_clip(std::vector<std::string> more,
                                     const std::string& data_folder = {}) const {
    std::vector<std::string> arguments{"analyze", kClip,  "--to",      "0.2",
                                       "--model", "lite", "--threads", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(workplace_, arguments, data_folder);
  }

  static void expect_refused(const Outcome& outcome, int exit_code, const std::string& saying) {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    const std::vector<std::string> lines = outcome.err_lines();
    ASSERT_EQ(lines.size(), 1U) << outcome.err;
    EXPECT_THAT(lines.front(), StartsWith("matside: "));
    EXPECT_THAT(lines.front(), HasSubstr(saying));
  }
};

TEST_F(Refusal, OfAFileThatIsNotThere) {
  expect_refused(run(workplace_, {"analyze", "none.mp4"}), kInput, "none.mp4: no such file");
  EXPECT_TRUE(workplace_.files().empty());
}

TEST_F(Refusal, OfAFolder) {
  fs::create_directory(workplace_ / "folder");
  expect_refused(run(workplace_, {"analyze", "folder"}), kInput,
                 "folder: this folder has no pose files");
}

TEST_F(Refusal, OfAnEmptyFile) {
  workplace_.write("empty.mp4", std::string());
  expect_refused(run(workplace_, {"analyze", "empty.mp4"}), kInput, "empty.mp4: ");
}

TEST_F(Refusal, OfTextCalledAVideo) {
  workplace_.write("text.mp4", "This is no video.\n");
  expect_refused(run(workplace_, {"analyze", "text.mp4"}), kInput, "text.mp4: ");
}

TEST_F(Refusal, OfSoundWithoutPictures) {
  workplace_.make("sound.mp4", words("-f lavfi -i sine=duration=0.2"));
  expect_refused(run(workplace_, {"analyze", "sound.mp4"}), kInput, "sound.mp4: ");
}

TEST_F(Refusal, OfAnglesWithoutPositionsSaysWhatToAnalyse) {
  workplace_.write("k.mot",
                   "Coordinates\nversion=1\nnRows=1\nnColumns=2\ninDegrees=yes\nendheader\n"
                   "time\tknee_angle_r\n0.0\t12.5\n");
  expect_refused(run(workplace_, {"analyze", "k.mot"}), kInput,
                 "k.mot: contains joint angles, not positions");
}

TEST_F(Refusal, OfAPathOnSeveralLinesIsStillOneLine) {
  expect_refused(run(workplace_, {"analyze", "no\nsuch\nfile"}), kInput,
                 "no\\u000asuch\\u000afile: ");
}

TEST_F(Refusal, OfARangePastTheEnd) {
  expect_refused(run(workplace_, {"analyze", kClip, "--from", "1000", "--model", "lite",
                                  "--json", "x.json"}),
                 kInput, "no frames between --from and --to");
  EXPECT_TRUE(workplace_.files().empty());
}

TEST_F(Refusal, OfOptionsThatContradictEachOtherOrAreUnknown) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{}, "no command given"},
      {{"dance"}, "dance"},
      {{"--dance"}, "--dance"},
      {{"analyze"}, "INPUT"},
      {{"analyze", "a.mp4", "--dance"}, "--dance"},
      {{"analyze", "a.mp4", "--level", "4"}, "--level"},
      {{"analyze", "a.mp4", "--level", "-1"}, "--level"},
      {{"analyze", "a.mp4", "--level", "one"}, "--level"},
      {{"analyze", "a.mp4", "--level"}, "--level"},
      {{"analyze", "a.mp4", "--model", "huge"}, "--model"},
      {{"analyze", "a.mp4", "--threads", "0"}, "--threads"},
      {{"analyze", "a.mp4", "--from", "20", "--to", "10"}, "--from must be before --to"},
      {{"analyze", "a.mp4", "--from", "10", "--to", "10"}, "--from must be before --to"},
      {{"analyze", "a.mp4", "--from", "-1"}, "--from"},
      {{"analyze", "a.mp4", "--to", "nan"}, "--to"},
      {{"analyze", "a.trc", "--up", "w"}, "--up: must be x, y, z, -x, -y or -z"},
      {{"analyze", "a.mp4", "--json", ""}, "--json"},
      {{"analyze", "a.mp4", "--poses", "-"}, "--poses"},
      {{"analyze", "a.mp4", "--json", "x", "--poses", "x"}, "the same file"},
      {{"analyze", "a.mp4", "b.mp4", "--json", "x.json"}, "--json: must be an existing folder"},
      {{"analyze", "a.mp4", "b.mp4", "--json", "-"}, "--json: must be an existing folder"},
      {{"analyze", "a.mp4", "b.mp4", "--poses", "x.csv"},
       "--poses: must be an existing folder"},
      {{"serve", "--port", "65536"}, "--port"},
      {{"serve", "--bind", "0.0.0.0"}, "needs --tls"},
      {{"serve", "--bind", "here"}, "--bind here"},
      {{"serve", "--tls", "--key", "x"}, "--certificate and --key: give both or neither"},
      {{"serve", "--certificate", "x", "--key", "x"}, "--certificate: needs --tls"},
      {{"serve", "--tls", "--certificate", "x", "--key", "y"}, "x: can't be read"},
      {{"serve", "--data", ""}, "--data: must name a folder"},
  };
  for (const auto& [arguments, saying] : cases) {
    expect_refused(run(workplace_, arguments), kUsage, saying);
  }
  EXPECT_TRUE(workplace_.files().empty());
}

TEST_F(Refusal, OfAResultInAFolderThatIsNotThere) {
  expect_refused(analyze_clip({"--json", "none/x.json"}), kOutput, "none/x.json: ");
}

TEST_F(Refusal, OfAResultOnAFullDisk) {
  expect_refused(analyze_clip({"--json", "/dev/full"}), kOutput, "No space left");
}

TEST_F(Refusal, OfPosesOnAFullDisk) {
  expect_refused(analyze_clip({"--poses", "/dev/full", "--json", "x.json"}), kOutput,
                 "No space left");
  EXPECT_TRUE(workplace_.files().empty());
}

TEST_F(Refusal, OfOverwritingTheInput) {
  fs::copy_file(kClip, workplace_ / "v.mp4");
  const std::string before = text_of(workplace_ / "v.mp4");
  for (const std::string option : {"--json", "--poses"}) {
    expect_refused(run(workplace_, {"analyze", "v.mp4", "--model", "lite", option, "./v.mp4"}),
                   kOutput, "is one of the inputs; choose another file");
  }
  EXPECT_EQ(text_of(workplace_ / "v.mp4"), before);
}

TEST_F(Refusal, OfOverwritingAFileOfAnotherProgram) {
  workplace_.write("notes.json", "{\"mine\": true}");
  expect_refused(analyze_clip({"--json", "notes.json"}), kOutput,
                 "notes.json: already exists; overwrite it with --force");
  EXPECT_EQ(text_of(workplace_ / "notes.json"), "{\"mine\": true}");
}

TEST_F(Refusal, OfAResultsFolderThatIsAFile) {
  workplace_.write("results", "a file");
  expect_refused(analyze_clip({}), kOutput, "name a file with --json");
}

/// A copy of the program's data that may be damaged.
class DamagedData : public Refusal {
 protected:
  const std::string network_ = "models/pose_landmark_lite.tflite";

  DamagedData() {
    fs::copy(MATSIDE_BINARY_DIR "/share/matside", data(), fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path data() const { return workplace_ / "data"; }
  void rewrite(const std::string& name, const std::string& content) const {
    fs::remove(data() / name);
    workplace_.write("data/" + name, content);
  }
  void expect_refused_by_analyze_and_doctor(const std::string& saying) const {
    expect_refused(analyze_clip({}, data()), kModel, saying);
    const Outcome doctor = run(workplace_, {"doctor"}, data());
    EXPECT_EQ(doctor.exit_code, kModel);
    EXPECT_THAT(doctor.out, HasSubstr("PROBLEM"));
    EXPECT_THAT(doctor.out, HasSubstr(saying));
    EXPECT_THAT(doctor.out, HasSubstr("To fix it: "));
  }
};

TEST_F(DamagedData, NamesANetworkThatIsCutShort) {
  const std::string whole = text_of(data() / network_);
  rewrite(network_, whole.substr(0, whole.size() / 2));
  expect_refused_by_analyze_and_doctor("pose_landmark_lite.tflite");
}

TEST_F(DamagedData, NamesANetworkWithOneByteChanged) {
  std::string bytes = text_of(data() / network_);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  rewrite(network_, bytes);
  expect_refused_by_analyze_and_doctor("pose_landmark_lite.tflite");
}

TEST_F(DamagedData, NamesANetworkThatIsMissing) {
  fs::remove(data() / network_);
  expect_refused_by_analyze_and_doctor("pose_landmark_lite.tflite");
}

TEST_F(DamagedData, NamesAnEyeOrAFinderThatIsNotTheRightOne) {
  for (const std::string name : {"eye.tflite", "finder.tflite"}) {
    const std::string bytes = text_of(data() / "models" / name);
    std::string changed = bytes;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    rewrite("models/" + name, changed);
    expect_refused(run(workplace_, {"analyze", kClip, "--model", "full"}, data()), kModel,
                   name);
    const Outcome doctor = run(workplace_, {"doctor"}, data());
    EXPECT_EQ(doctor.exit_code, kModel);
    EXPECT_THAT(doctor.out, HasSubstr("PROBLEM  " + name));
    rewrite("models/" + name, bytes);
  }
}

TEST_F(DamagedData, NamesAnExerciseThatIsWrongAndWhere) {
  std::string exercise = text_of(data() / "exercises/single_leg_kick.json");
  exercise.replace(exercise.find("\"deg\""), 5, "\"rad\"");
  rewrite("exercises/single_leg_kick.json", exercise);
  expect_refused_by_analyze_and_doctor(
      "single_leg_kick.json: /repetition/counted_bend/unit: \"rad\" is not one of deg, s");
}

TEST_F(DamagedData, NamesADecoderThatIsMissingOrAnother) {
  fs::create_directories(workplace_ / "bin");
  const fs::path program = workplace_ / "bin/matside";
  fs::copy_file(MATSIDE_PROGRAM, program);
  const auto expect_both_say = [&](const std::string& saying) {
    const Launch analyze{workplace_.folder(), {"analyze", kClip}, data().string(), program};
    expect_refused(RunningProgram(analyze).wait(), kModel, saying);
    const Launch doctor{workplace_.folder(), {"doctor"}, data().string(), program};
    const Outcome outcome = RunningProgram(doctor).wait();
    EXPECT_EQ(outcome.exit_code, kModel);
    EXPECT_THAT(outcome.out, HasSubstr(saying));
  };
  expect_both_say("matside-decoder: no such file; videos cannot be read without it");
  fs::create_directories(workplace_ / "libexec/matside");
  fs::copy_file("/bin/true", workplace_ / "libexec/matside/matside-decoder");
  expect_both_say("matside-decoder: belongs to another version of Matside, or is damaged");
}

TEST_F(DamagedData, NamesADataFolderThatIsNotThere) {
  fs::remove_all(data());
  expect_refused_by_analyze_and_doctor("no such folder");
}

}  // namespace
}  // namespace matside::tests
