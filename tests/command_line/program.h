// The built program run as a person runs it, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/media.h"

namespace matside::tests {

struct Outcome {
  int exit_code = -1;  ///< 128 + the signal when one ended it.
  std::string out;
  std::string err;

  /// The lines on standard error.
  [[nodiscard]] std::vector<std::string> err_lines() const;
};

std::string text_of(const std::filesystem::path& path);

/// An empty folder with the recordings a test makes, where the program runs.
class TestFolder : public support::MediaFolder {
 public:
  [[nodiscard]] std::filesystem::path folder() const { return path("x").parent_path(); }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
    return path(name);
  }
  /// Every file below the folder but ffmpeg's log, by its path from there, sorted.
  [[nodiscard]] std::vector<std::string> files() const;
};

/// The words of a command line without quotes: `words("-frames:v 3 -qp 0")`.
support::Arguments words(const std::string& text);

/// Where and how the program runs.
struct Launch {
  std::filesystem::path folder;
  std::vector<std::string> arguments;
  std::string data_folder{};  ///< MATSIDE_DATA_DIR; none when empty.
  std::filesystem::path program = MATSIDE_PROGRAM;
};

/// A program under way; its outputs go to files.
class RunningProgram {
 public:
  explicit RunningProgram(const Launch& launch);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void send(int signal) const;
  /// Waits until the program has read that much, or a test failure after a minute.
  void wait_until_read(std::uintmax_t bytes) const;
  Outcome wait();

 private:
  pid_t process_ = -1;
  std::filesystem::path out_;
  std::filesystem::path err_;
};

/// Runs `matside ARGUMENTS...` in the workplace to its end.
Outcome run(const TestFolder& workplace, const std::vector<std::string>& arguments,
            const std::string& data_folder = {});

/// Whether the JSON text fits the schema, by the schema checker; a test failure says where not.
void expect_fits_result_schema(const TestFolder& workplace, const std::string& json);

}  // namespace matside::tests
