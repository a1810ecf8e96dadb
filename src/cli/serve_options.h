// The command line of `matside serve`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/serve_command.h"

namespace matside::cli {

/// Parses and validates the options of `matside serve`.
class ServeParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "serve"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  std::string address_ = ServeCommand().address;
  std::uint16_t port_ = ServeCommand().port;
  bool open_ = false;
  std::optional<std::string> model_;
  int pose_streams_ = 0;
  bool tls_ = false;
  std::optional<std::string> certificate_;
  std::optional<std::string> key_;
  std::optional<std::string> data_;
  bool no_records_ = false;
  ExerciseOptionsParser exercises_;
};

}  // namespace matside::cli
