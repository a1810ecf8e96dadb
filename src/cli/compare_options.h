// The command line of `matside compare`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/practice_options.h"
#include "cli/typed_command.h"

namespace matside::cli {

class TypedCompare : public TypedCommand {
 public:
  [[nodiscard]] const char* name() const override { return "compare"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  TypedPractice practice_;
  std::vector<std::string> sources_;
  bool rescored_ = false;
  bool json_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
