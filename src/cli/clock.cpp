#include "cli/clock.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <system_error>

namespace matside::cli {
namespace {

constexpr int kSecondsAMinute = 60;

}  // namespace

records::LocalTime now() {
  std::time_t instant = std::time(nullptr);
  const char* value = std::getenv("MATSIDE_NOW");  // NOLINT(concurrency-mt-unsafe): never set
  const std::string_view set = value == nullptr ? "" : value;
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(set.data(), set.data() + set.size(), number);
  if (!set.empty() && failed == std::errc() && end == set.data() + set.size()) {
    instant = static_cast<std::time_t>(number);
  }
  std::tm local{};
  localtime_r(&instant, &local);
  return {{instant}, static_cast<int>(local.tm_gmtoff / kSecondsAMinute)};
}

}  // namespace matside::cli
