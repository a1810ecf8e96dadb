// The command line of `matside annotate`.
#pragma once

#include <string>

#include "cli/practice_options.h"
#include "cli/typed_command.h"

namespace matside::cli {

class TypedAnnotate : public TypedCommand {
 public:
  [[nodiscard]] const char* name() const override { return "annotate"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  TypedPractice practice_;
  std::string input_;
  std::string output_;
  bool no_sound_ = false;
  bool force_ = false;
  bool quiet_ = false;
};

}  // namespace matside::cli
