#include "tests/command_line/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

namespace matside::tests {

namespace fs = std::filesystem;

namespace {

constexpr int kCannotStart = 127;

/// In the child: becomes the program, or ends.
[[noreturn]] void become(const Launch& launch, const fs::path& out, const fs::path& err) {
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const bool placed = ::dup2(out_file, STDOUT_FILENO) >= 0 &&
                      ::dup2(err_file, STDERR_FILENO) >= 0 &&
                      ::chdir(launch.folder.c_str()) == 0;
  ::unsetenv("MATSIDE_DATA_DIR");
  if (!launch.data_folder.empty()) {
    ::setenv("MATSIDE_DATA_DIR", launch.data_folder.c_str(), 1);
  }
  std::vector<std::string> words{launch.program.string()};
  words.insert(words.end(), launch.arguments.begin(), launch.arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  if (placed) ::execv(pointers.front(), pointers.data());
  ::_exit(kCannotStart);
}

/// A name beside the workplace, not in it: its files are the program's alone.
fs::path capture_file(const fs::path& folder, const std::string& what) {
  static std::atomic<int> count{0};
  return folder.string() + "." + std::to_string(++count) + "." + what;
}

}  // namespace

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> Outcome::err_lines() const {
  std::vector<std::string> lines;
  std::istringstream text(err);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> TestFolder::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (entry.is_directory() || entry.path().filename() == "ffmpeg.log") continue;
    names.push_back(fs::relative(entry.path(), folder()).string());
  }
  std::ranges::sort(names);
  return names;
}

support::Arguments words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

RunningProgram::RunningProgram(const Launch& launch)
    : out_(capture_file(launch.folder, "out")), err_(capture_file(launch.folder, "err")) {
  process_ = ::fork();
  if (process_ == 0) become(launch, out_, err_);
}

RunningProgram::~RunningProgram() {
  if (process_ > 0) {
    send(SIGKILL);
    (void)wait();
  }
}

void RunningProgram::send(int signal) const { ::kill(process_, signal); }

void RunningProgram::wait_until_read(std::uintmax_t bytes) const {
  const auto begun = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begun < std::chrono::minutes(1)) {
    std::ifstream counters("/proc/" + std::to_string(process_) + "/io");
    std::string name;
    std::uintmax_t count = 0;
    if (counters >> name >> count && name == "rchar:" && count >= bytes) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "the program has not read " << bytes << " bytes";
}

Outcome RunningProgram::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  Outcome outcome;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = text_of(out_);
  outcome.err = text_of(err_);
  fs::remove(out_);
  fs::remove(err_);
  return outcome;
}

Outcome run(const TestFolder& workplace, const std::vector<std::string>& arguments,
            const std::string& data_folder) {
  return RunningProgram({workplace.folder(), arguments, data_folder}).wait();
}

void expect_fits_result_schema(const TestFolder& workplace, const std::string& json) {
  const fs::path file = workplace.folder().string() + ".checked.json";
  std::ofstream(file) << json;
  const std::string command = "cd '" MATSIDE_SOURCE_DIR
                              "' && node tests/check_schema.mjs "
                              "src/formats/analysis.schema.json '" +
                              file.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << json;
  fs::remove(file);
}

}  // namespace matside::tests
