// The command line of `matside export`: one practice in another format, or everything kept.
#pragma once

#include <optional>
#include <string>

#include "cli/practice_options.h"
#include "cli/typed_command.h"

namespace matside::cli {

class TypedExport : public TypedCommand {
 public:
  [[nodiscard]] const char* name() const override { return "export"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  [[nodiscard]] base::Result<Action> everything() const;

  TypedPractice practice_;
  std::string source_;
  std::string format_;
  std::optional<std::string> output_;
  std::optional<double> height_m_;
  std::optional<double> metres_per_px_;
  bool all_ = false;
  bool force_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
