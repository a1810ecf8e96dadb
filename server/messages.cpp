#include "server/messages.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

namespace matside::server {
namespace {

using json = nlohmann::ordered_json;

constexpr std::size_t kFrameHead_bytes = sizeof(std::uint32_t) + sizeof(double);
constexpr int kHighestLevel = 3;
constexpr std::size_t kMostAdvice = 3;

base::Error not_understood(const std::string& why) {
  return {base::ErrorKind::input, "message: " + why};
}

std::string_view name(FailureKind kind) {
  switch (kind) {
    case FailureKind::busy:
      return "busy";
    case FailureKind::bad_message:
      return "bad_message";
    case FailureKind::bad_frame:
      return "bad_frame";
    case FailureKind::too_many:
      return "too_many";
    case FailureKind::broken:
      break;
  }
  return "broken";
}

std::string text_of(const json& message) {
  return message.dump(-1, ' ', false, json::error_handler_t::replace);
}

json told(const engine::RepetitionFinished& event, const exercise::Definition& /*exercise*/) {
  const exercise::Repetition& repetition = event.repetition;
  json faults = json::array();
  for (const exercise::FaultFinding& fault : repetition.faults) faults.push_back(fault.id);
  return {{"type", "repetition"},
          {"index", repetition.index},
          {"side", name(repetition.side)},
          {"status", name(repetition.status)},
          {"kicks", repetition.kicks.size()},
          {"faults", std::move(faults)},
          {"cue", repetition.faults.empty() ? "" : repetition.faults.front().cue}};
}

json told(const engine::SetFaultSeen& event, const exercise::Definition& exercise) {
  const exercise::Words* words = exercise.words_for(event.fault.id);
  return {{"type", "set_fault"},
          {"id", event.fault.id},
          {"cue", words == nullptr ? "" : words->cue}};
}

json told(const engine::Warned& event, const exercise::Definition& /*exercise*/) {
  return {{"type", "warning"}, {"id", event.warning.id}, {"message", event.warning.message}};
}

std::string phrase(const exercise::Definition& exercise, const char* id) {
  const exercise::Phrase* found = exercise.phrase(id);
  return found == nullptr ? id : found->text;
}

std::string praise(const engine::Counts& counts, std::size_t total,
                   const exercise::Definition& exercise) {
  const auto clean = static_cast<std::size_t>(counts.clean);
  if (total == 0) return phrase(exercise, "none_counted");
  if (clean == total) return phrase(exercise, "all_clean");
  if (2 * clean > total) return phrase(exercise, "most_clean");
  return phrase(exercise, clean > 0 ? "some_clean" : "keep_practising");
}

/// What to work on, most important first.
std::vector<std::string> advice(const engine::Analysis& analysis,
                                const exercise::Definition& exercise) {
  std::vector<const exercise::Fault*> seen;
  for (const exercise::Fault& fault : exercise.faults) {
    const auto is_it = [&](const auto& found) { return found.id == fault.id; };
    if (std::ranges::any_of(analysis.set_faults, is_it) ||
        std::ranges::any_of(analysis.repetitions, [&](const exercise::Repetition& repetition) {
          return std::ranges::any_of(repetition.faults, is_it);
        })) {
      seen.push_back(&fault);
    }
  }
  std::ranges::stable_sort(seen, {}, &exercise::Fault::priority);
  if (seen.size() > kMostAdvice) seen.resize(kMostAdvice);
  std::vector<std::string> said;
  for (const exercise::Fault* fault : seen) {
    const exercise::Words* words = exercise.words_for(fault->id);
    if (words != nullptr) said.push_back(words->advice);
  }
  return said;
}

template <class T>
T little_endian(const std::uint8_t* bytes) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

}  // namespace

base::Result<FromPage> parse_message(std::string_view text) {
  const json message = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!message.is_object()) return not_understood("is no JSON object");
  const auto type = message.find("type");
  if (type == message.end() || !type->is_string()) return not_understood("has no type");
  if (*type == "stop") {
    if (message.size() != 1) return not_understood("stop has an unknown key");
    return FromPage(Stop{});
  }
  if (*type != "hello") return not_understood("is of an unknown type");
  const auto level = message.find("level");
  if (level == message.end() || !level->is_number_integer() || *level < 0 ||
      *level > kHighestLevel) {
    return not_understood("hello needs a level from 0 to 3");
  }
  if (message.size() != 2) return not_understood("hello has an unknown key");
  return FromPage(Hello{level->get<int>()});
}

base::Result<Frame> parse_frame(std::span<const std::uint8_t> message) {
  if (message.size() <= kFrameHead_bytes) return not_understood("has no picture");
  const auto index = little_endian<std::uint32_t>(message.data());
  const auto time_s = little_endian<double>(message.data() + sizeof index);
  if (!std::isfinite(time_s) || time_s < 0.0) {
    return not_understood("the picture has no time, seconds from 0");
  }
  return Frame{index, base::Seconds(time_s), message.subspan(kFrameHead_bytes)};
}

std::string ready_message(const exercise::Level& level) {
  return text_of({{"type", "ready"}, {"level", level.number}, {"level_name", level.name}});
}

std::string frame_done_message(std::uint32_t index, bool dropped, bool person) {
  return text_of(
      {{"type", "frame_done"}, {"index", index}, {"dropped", dropped}, {"person", person}});
}

std::string event_message(const engine::Event& event, const exercise::Definition& exercise) {
  return text_of(std::visit([&](const auto& seen) { return told(seen, exercise); }, event));
}

std::string counts_message(const engine::Counts& counts) {
  return text_of({{"type", "counts"},
                  {"left", counts.left},
                  {"right", counts.right},
                  {"unsure", counts.unsure},
                  {"kicks", counts.kicks},
                  {"clean", counts.clean}});
}

std::string summary_message(const engine::Analysis& analysis,
                            const exercise::Definition& exercise) {
  return text_of({{"type", "summary"},
                  {"frames", analysis.frames},
                  {"praise", praise(analysis.counts, analysis.repetitions.size(), exercise)},
                  {"advice", advice(analysis, exercise)}});
}

std::string failure_message(FailureKind kind, std::string_view message) {
  return text_of({{"type", "failure"}, {"id", name(kind)}, {"message", message}});
}

}  // namespace matside::server
