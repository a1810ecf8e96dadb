#include "protocol/client_messages.h"

#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "formats/little_endian.h"
#include "protocol/limits.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

constexpr std::size_t kFrameHead_bytes = sizeof(std::uint32_t) + sizeof(double);

base::Error input_error(const std::string& why) {
  return {base::ErrorKind::input, "message: " + why};
}

/// Reads the members of an object one by one and remembers the first problem.
class Reader {
 public:
  explicit Reader(const json& object, std::string name)
      : object_(object), name_(std::move(name)) {}

  int integer(const char* key, int min, int max) {
    const json* value = read(key);
    if (value != nullptr && value->is_number_integer() && *value >= min && *value <= max) {
      return value->get<int>();
    }
    add_problem(std::string(key) + " must be an integer from " + std::to_string(min) + " to " +
                std::to_string(max));
    return min;
  }

  std::optional<int> optional_integer(const char* key, int min, int max) {
    if (!object_.contains(key)) return std::nullopt;
    return integer(key, min, max);
  }

  /// Empty where the member is absent.
  std::string optional_text(const char* key, std::size_t max_bytes) {
    if (!object_.contains(key)) return {};
    const json* value = read(key);
    if (value->is_string() && value->get_ref<const std::string&>().size() <= max_bytes) {
      return value->get<std::string>();
    }
    add_problem(std::string(key) + " must be text, " + std::to_string(max_bytes) +
                " bytes at most");
    return {};
  }

  std::string text(const char* key, std::size_t max_bytes) {
    if (!object_.contains(key)) add_problem(std::string(key) + " is missing");
    return optional_text(key, max_bytes);
  }

  base::Seconds time(const char* key) {
    const json* value = read(key);
    if (value != nullptr && value->is_number() && *value >= 0.0 &&
        std::isfinite(value->get<double>()))
      return base::Seconds(value->get<double>());
    add_problem(std::string(key) + " must be a number of seconds, 0 or more");
    return base::Seconds(0.0);
  }

  bool boolean(const char* key) {
    const json* value = read(key);
    if (value != nullptr && value->is_boolean()) return value->get<bool>();
    add_problem(std::string(key) + " must be true or false");
    return false;
  }

  template <std::size_t N>
  std::size_t choice(const char* key, const std::array<std::string_view, N>& choices) {
    const json* value = read(key);
    if (value != nullptr && value->is_string()) {
      const auto& text = value->get_ref<const std::string&>();
      for (std::size_t i = 0; i < N; ++i) {
        if (text == choices[i]) return i;
      }
    }
    add_problem(std::string(key) + " has an unknown value");
    return 0;
  }

  /// The object at `key`, or null where the member is absent.
  const json* object(const char* key) {
    const json* value = read(key);
    if (value != nullptr && !value->is_object())
      add_problem(std::string(key) + " must be an object");
    return value != nullptr && value->is_object() ? value : nullptr;
  }

  /// The array at `key`, or null where the member is absent.
  const json* array(const char* key, std::size_t max_elements) {
    const json* value = read(key);
    const bool fits = value != nullptr && value->is_array() && value->size() <= max_elements;
    if (value != nullptr && !fits) {
      add_problem(std::string(key) + " must be an array of " + std::to_string(max_elements) +
                  " elements at most");
    }
    return fits ? value : nullptr;
  }

  void add_problem(const std::string& why) {
    if (!problem_) problem_ = name_ + ": " + why;
  }

  /// The first problem, or that the object has a member that was not read.
  std::optional<std::string> problem() {
    if (read_count_ != object_.size()) add_problem("has an unknown key");
    return problem_;
  }

 private:
  const json* read(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    ++read_count_;
    return &*found;
  }

  const json& object_;
  std::string name_;
  std::size_t read_count_ = 0;
  std::optional<std::string> problem_;
};

engine::RepetitionCounts read_carried(const json& object, Reader& of) {
  Reader reader(object, "carried");
  const auto count = [&](const char* key) { return reader.integer(key, 0, kMaxCarried); };
  const engine::RepetitionCounts counts{
      count("left"),   count("right"),
      count("unsure"), count("kicks"),
      count("clean"),  reader.optional_integer("both", 0, kMaxCarried).value_or(0)};
  if (const auto problem = reader.problem()) of.add_problem(*problem);
  return counts;
}

/// The id of an installed exercise, its level and its repetitions.
AskedExercise read_asked(Reader& reader, const records::Exercises& exercises) {
  AskedExercise asked;
  asked.exercise = reader.optional_text("exercise", kMaxExerciseId_bytes);
  if (asked.exercise.empty()) asked.exercise = records::kFirstExercise;
  const auto found = exercises.find(asked.exercise);
  if (!found) reader.add_problem("exercise is not one of " + exercises.ids());
  asked.level = reader.integer("level", 0, found ? found.value()->highest_level() : 0);
  if (found && found.value()->level(asked.level) == nullptr)
    reader.add_problem("level is not one of the exercise's");
  asked.repetitions = reader.integer("repetitions", 1, kMaxGoal);
  return asked;
}

std::vector<AskedExercise> read_following(const json& list, Reader& of,
                                          const records::Exercises& exercises) {
  std::vector<AskedExercise> all;
  for (const json& each : list) {
    if (!each.is_object()) {
      of.add_problem("then must have objects alone");
      break;
    }
    Reader reader(each, "then");
    all.push_back(read_asked(reader, exercises));
    if (const auto problem = reader.problem()) of.add_problem(*problem);
  }
  return all;
}

ClientMessage read_hello(Reader& reader, const records::Exercises& exercises) {
  constexpr std::array<std::string_view, 3> kBreaths{"out_on_kicks", "in_on_kicks", "off"};
  ClientHello hello;
  AskedExercise first = read_asked(reader, exercises);
  hello.exercise = std::move(first.exercise);
  hello.request.level = first.level;
  hello.request.repetitions = first.repetitions;
  if (const json* then = reader.array("then", kMaxFollowing))
    hello.then = read_following(*then, reader, exercises);
  hello.request.goes_on = !hello.then.empty();
  hello.request.guided = reader.boolean("guided");
  hello.camera = reader.boolean("camera");
  hello.request.breath =
      static_cast<coaching::BreathingPattern>(reader.choice("breath", kBreaths));
  if (const json* carried = reader.object("carried")) {
    hello.request.carried = read_carried(*carried, reader);
  }
  constexpr int kHighestId = std::numeric_limits<int>::max();
  hello.person = reader.optional_integer("person", 1, kHighestId);
  hello.comfort_before = reader.optional_integer("comfort_before", 0, kMaxComfort);
  hello.resume = reader.optional_integer("resume", 1, kHighestId);
  hello.pin_token = reader.optional_text("unlocked", kMaxToken_bytes);
  return hello;
}

ClientMessage read(std::size_t type, Reader& reader, const records::Exercises& exercises) {
  constexpr std::array<std::string_view, 2> kAnswers{"comfortable", "discomfort"};
  switch (type) {
    case 0:
      return read_hello(reader, exercises);
    case 1:
      return Pause{};
    case 2:
      return Resume{};
    case 3:
      return CameraBack{};
    case 4:
      return PageSays{reader.text("id", kMaxPhraseId_bytes),
                      reader.text("text", kMaxSentence_bytes), reader.time("time_s")};
    case 5:
      return Comfort{reader.choice("answer", kAnswers) == 0};
    case 6:
      return SelfReported{reader.integer("left", 0, kMaxSelfReported),
                          reader.integer("right", 0, kMaxSelfReported)};
    default:
      return Stop{};
  }
}

}  // namespace

base::Result<ClientMessage> parse_message(std::string_view text,
                                          const records::Exercises& exercises) {
  constexpr std::array<std::string_view, 8> kTypes{"hello",         "pause",     "resume",
                                                   "camera_back",   "page_says", "comfort",
                                                   "self_reported", "stop"};
  const json message = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!message.is_object()) return input_error("must be a JSON object");
  Reader reader(message, "message");
  const std::size_t type = reader.choice("type", kTypes);
  const ClientMessage parsed = read(type, reader, exercises);
  if (const auto problem = reader.problem())
    return base::Error{base::ErrorKind::input, *problem};
  return parsed;
}

base::Result<ClientFrame> parse_frame(std::span<const std::uint8_t> message) {
  if (message.size() <= kFrameHead_bytes) return input_error("has no picture");
  formats::LittleEndianReader numbers(message);
  const auto index = numbers.take<std::uint32_t>();
  const auto time_s = numbers.take<double>();
  if (!std::isfinite(time_s) || time_s < 0.0) {
    return input_error("the frame's time must be a number of seconds, 0 or more");
  }
  return ClientFrame{index, base::Seconds(time_s), numbers.rest()};
}

}  // namespace matside::protocol
