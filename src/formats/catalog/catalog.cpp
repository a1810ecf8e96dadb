#include "formats/catalog/catalog.h"

#include <array>

#include "formats/catalog/cycle_file.h"
#include "formats/catalog/exercise_file.h"
#include "formats/catalog/plan_file.h"
#include "formats/catalog/sources_file.h"
#include "formats/catalog/words_file.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {
namespace {

constexpr double kMaxClip_s = 60.0;

base::Error model_error(std::string message) {
  return {base::ErrorKind::model, std::move(message)};
}

}  // namespace

base::Result<exercise::Definition> parse_exercise(const NamedText& exercise,
                                                  const NamedText& words) {
  strict_json::FirstError exercise_problem(exercise.name);
  const nlohmann::json exercise_json =
      strict_json::parse_strictly(exercise.text, exercise_problem);
  exercise::Definition definition =
      read_definition(strict_json::Node(exercise_json, exercise_problem));
  if (exercise_problem.first()) return model_error(*exercise_problem.first());

  strict_json::FirstError words_problem(words.name);
  const nlohmann::json words_json = strict_json::parse_strictly(words.text, words_problem);
  read_words(strict_json::Node(words_json, words_problem), definition);
  if (words_problem.first()) return model_error(*words_problem.first());
  return definition;
}

base::Result<exercise::Definition> parse_cycle_exercise(const NamedText& exercise,
                                                        const exercise::Definition& common) {
  strict_json::FirstError problem(exercise.name);
  const nlohmann::json parsed = strict_json::parse_strictly(exercise.text, problem);
  exercise::Definition definition =
      read_cycle_definition(strict_json::Node(parsed, problem), common);
  if (problem.first()) return model_error(*problem.first());
  return definition;
}

base::Result<std::vector<exercise::ClipLength>> parse_clip_lengths(const NamedText& clips) {
  constexpr std::array<std::string_view, 2> kKeys{"long", "short"};
  strict_json::FirstError problem(clips.name);
  const nlohmann::json parsed = strict_json::parse_strictly(clips.text, problem);
  const strict_json::Node root(parsed, problem);
  if (!root.is_object()) root.report("must be an object");
  std::vector<exercise::ClipLength> lengths;
  for (const std::string& id : root.keys()) {
    const strict_json::Node clip = root[id];
    clip.allow_only(kKeys);
    lengths.push_back({id, base::Seconds(clip["long"].number_within(0.0, kMaxClip_s)),
                       base::Seconds(clip["short"].number_within(0.0, kMaxClip_s))});
  }
  if (problem.first()) return model_error(*problem.first());
  return lengths;
}

base::Result<plan::Rules> parse_plan_rules(const NamedText& rules) {
  strict_json::FirstError problem(rules.name);
  const nlohmann::json parsed = strict_json::parse_strictly(rules.text, problem);
  const plan::Rules read = read_plan_rules(strict_json::Node(parsed, problem));
  if (problem.first()) return model_error(*problem.first());
  return read;
}

base::Result<std::vector<Source>> parse_sources(const NamedText& sources) {
  strict_json::FirstError problem(sources.name);
  const nlohmann::json parsed = strict_json::parse_strictly(sources.text, problem);
  std::vector<Source> read = read_sources(strict_json::Node(parsed, problem));
  if (problem.first()) return model_error(*problem.first());
  return read;
}

}  // namespace matside::catalog
