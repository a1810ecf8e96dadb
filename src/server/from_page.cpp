#include "server/from_page.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace matside::server {
namespace {

using nlohmann::json;

constexpr std::size_t kFrameHead_bytes = sizeof(std::uint32_t) + sizeof(double);
constexpr int kHighestLevel = 3;
constexpr int kMostWished = 20;
constexpr int kMostComfort = 10;
constexpr std::size_t kLongestToken = 200;
constexpr int kMostCarried = 1000;
constexpr int kMostSelfReported = 100;

base::Error not_understood(const std::string& why) {
  return {base::ErrorKind::input, "message: " + why};
}

/// Takes the keys of an object one by one and remembers the first thing wrong.
class Reader {
 public:
  explicit Reader(const json& object, std::string name)
      : object_(object), name_(std::move(name)) {}

  int number(const char* key, int least, int most) {
    const json* value = take(key);
    if (value != nullptr && value->is_number_integer() && *value >= least && *value <= most) {
      return value->get<int>();
    }
    wrong(std::string(key) + " must be a whole number from " + std::to_string(least) + " to " +
          std::to_string(most));
    return least;
  }

  std::optional<int> maybe_number(const char* key, int least, int most) {
    if (!object_.contains(key)) return std::nullopt;
    return number(key, least, most);
  }

  /// Empty where the key is absent.
  std::string maybe_text(const char* key, std::size_t longest) {
    if (!object_.contains(key)) return {};
    const json* value = take(key);
    if (value->is_string() && value->get_ref<const std::string&>().size() <= longest) {
      return value->get<std::string>();
    }
    wrong(std::string(key) + " must be text, " + std::to_string(longest) + " bytes at most");
    return {};
  }

  bool flag(const char* key) {
    const json* value = take(key);
    if (value != nullptr && value->is_boolean()) return value->get<bool>();
    wrong(std::string(key) + " must be true or false");
    return false;
  }

  template <std::size_t N>
  std::size_t choice(const char* key, const std::array<std::string_view, N>& choices) {
    const json* value = take(key);
    if (value != nullptr && value->is_string()) {
      const auto& text = value->get_ref<const std::string&>();
      for (std::size_t i = 0; i < N; ++i) {
        if (text == choices[i]) return i;
      }
    }
    wrong(std::string(key) + " is none of its values");
    return 0;
  }

  /// The object at `key`, or null where the key is absent.
  const json* object(const char* key) {
    const json* value = take(key);
    if (value != nullptr && !value->is_object()) wrong(std::string(key) + " must be an object");
    return value != nullptr && value->is_object() ? value : nullptr;
  }

  void wrong(const std::string& why) {
    if (!problem_) problem_ = name_ + ": " + why;
  }

  /// Whether everything was as it should be, and nothing was left over.
  std::optional<std::string> problem() {
    if (taken_ != object_.size()) wrong("has an unknown key");
    return problem_;
  }

 private:
  const json* take(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    ++taken_;
    return &*found;
  }

  const json& object_;
  std::string name_;
  std::size_t taken_ = 0;
  std::optional<std::string> problem_;
};

engine::Counts carried_in(const json& object, Reader& of) {
  Reader reader(object, "carried");
  const auto count = [&](const char* key) { return reader.number(key, 0, kMostCarried); };
  const engine::Counts counts{count("left"), count("right"), count("unsure"), count("kicks"),
                              count("clean")};
  if (const auto problem = reader.problem()) of.wrong(*problem);
  return counts;
}

FromPage read_hello(Reader& reader) {
  constexpr std::array<std::string_view, 3> kBreaths{"out_on_kicks", "in_on_kicks", "off"};
  Hello hello;
  hello.wish.level = reader.number("level", 0, kHighestLevel);
  hello.wish.repetitions = reader.number("repetitions", 1, kMostWished);
  hello.wish.guided = reader.flag("guided");
  hello.camera = reader.flag("camera");
  hello.wish.breath = static_cast<coaching::Breath>(reader.choice("breath", kBreaths));
  if (const json* carried = reader.object("carried")) {
    hello.wish.carried = carried_in(*carried, reader);
  }
  constexpr int kHighestId = std::numeric_limits<int>::max();
  hello.person = reader.maybe_number("person", 1, kHighestId);
  hello.comfort_before = reader.maybe_number("comfort_before", 0, kMostComfort);
  hello.resume = reader.maybe_number("resume", 1, kHighestId);
  hello.unlocked = reader.maybe_text("unlocked", kLongestToken);
  return hello;
}

FromPage read(std::size_t type, Reader& reader) {
  constexpr std::array<std::string_view, 2> kAnswers{"comfortable", "discomfort"};
  switch (type) {
    case 0:
      return read_hello(reader);
    case 1:
      return Pause{};
    case 2:
      return Resume{};
    case 3:
      return Comfort{reader.choice("answer", kAnswers) == 0};
    case 4:
      return SelfReported{reader.number("left", 0, kMostSelfReported),
                          reader.number("right", 0, kMostSelfReported)};
    default:
      return Stop{};
  }
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
  constexpr std::array<std::string_view, 6> kTypes{"hello",   "pause",         "resume",
                                                   "comfort", "self_reported", "stop"};
  const json message = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!message.is_object()) return not_understood("is no JSON object");
  Reader reader(message, "message");
  const std::size_t type = reader.choice("type", kTypes);
  const FromPage parsed = read(type, reader);
  if (const auto problem = reader.problem())
    return base::Error{base::ErrorKind::input, *problem};
  return parsed;
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

}  // namespace matside::server
