// Files, folders and names that somebody else has prepared: nothing hangs, nothing is written
// through their links, no terminal obeys their names, and nobody else can read the results.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/command_line/program.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int kInput = 3;
constexpr int kInterrupted = 130;
const std::string kPoses =
    "frame,timestamp_ms,left_knee_x,left_knee_y\n0,0,100,100\n1,33,101,100\n2,66,102,100\n";

class HostileFiles : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome matside(const std::vector<std::string>& arguments) const {
    return run(workplace_, arguments);
  }
  /// A line of shell, with the program as $M.
  [[nodiscard]] Outcome shell(const std::string& line) const {
    Launch launch{workplace_.folder(), {"-c", "M='" MATSIDE_PROGRAM "'; " + line}};
    launch.program = "/bin/sh";
    return RunningProgram(launch).wait();
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(workplace_ / name) << text;
  }
  [[nodiscard]] unsigned int mode(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(::lstat((workplace_ / name).c_str(), &status), 0) << name;
    return status.st_mode & 0777U;
  }
  /// Makes a named pipe, a socket and a link to a device. @returns their names
  [[nodiscard]] std::vector<std::string> make_no_files() const {
    EXPECT_EQ(::mkfifo((workplace_ / "pipe.json").c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", workplace_ / "device.json");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = (workplace_ / "socket.json").string();
    EXPECT_LT(path.size(), sizeof address.sun_path);
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int bound = ::socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_EQ(::bind(bound, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(bound);
    return {"pipe.json", "device.json", "socket.json"};
  }

  TestFolder workplace_;
};

TEST_F(HostileFiles, PipesDevicesAndSocketsAreRefusedAtOnce) {
  write("result.json", "{}");
  for (const std::string& name : make_no_files()) {
    const std::vector<std::vector<std::string>> commands{
        {"analyze", name, "--size", "640x360", "--fps", "30"},
        {"export", name, "--format", "csv", "-o", "out.csv"},
        {"report", name, "-o", "out.html"},
        {"compare", name, "result.json"},
        {"compare", "result.json", name},
        {"import", name, "--data", "data"},
        {"import", name, "--data", "data", "--level", "1"},
        {"restore", name, "--data", "data"},
        {"analyze", "result.json", "--markers", name},
        {"serve", "--tls", "--certificate", name, "--key", name, "--data", "data"},
    };
    for (const auto& arguments : commands) {
      std::string line = "timeout 20 $M";
      for (const std::string& word : arguments) line += " '" + word + "'";
      const Outcome outcome = shell(line);
      EXPECT_THAT(outcome.exit_code, AnyOf(2, kInput)) << line << "\n" << outcome.err;
      EXPECT_THAT(outcome.err_lines(), SizeIs(1)) << line;
    }
  }
}

TEST_F(HostileFiles, StoppingWorksWhileAHugeFileIsRead) {
  // More than the program and its networks.
  constexpr std::uintmax_t kAFewFiles_bytes = std::uintmax_t{200} << 20U;
  // 1 TB of zeros after a whole video: reading all of it would take minutes.
  for (const int signal : {SIGINT, SIGTERM}) {
    fs::copy_file(MATSIDE_SOURCE_DIR "/tests/data/clips/modified_level0.mp4",
                  workplace_ / "huge.mp4", fs::copy_options::overwrite_existing);
    fs::resize_file(workplace_ / "huge.mp4", std::uintmax_t{1} << 40U);
    RunningProgram running(
        {workplace_.folder(), {"analyze", "huge.mp4", "--model", "lite", "--json", "x.json"}});
    running.wait_until_read(kAFewFiles_bytes);
    const auto asked = std::chrono::steady_clock::now();
    running.send(signal);
    const Outcome outcome = running.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(10));
    EXPECT_EQ(outcome.exit_code, kInterrupted) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("stopped early; nothing was saved"));
  }
}

TEST_F(HostileFiles, NoTerminalObeysTheirNames) {
  const std::vector<std::string> names{
      "\x1b]0;owned\a\x1b[2J.csv",
      "a\xc2\x9b"
      "31mred.csv",
      "a\x9b"
      "31mraw.csv",
      "vsc.\u202efdp.csv",
      "a\u200bb\rmatside: all is well.csv",
  };
  const auto expect_printable = [](const std::string& text) {
    for (const char* const hidden : {"\x1b", "\a", "\r", "\xc2\x9b", "\u202e", "\u200b"}) {
      EXPECT_THAT(text, Not(HasSubstr(hidden)));
    }
  };
  for (const std::string& name : names) {
    write(name, kPoses);
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"analyze", name, "--size", "640x360", "--force"},
             {"analyze", name, "--size", "640x360", "--json", "-"},
             {"analyze", "none" + name},
             {"export", name, "--size", "640x360", "--format", "json", "-o", "-"},
             {"import", name, "--data", "data", "--level", "1"},
             {"compare", name, name, "--size", "640x360"},
             {"plan", "--data", "data", "--person", name}}) {
      const Outcome outcome = matside(arguments);
      EXPECT_NE(outcome.out + outcome.err, "") << arguments.front();
      expect_printable(outcome.out);
      expect_printable(outcome.err);
    }
  }
}

TEST_F(HostileFiles, WhatTheProgramMakesIsForItsUserAlone) {
  write("poses.csv", kPoses);
  const Outcome outcome = shell(
      "umask 0; set -e; $M analyze poses.csv --size 640x360 --poses copy.csv --quiet;"
      "$M export poses.csv --size 640x360 --format csv -o out.csv;"
      "$M export poses.csv --size 640x360 --format openpose -o folder;"
      "$M plan --data data; $M import poses.csv --size 640x360 --level 1 --data data;"
      "$M export --all exports --data data; $M backup copy.db --data data;"
      "$M restore copy.db --data data; $M history --data data");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(workplace_.folder())) {
    const std::string name = fs::relative(entry.path(), workplace_.folder()).string();
    if (name == "poses.csv" || name == "ffmpeg.log") continue;
    EXPECT_EQ(mode(name) & 077U, 0U) << name;
    ++files;
  }
  EXPECT_GT(files, 8);
}

TEST_F(HostileFiles, DataFolderMadeReadableForAllIsClosedAgain) {
  const std::string usual = "home/.local/share/matside";
  fs::create_directories(workplace_ / usual);
  ASSERT_EQ(::chmod((workplace_ / usual).c_str(), 0777), 0);
  const Outcome outcome = shell("unset XDG_DATA_HOME; HOME=$PWD/home $M plan");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(mode(usual), 0700U);
}

TEST_F(HostileFiles, DeepOrHugeJsonIsRefused) {
#ifdef MATSIDE_SANITIZED  // It reserves terabytes.
  const std::string little_memory;
#else  // 1 GB of address space: what these took before, or more.
  const std::string little_memory = "ulimit -v 1000000; ";
#endif
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  std::string zeros = "0";
  for (int i = 0; i < 10'000'000; ++i) zeros += ",0";
  write("analysis.json", R"({"schema":"matside.analysis/1","analysis":)" + deep + "}");
  write("export.json", R"({"schema":"matside.export/1","practices":)" + deep + "}");
  write("objects.json", R"({"schema":"matside.export/1","person":{"settings":)" + deep + "}}");
  write("many.json", R"({"schema":"matside.export/1","practices":[)" + zeros + "]}");
  write("result.json", R"({"schema":"matside.analysis/1","repetitions":[)" + zeros + "]}");
  write("poses.json", R"({"frames":[{"landmarks":)" + deep + "}]}");
  write("people.json", R"({"people":[{"pose_keypoints_2d":)" + deep + "}]}");
  for (const std::string name :
       {"analysis.json", "export.json", "objects.json", "many.json", "result.json"}) {
    const Outcome imported = shell(little_memory + "$M import " + name + " --data data");
    EXPECT_EQ(imported.exit_code, kInput) << name << imported.err;
    EXPECT_THAT(imported.err, AnyOf(HasSubstr("nested deeper"), HasSubstr("values"))) << name;
    const Outcome compared = shell("$M compare " + name + " " + name);
    EXPECT_EQ(compared.exit_code, kInput) << name << compared.err;
  }
  for (const std::string name : {"poses.json", "people.json"}) {
    const Outcome outcome = matside({"analyze", name});
    EXPECT_EQ(outcome.exit_code, kInput) << name;
    EXPECT_THAT(outcome.err, HasSubstr("nested deeper")) << name;
  }
}

TEST_F(HostileFiles, AnOldResultThatHangsOrIsHugeIsLeftAlone) {
  write("poses.csv", kPoses);
  fs::create_directory(workplace_ / "results");
  ASSERT_EQ(::mkfifo((workplace_ / "results/poses.analysis.json").c_str(), 0600), 0);
  write("results/poses-2.analysis.json", "");
  fs::resize_file(workplace_ / "results/poses-2.analysis.json", std::uintmax_t{1} << 40U);
  const Outcome outcome = shell("timeout 20 $M analyze poses.csv --size 640x360");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(workplace_ / "results/poses-3.analysis.json"));
}

}  // namespace
}  // namespace matside::tests
