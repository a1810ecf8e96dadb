// The command line of `matside annotate`.
#pragma once

#include <string>

#include "apps/matside/practice_options.h"
#include "apps/matside/typed_command.h"

namespace matside::app {

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

}  // namespace matside::app
