// `matside report`: one page of a recording or of a kept practice, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
constexpr int kModel = 5;
constexpr int kInterrupted = 130;
const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

class ReportCommand : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome report(std::vector<std::string> more,
                               const std::string& data_folder = {}) const {
    std::vector<std::string> arguments{"report",    kClip, "--model", "lite",
                                       "--threads", "1",   "--level", "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(workplace_, arguments, data_folder);
  }
  /// The document in a page, which must fit its schema.
  [[nodiscard]] json document_of(const std::string& page) const {
    const std::string text = text_of(workplace_ / page);
    const std::string begin = "<script type=\"application/json\" id=\"report\">";
    const std::size_t from = text.find(begin);
    EXPECT_NE(from, std::string::npos);
    const std::size_t to = text.find("</script>", from);
    const std::string document = text.substr(from + begin.size(), to - from - begin.size());
    const fs::path file = workplace_.folder().string() + ".document.json";
    workplace_.write(file.string(), document);
    const std::string check =
        "cd '" MATSIDE_SOURCE_DIR
        "' && node tests/check_schema.mjs src/report/report.schema.json '" +
        file.string() + "'";
    EXPECT_EQ(std::system(check.c_str()), 0);
    fs::remove(file);
    return json::parse(document, nullptr, false);
  }
  static void expect_refused(const Outcome& outcome, int exit_code, const std::string& saying) {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    ASSERT_EQ(outcome.err_lines().size(), 1U) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(saying));
  }

  TestFolder workplace_;
};

TEST_F(ReportCommand, WritesOnePageAndSaysWhere) {
  const Outcome outcome = report({"--to", "1", "-o", "page.html"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "Report: page.html\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(workplace_.files(), ElementsAre("page.html"));
  const json document = document_of("page.html");
  EXPECT_EQ(document["name"], "modified_level0.mp4");
  EXPECT_EQ(document["source"]["frames"], 31);
  EXPECT_EQ(document["pose"]["model"], "blazepose-lite");
  EXPECT_EQ(document["curve"]["times_s"].size(), 31U);
  EXPECT_EQ(document["kept"], nullptr);
}

TEST_F(ReportCommand, ShowsPicturesUnlessTheyAreNotWanted) {
  const std::vector<std::string> first_repetition{"--from", "1", "--to", "5", "-o"};
  const auto pictures = [&](const std::string& page, const std::vector<std::string>& how) {
    std::vector<std::string> arguments = first_repetition;
    arguments.push_back(page);
    arguments.insert(arguments.end(), how.begin(), how.end());
    EXPECT_EQ(report(arguments).exit_code, 0);
    const json document = document_of(page);
    EXPECT_GE(document["strips"]["shown"].size(), 3U);
    std::vector<std::string> jpegs;
    for (const json& shown : document["strips"]["shown"]) {
      if (!shown["jpeg"].is_null()) jpegs.push_back(shown["jpeg"]);
    }
    return jpegs;
  };
  const auto as_they_are = pictures("shown.html", {});
  const auto blurred = pictures("blurred.html", {"--blur-face"});
  EXPECT_GE(as_they_are.size(), 3U);
  EXPECT_EQ(blurred.size(), as_they_are.size());
  for (std::size_t i = 0; i < blurred.size(); ++i) EXPECT_NE(blurred[i], as_they_are[i]);
  EXPECT_TRUE(pictures("skeletons.html", {"--no-pictures"}).empty());
}

TEST_F(ReportCommand, OfAKeptPracticeTellsWhoseItIsAndWhatTheyCorrected) {
  const auto matside = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", "data"});
    return run(workplace_, arguments);
  };
  const Outcome kept = matside({"analyze", kClip, "--level", "0", "--model", "lite", "--from",
                                "1", "--to", "5", "--quiet", "--record", "--json", "x.json"});
  ASSERT_EQ(kept.exit_code, 0) << kept.err;
  const Outcome outcome = matside({"report", "1", "-o", "kept.html"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json document = document_of("kept.html");
  EXPECT_EQ(document["name"], "Practice 1");
  EXPECT_EQ(document["kept"]["person"], "Me");
  EXPECT_EQ(document["kept"]["origin"], "recording");
  EXPECT_EQ(document["strips"]["pictures"], "none");
  EXPECT_EQ(document["repetitions"],
            json::parse(text_of(workplace_ / "x.json"))["repetitions"]);
  expect_refused(matside({"report", "9", "-o", "none.html"}), kInput, "no practice 9");
}

TEST_F(ReportCommand, RefusesWhatItCannotUseBeforeItBegins) {
  workplace_.write("there.html", "mine");
  workplace_.write("there.pdf", "mine");
  fs::copy_file(kClip, workplace_ / "v.html");
  expect_refused(report({}), kUsage, "--output is required");
  expect_refused(report({"-o", "page.txt"}), kUsage, "must end in .html or .pdf");
  expect_refused(report({"-o", "x.html", "--paper", "a5"}), kUsage, "--paper");
  expect_refused(report({"-o", "x.html", "--no-pictures", "--blur-face"}), kUsage,
                 "--blur-face");
  expect_refused(report({"-o", "there.html"}), kOutput,
                 "already exists; overwrite it with --force");
  expect_refused(report({"-o", "new.html", "--pdf", "-o", "there.html"}), kUsage, "--output");
  expect_refused(report({"-o", "there.pdf"}), kOutput,
                 "already exists; overwrite it with --force");
  expect_refused(report({"-o", "none/page.html"}), kOutput, "none/page.html");
  expect_refused(run(workplace_, {"report", "v.html", "-o", "v.html", "--force"}), kOutput,
                 "is one of the inputs; choose another file");
  expect_refused(run(workplace_, {"report", "none.mp4", "-o", "x.html"}), kInput, "none.mp4");
  EXPECT_EQ(text_of(workplace_ / "there.html"), "mine");
  EXPECT_THAT(workplace_.files(), ElementsAre("there.html", "there.pdf", "v.html"));
}

TEST_F(ReportCommand, NeedsChromiumForAPdfAndSaysSo) {
  Launch launch{workplace_.folder(),
                {"PATH=/nowhere", MATSIDE_PROGRAM, "report", kClip, "-o", "page.pdf"}};
  launch.program = "/usr/bin/env";
  expect_refused(RunningProgram(launch).wait(), kOutput, "Chromium is missing");
  EXPECT_TRUE(workplace_.files().empty());
}

TEST_F(ReportCommand, NeedsItsPageAmongTheProgramsData) {
  workplace_.write("data.txt", "");
  fs::create_directory(workplace_ / "share");
  fs::create_symlink(MATSIDE_SOURCE_DIR "/data/exercises", workplace_ / "share/exercises");
  const std::string share = (workplace_ / "share").string();
  expect_refused(report({"-o", "x.html"}, share), kModel, "report.html: is not a report page");
}

TEST_F(ReportCommand, LeavesNothingBehindOnAFullDisk) {
  fs::create_symlink("/dev/full", workplace_ / "full.html");
  expect_refused(report({"--to", "0.2", "-o", "full.html"}), kOutput, "No space left");
  fs::remove(workplace_ / "full.html");
  EXPECT_THAT(workplace_.files(), ElementsAre());
}

TEST_F(ReportCommand, InterruptedWritesNothing) {
  RunningProgram running(
      {workplace_.folder(), {"report", kClip, "--threads", "1", "-o", "x.html"}});
  // It has begun once there is a place for what it will write.
  while (workplace_.files().empty()) {
  }
  running.send(SIGINT);
  const Outcome outcome = running.wait();
  EXPECT_EQ(outcome.exit_code, kInterrupted);
  EXPECT_THAT(outcome.err_lines(), ElementsAre(HasSubstr("nothing was saved")));
  EXPECT_THAT(workplace_.files(), ElementsAre());
}

}  // namespace
}  // namespace matside::tests
