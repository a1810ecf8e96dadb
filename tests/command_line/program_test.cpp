// The program as a whole: help, version, interruption, terminal.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr int kInterrupted = 130;
const std::string kClip = MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4";

class Program : public ::testing::Test {
 protected:
  TestFolder workplace_;
};

TEST_F(Program, ShowsAnExampleForEachCommand) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"analyze", "--help"},
                                                    {"serve", "--help"},
                                                    {"plan", "--help"},
                                                    {"erase", "--help"},
                                                    {"report", "--help"},
                                                    {"doctor", "--help"}}) {
    const Outcome outcome = run(workplace_, arguments);
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, HasSubstr("Example"));
    EXPECT_THAT(outcome.out,
                HasSubstr("  matside " +
                          arguments.front().substr(arguments.front() == "--help" ? 6 : 0)));
  }
}

TEST_F(Program, NamesItsVersion) {
  const Outcome outcome = run(workplace_, {"--version"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("matside [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(Program, FindsNothingMissingInItsBuildFolder) {
  const Outcome outcome = run(workplace_, {"doctor"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("FFmpeg"));
  EXPECT_THAT(outcome.out, HasSubstr("XNNPACK"));
  EXPECT_THAT(outcome.out, HasSubstr("cores"));
  EXPECT_THAT(outcome.out, HasSubstr("video sandbox"));
  EXPECT_THAT(outcome.out, HasSubstr("single-leg-kick, version"));
  EXPECT_THAT(outcome.out, HasSubstr("pose_landmark_heavy.tflite"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("PROBLEM")));
}

TEST_F(Program, SaysWhenStandardOutputIsFull) {
  const std::string command = std::string(MATSIDE_PROGRAM) + " --help >/dev/full 2>/dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 4);
}

/// The poses go to a pipe that this test reads: the program can neither finish nor be missed.
class Interruption : public Program {
 protected:
  Outcome interrupt_in_the_middle(int signal) {
    const fs::path pipe = workplace_ / "poses";
    EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    RunningProgram running({workplace_.folder(),
                            {"analyze", kClip, "--model", "lite", "--threads", "1", "--json",
                             "x.json", "--poses", "poses"}});
    const int reader = ::open(pipe.c_str(), O_RDONLY);
    std::array<char, 4096> bytes{};
    EXPECT_GT(::read(reader, bytes.data(), bytes.size()), 0);
    running.send(signal);
    while (::read(reader, bytes.data(), bytes.size()) > 0) {
    }
    ::close(reader);
    fs::remove(pipe);
    return running.wait();
  }

  void expect_incomplete_result(const Outcome& outcome) {
    EXPECT_EQ(outcome.exit_code, kInterrupted);
    EXPECT_THAT(outcome.err_lines(), ElementsAre(HasSubstr("stopped early")));
    EXPECT_THAT(outcome.out, HasSubstr("Stopped early: this covers only 0:"));
    EXPECT_THAT(workplace_.files(), ElementsAre("x.json"));
    const std::string text = text_of(workplace_ / "x.json");
    expect_fits_result_schema(workplace_, text);
    const json result = json::parse(text);
    EXPECT_EQ(result["complete"], false);
    EXPECT_GT(result["source"]["frames"], 0);
    EXPECT_LT(result["source"]["frames"], 830);
  }
};

TEST_F(Interruption, ByCtrlCWritesWhatWasFound) {
  expect_incomplete_result(interrupt_in_the_middle(SIGINT));
}

TEST_F(Interruption, ByKillWritesWhatWasFound) {
  expect_incomplete_result(interrupt_in_the_middle(SIGTERM));
}

/// Runs a command line with standard error on a terminal; @returns what the terminal showed.
std::string shown_on_a_terminal(const std::string& command) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  EXPECT_GE(terminal, 0);
  EXPECT_EQ(::grantpt(terminal) | ::unlockpt(terminal), 0);
  std::string text;
  const std::string name = ::ptsname(terminal);
  // Held open so that what was shown is still there when the program has ended.
  const int held = ::open(name.c_str(), O_RDWR | O_NOCTTY);
  EXPECT_EQ(std::system((command + " >/dev/null 2>" + name).c_str()), 0);
  ::fcntl(terminal, F_SETFL, O_NONBLOCK);
  std::array<char, 4096> bytes{};
  for (ssize_t n = 0; (n = ::read(terminal, bytes.data(), bytes.size())) > 0;) {
    text.append(bytes.data(), static_cast<std::size_t>(n));
  }
  ::close(held);
  ::close(terminal);
  return text;
}

TEST_F(Program, DrawsItsProgressOnATerminalUnlessQuiet) {
  const std::string command = "cd '" + workplace_.folder().string() + "' && " +
                              std::string(MATSIDE_PROGRAM) + " analyze '" + kClip +
                              "' --to 0.3 --model lite --threads 1 --json -";
  const std::string shown = shown_on_a_terminal(command);
  EXPECT_THAT(shown, HasSubstr("[-----"));
  EXPECT_THAT(shown, HasSubstr("%  1 frame"));
  EXPECT_TRUE(shown.ends_with("\r\x1b[K")) << shown;
  EXPECT_EQ(shown_on_a_terminal(command + " --quiet"), "");
}

}  // namespace
}  // namespace matside::tests
