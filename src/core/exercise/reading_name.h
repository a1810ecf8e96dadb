// What a person reads instead of the id and the unit of a measure of a cycle.
#pragma once

#include <string>
#include <string_view>

namespace matside::exercise {

/// The words of an id, without the unit at its end: "Thigh lift" of thigh_lift_deg.
std::string reading_name(std::string_view id);

/// "degrees", "s", "thigh lengths"; empty for a count.
std::string_view unit_words(std::string_view unit);

/// "12 degrees", "1 degree", "2.1 s"; the number alone for a count.
std::string reading_text(double value, std::string_view unit);

/// How many decimals of a value in that unit say something: 0 of degrees, 1 of seconds.
int decimals_of(std::string_view unit);

}  // namespace matside::exercise
