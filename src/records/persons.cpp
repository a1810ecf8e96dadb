#include "records/persons.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/base/printable_text.h"
#include "records/secret.h"

namespace matside::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kShortestPin = 4;
constexpr std::size_t kLongestPin = 64;

}  // namespace

bool is_one_line(const std::string& text) {
  const auto control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  };
  if (std::ranges::any_of(text, control)) return false;
  // The JSON library drops or replaces invalid UTF-8, so that both texts differ.
  const nlohmann::json line(text);
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore) ==
         line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::Result<std::string> normalized_name(const std::string& name) {
  const auto space = [](unsigned char c) { return std::isspace(c) != 0; };
  const auto first = std::ranges::find_if_not(name, space);
  const auto last = std::find_if_not(name.rbegin(), name.rend(), space).base();
  std::string trimmed = first < last ? std::string(first, last) : std::string();
  if (trimmed.empty()) return Error{ErrorKind::usage, "the name is missing; type a name"};
  if (trimmed.size() > kLongestName) {
    return Error{ErrorKind::usage, "the name is too long; the limit is 100 bytes"};
  }
  if (!is_one_line(trimmed))
    return Error{ErrorKind::usage, "the name must be one line of text"};
  if (!base::is_visible(trimmed)) {
    return Error{ErrorKind::usage, "the name has hidden characters; type it again"};
  }
  return trimmed;
}

base::Result<std::string> hash_pin(const std::string& pin) {
  if (pin.empty()) return std::string();
  if (pin.size() < kShortestPin || pin.size() > kLongestPin) {
    return Error{ErrorKind::usage, "a PIN must have 4 to 64 characters"};
  }
  auto hash = argon2id(pin);
  if (!hash) {
    return Error{ErrorKind::output,
                 "there is not enough memory to save a PIN; close other programs"};
  }
  return *std::move(hash);
}

bool verify_pin(const Person& person, const std::string& pin) {
  if (person.pin.empty()) return true;
  return pin.size() <= kLongestPin && argon2id_matches(person.pin, pin);
}

std::string random_token() {
  constexpr std::size_t kBytes = 32;
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<unsigned char, kBytes> bytes{};
  if (!randomize(bytes)) return {};
  std::string text;
  for (const unsigned char each : bytes) {
    text += kDigits[each >> 4U];
    text += kDigits[each & 0xFU];
  }
  return text;
}

base::Result<Person> find_or_create_person(Repository& records, const std::string& name,
                                           const LocalTime& now) {
  std::vector<Person> all;
  const auto read = [&]() -> base::Result<void> {
    auto persons = records.persons();
    if (!persons) return persons.error();
    all = std::move(persons).value();
    return {};
  };
  if (const auto done = read(); !done) return done.error();
  if (name.empty() && all.empty()) {
    const auto added = records.atomically([&]() -> base::Result<void> {
      // Another program may have added somebody meanwhile.
      if (auto done = read(); !done || !all.empty()) return done;
      const auto me = records.add_person("Me", now.instant);
      return me ? read() : base::Result<void>(me.error());
    });
    if (!added) return added.error();
  }
  if (name.empty() && all.size() == 1) return all.front();
  const auto found = std::ranges::find(all, name, &Person::name);
  if (found != all.end()) return *found;
  std::string names;
  for (const Person& each : all) names += (names.empty() ? "" : ", ") + each.name;
  const std::string who = names.empty() ? "there are no people yet" : "people: " + names;
  // A database that was restored may have names that can't be typed here.
  return Error{
      ErrorKind::usage,
      base::printable_line(name.empty() ? "choose a person with --person NAME; " + who
                                        : "there is no person called " + name + "; " + who)};
}

}  // namespace matside::records
