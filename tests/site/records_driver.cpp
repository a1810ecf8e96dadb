// Works with the records as its commands say, one JSON document each. As a native program it
// reads a command a line and prints the answers; as a module it exports the same for tests in
// browsers. Equal commands must have equal answers.
#include <cmath>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "formats/catalog/catalog.h"
#include "records/import_export.h"
#include "records/json_documents.h"
#include "records/persons.h"
#include "records/practice_draft.h"
#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "records/today.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
using base::Result;
using nlohmann::json;
using records::LocalTime;

constexpr int kUtcOffset_min = 60;
constexpr double kFrame_s = 1.0 / 30.0;

template <class T>
json answer(const Result<T>& result, const std::function<json(const T&)>& value) {
  if (!result) return {{"error", result.error().message}};
  return value(result.value());
}
json answer(const Result<void>& result) {
  if (!result) return {{"error", result.error().message}};
  return json::object();
}

class Driver {
 public:
  json run(const json& command) {
    const std::string what = command.value("do", "");
    now_ = {{command.value("now", std::int64_t{1'767'600'000})}, kUtcOffset_min};
    person_ = command.value("person", records::Id{1});
    file_ = command.value("file", "matside.db");
    text_ = command.value("text", "");
    if (what == "exercise") return read_exercise(command);
    if (what == "open") return open();
    if (what == "close") {
      draft_.reset();
      records_.reset();
      return json::object();
    }
    if (what == "check") return answer(records::sqlite::check(file_));
    if (what == "restore") {
      return answer<std::string>(records::sqlite::restore(file_, "matside.db", now_.instant),
                                 [](const std::string& kept) {
                                   return json{{"kept", kept}};
                                 });
    }
    if (!records_) return {{"error", "not open"}};
    if (what == "repetition") return add_repetition(command.value("frames", 30));
    return with_records(what);
  }

 private:
  json with_records(const std::string& what) {
    if (what == "add_person") {
      return answer<records::Id>(records_->add_person(text_, now_.instant), [](records::Id id) {
        return json{{"id", id}};
      });
    }
    if (what == "set_pin" || what == "try_pin") return pin(what == "set_pin");
    if (what == "begin") return begin();
    if (what == "end") {
      if (!draft_) return {{"error", "no practice"}};
      const auto ended = draft_->end(records::EndReason::goal);
      draft_.reset();
      return answer(ended);
    }
    if (what == "state") return state();
    if (what == "today") {
      return answer<records::Today>(
          records::today(*records_, person_, now_, *exercise_, *rules_),
          [&](const auto& today) {
            return json{{"text", records::today_json(today, *exercise_, *rules_, *exercise_)}};
          });
    }
    if (what == "export") {
      return answer<std::string>(records::export_json(*records_, person_),
                                 [](const std::string& text) {
                                   return json{{"text", text}};
                                 });
    }
    if (what == "import") {
      return answer<records::ImportedDocument>(
          records::import_json(*records_, person_, text_, "import.json", {now_, {}},
                               *exercise_),
          [](const records::ImportedDocument& imported) {
            return json{{"added", imported.saved}};
          });
    }
    if (what == "backup") return answer(records_->backup(file_));
    if (what == "erase_person") return answer(records_->erase_person(person_));
    if (what == "erase_all") return answer(records_->erase_all());
    return {{"error", "unknown command: " + what}};
  }

  json read_exercise(const json& command) {
    texts_ = command;
    const auto named = [&](const char* key) {
      return catalog::NamedText{key, texts_.at(key).get_ref<const std::string&>()};
    };
    auto exercise = catalog::parse_exercise(named("exercise"), named("words"));
    if (!exercise) return {{"error", exercise.error().message}};
    auto rules = catalog::parse_plan_rules(named("plan"));
    if (!rules) return {{"error", rules.error().message}};
    exercise_ = std::move(exercise).value();
    rules_ = std::move(rules).value();
    return json::object();
  }

  json open() {
    records_.reset();
    auto opened = records::sqlite::open(file_);
    if (!opened) return {{"error", opened.error().message}};
    records_ = std::move(opened).value();
    return json::object();
  }

  json pin(bool set) {
    auto person = records_->person(person_);
    if (!person) return {{"error", person.error().message}};
    if (!set) return {{"right", records::verify_pin(person.value(), text_)}};
    const auto hash = records::hash_pin(text_);
    if (!hash) return {{"error", hash.error().message}};
    person.value().pin = hash.value();
    return answer(records_->update_person(person.value()));
  }

  json begin() {
    records::PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = 1;
    plan.repetitions = 5;
    auto draft = records::PracticeDraft::begin(*records_, plan, now_, engine_, *exercise_);
    if (!draft) return {{"error", draft.error().message}};
    draft_ = std::move(draft).value();
    counts_ = {};
    frame_ = 0;
    return {{"practice", draft_->practice()}};
  }

  /// A repetition with poses that are as noisy as those of a camera.
  json add_repetition(int frames) {
    if (!draft_) return {{"error", "no practice"}};
    coaching::ScoringContext scoring;
    scoring.scored = true;
    for (int i = 0; i < frames; ++i) draft_->add_frame(next_frame(), scoring);
    exercise::Repetition repetition;
    repetition.index = counts_.left + 1;
    repetition.side = exercise::KickingSide::left;
    repetition.end = base::Seconds(static_cast<double>(frame_) * kFrame_s);
    repetition.start = repetition.end - base::Seconds(frames * kFrame_s);
    ++counts_.left;
    ++counts_.clean;
    const auto saved = draft_->add_repetition(repetition, counts_);
    json said = answer(saved);
    said["counted"] = counts_.left;
    return said;
  }

  double noise() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 40U) / static_cast<double>(1U << 24U) - 0.5;
  }

  pose::PoseFrame next_frame() {
    pose::PoseFrame frame;
    frame.frame_index = frame_;
    frame.time = base::Seconds(static_cast<double>(frame_++) * kFrame_s);
    frame.image_size = {640, 360};
    pose::Pose& pose = frame.pose.emplace();
    pose.score = 0.9;
    double x = 100.0;
    for (pose::Keypoint& each : pose.keypoints) {
      each.position = {x += 13.0 + 2.0 * noise(), 200.0 + 2.0 * noise()};
      each.score = 0.9 + 0.1 * noise();
    }
    return pose::rounded(frame);
  }

  /// What is saved, as far as it shows whether a counted repetition was lost.
  json state() {
    const auto practices = records_->practices(person_);
    if (!practices) return {{"error", practices.error().message}};
    json all = json::array();
    for (const records::Practice& each : practices.value()) {
      const auto repetitions = records_->repetitions(each.id);
      const auto poses = records_->poses(each.id);
      if (!repetitions || !poses) return {{"error", "unreadable"}};
      all.push_back({{"id", each.id},
                     {"counted", each.counts.left},
                     {"repetitions", repetitions.value().size()},
                     {"poses", poses.value().size()},
                     {"ended", each.ended_by.has_value()}});
    }
    return {{"practices", std::move(all)}};
  }

  json texts_;
  std::optional<exercise::Definition> exercise_;
  std::optional<plan::Rules> rules_;
  std::unique_ptr<records::Repository> records_;
  std::optional<records::PracticeDraft> draft_;
  exercise::RepetitionCounts counts_;
  const records::EngineInfo engine_{"matside test", "blazepose-full", true};
  LocalTime now_;
  records::Id person_ = 1;
  std::string file_;
  std::string text_;
  std::int64_t frame_ = 0;
  std::uint64_t state_ = 1;
};

std::string run_line(const std::string& line) {
  static Driver driver;
  const json command = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!command.is_object()) return R"({"error":"not a command"})";
  return driver.run(command).dump();
}

}  // namespace

#ifdef __wasm__
namespace {
std::string text;  // the command, then its answer
}
extern "C" {
/// @returns where a command of that length is to be written
__attribute__((export_name("command_place"))) char* command_place(std::uint32_t length) {
  text.assign(length, '\0');
  return text.data();
}
/// Runs the command that is there. @returns the length of the answer
__attribute__((export_name("run_command"))) std::uint32_t run_command() {
  text = run_line(text);
  return static_cast<std::uint32_t>(text.size());
}
__attribute__((export_name("answer_place"))) const char* answer_place() { return text.data(); }
}
#else
int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << run_line(line) << '\n' << std::flush;
  }
}
#endif
