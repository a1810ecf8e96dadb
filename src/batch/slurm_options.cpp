#include "batch/slurm_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "core/base/printable_text.h"

namespace matside::batch {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

struct OwnOption {
  std::string_view name;
  char letter;  ///< 0: none.
  std::string_view reason;
};

constexpr std::string_view kOneProgram = "each array task is one program on one computer";
constexpr std::string_view kLogs = "the tasks' output is in the dataset, under slurm";
constexpr std::string_view kWaits = "the batch waits for the tasks itself";
constexpr std::string_view kAnswer = "the batch reads the answer of sbatch";
constexpr std::string_view kRequeue = "the batch submits what a task leaves unfinished again";

// Options of sbatch 22.05 that a batch depends on.
constexpr std::array kOwnOptions{
    OwnOption{"array", 'a', "use --slurm-tasks for the number of tasks"},
    OwnOption{"chdir", 'D', "the tasks need the folder in which the batch was started"},
    OwnOption{"error", 'e', kLogs},
    OwnOption{"help", 'h', kAnswer},
    OwnOption{"input", 'i', kOneProgram},
    OwnOption{"job-name", 'J', "the batch finds its tasks by the name"},
    OwnOption{"nodes", 'N', kOneProgram},
    OwnOption{"no-requeue", 0, kRequeue},
    OwnOption{"ntasks", 'n', "use --slurm-tasks for the number of tasks"},
    OwnOption{"ntasks-per-node", 0, kOneProgram},
    OwnOption{"open-mode", 0, kLogs},
    OwnOption{"output", 'o', kLogs},
    OwnOption{"parsable", 0, kAnswer},
    OwnOption{"quiet", 'Q', kAnswer},
    OwnOption{"requeue", 0, kRequeue},
    OwnOption{"test-only", 0, kAnswer},
    OwnOption{"usage", 0, kAnswer},
    OwnOption{"version", 'V', kAnswer},
    OwnOption{"wait", 'W', kWaits},
    OwnOption{"wrap", 0, kOneProgram},
};
// Those whose next word isn't their value.
constexpr std::array<std::string_view, 14> kWithoutValue{
    "contiguous", "exclusive",  "get-user-env",  "hold",      "ignore-pbs",
    "nice",       "no-kill",    "overcommit",    "propagate", "oversubscribe",
    "reboot",     "spread-job", "use-min-nodes", "verbose"};
constexpr std::string_view kLettersWithoutValue = "HkOsv";

Error options_error(const std::string& what) { return {ErrorKind::usage, what}; }

std::string in_quotes(std::string_view word) {
  return "\"" + base::printable_line(word) + "\"";
}

/// Takes characters until the quote is closed. @returns false if it isn't
bool take_quoted(std::string_view& rest, char quote, std::string& word) {
  constexpr std::string_view kEscapable = "\"\\$`";
  while (!rest.empty()) {
    char next = rest.front();
    rest.remove_prefix(1);
    if (next == quote) return true;
    if (quote == '"' && next == '\\' && !rest.empty() &&
        kEscapable.find(rest.front()) != std::string_view::npos) {
      next = rest.front();
      rest.remove_prefix(1);
    }
    word += next;
  }
  return false;
}

/// The words of POSIX's shell language, without its expansions.
/// @source POSIX.1-2017, Shell Command Language, 2.2 Quoting
Result<std::vector<std::string>> shell_words(std::string_view rest) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  while (!rest.empty()) {
    const char next = rest.front();
    rest.remove_prefix(1);
    if (next == ' ' || next == '\t' || next == '\n') {
      if (word) words.push_back(std::move(*word));
      word.reset();
      continue;
    }
    if (!word) word.emplace();
    if (next == '\'' || next == '"') {
      if (!take_quoted(rest, next, *word)) {
        return options_error(std::string("a quote (") + next + ") isn't closed");
      }
    } else if (next == '\\') {
      if (rest.empty()) return options_error("nothing follows the last backslash");
      *word += rest.front();
      rest.remove_prefix(1);
    } else {
      *word += next;
    }
  }
  if (word) words.push_back(std::move(*word));
  return words;
}

Error refused(const std::string& option, std::string_view reason) {
  return options_error(option + " can't be given: " + std::string(reason));
}

/// Checks the options, one word after the other.
class OptionChecker {
 public:
  Result<void> take(const std::string& word);
  [[nodiscard]] Result<SlurmOptions> finish();

 private:
  Result<void> take_long(std::string_view word);
  Result<void> take_short(std::string_view word);

  SlurmOptions options_;
  bool value_follows_ = false;
  bool clusters_follow_ = false;
  std::string last_;
};

Result<void> OptionChecker::take(const std::string& word) {
  options_.words.push_back(word);
  if (value_follows_) {
    if (clusters_follow_) options_.clusters = word;
    value_follows_ = clusters_follow_ = false;
    return {};
  }
  last_ = word;
  if (word.starts_with("--") && word.size() > 2)
    return take_long(std::string_view(word).substr(2));
  if (word.starts_with("-") && word.size() > 1 && word[1] != '-') {
    return take_short(std::string_view(word).substr(1));
  }
  return options_error(in_quotes(word) +
                       " is neither an option of sbatch nor the value of one");
}

Result<void> OptionChecker::take_long(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  const bool has_value = name.size() < word.size();
  // sbatch takes the beginning of a name for the whole name.
  const auto* const own = std::ranges::find_if(
      kOwnOptions, [&](const OwnOption& each) { return each.name.starts_with(name); });
  if (own != kOwnOptions.end()) return refused("--" + std::string(own->name), own->reason);
  const bool clusters = name.size() > 1 && std::string_view("clusters").starts_with(name);
  if (clusters && has_value) options_.clusters = word.substr(name.size() + 1);
  if (!has_value && std::ranges::find(kWithoutValue, name) == kWithoutValue.end()) {
    value_follows_ = true;
    clusters_follow_ = clusters;
  }
  return {};
}

Result<void> OptionChecker::take_short(std::string_view word) {
  while (!word.empty()) {
    const char letter = word.front();
    word.remove_prefix(1);
    const auto* const own = std::ranges::find_if(
        kOwnOptions, [&](const OwnOption& each) { return each.letter == letter; });
    if (own != kOwnOptions.end()) return refused("--" + std::string(own->name), own->reason);
    if (kLettersWithoutValue.find(letter) != std::string_view::npos) continue;
    if (letter == 'M') options_.clusters = word;
    value_follows_ = word.empty();
    clusters_follow_ = letter == 'M' && word.empty();
    return {};
  }
  return {};
}

Result<SlurmOptions> OptionChecker::finish() {
  if (value_follows_) return options_error(in_quotes(last_) + " needs a value");
  return std::move(options_);
}

}  // namespace

base::Result<SlurmOptions> slurm_options(std::string_view text) {
  const auto words = shell_words(text);
  if (!words) return words.error();
  OptionChecker checker;
  for (const std::string& word : words.value()) {
    if (auto taken = checker.take(word); !taken) return taken.error();
  }
  return checker.finish();
}

std::string shell_quoted(std::string_view word) {
  std::string text = "'";
  for (const char each : word) {
    if (each == '\'') {
      text += "'\\''";
    } else {
      text += each;
    }
  }
  return text + "'";
}

}  // namespace matside::batch
