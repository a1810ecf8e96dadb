#include "records/exercises.h"

#include <algorithm>
#include <string>

#include "formats/strict_json/node.h"

namespace matside::records {
namespace {

constexpr std::size_t kLongestId = 100;

}  // namespace

bool is_exercise_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId &&
         std::ranges::all_of(text, [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); });
}

std::string goal_text(int repetitions, const exercise::Definition& exercise) {
  return std::to_string(repetitions) + (exercise.by_side() ? " each side" : "");
}

base::Result<const exercise::Definition*> Exercises::find(std::string_view id) const {
  const auto found = std::ranges::find(all_, id, &exercise::Definition::id);
  if (found != all_.end()) return &*found;
  return base::Error{base::ErrorKind::input, "the exercise \"" + std::string(id) +
                                                 "\" isn't installed. Installed: " + ids()};
}

const exercise::Definition* Exercises::named(const strict_json::Node& node) const {
  const std::string id = node.text();
  if (node.has_error()) return nullptr;
  if (!is_exercise_id(id)) {
    node.report("must be an exercise's id, of letters from a to z and hyphens");
    return nullptr;
  }
  const auto found = find(id);
  if (found) return found.value();
  node.report(found.error().message);
  return nullptr;
}

std::string Exercises::ids() const {
  std::string text;
  for (const exercise::Definition& each : all_) text += (text.empty() ? "" : ", ") + each.id;
  return text;
}

}  // namespace matside::records
