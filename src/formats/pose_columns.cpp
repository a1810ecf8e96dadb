#include "formats/pose_columns.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <span>
#include <system_error>

#include "formats/text_table.h"

namespace matside::formats {
namespace {

using Holds = PoseColumn::Holds;
using Words = std::vector<std::string>;

struct Named {
  std::string_view name;  ///< plain
  Holds holds;
  double seconds = 0.0;
};

constexpr std::array kWhole{
    Named{"frame", Holds::frame},
    Named{"frameindex", Holds::frame},
    Named{"frameid", Holds::frame},
    Named{"frameidx", Holds::frame},
    Named{"framenumber", Holds::frame},
    Named{"framenum", Holds::frame},
    Named{"frameno", Holds::frame},
    Named{"time", Holds::time},
    Named{"timestamp", Holds::time},
    Named{"t", Holds::time},
    Named{"ts", Holds::time, 1.0},
    Named{"times", Holds::time, 1.0},
    Named{"seconds", Holds::time, 1.0},
    Named{"timestamps", Holds::time, 1.0},
    Named{"timems", Holds::time, 1e-3},
    Named{"tms", Holds::time, 1e-3},
    Named{"ms", Holds::time, 1e-3},
    Named{"timestampms", Holds::time, 1e-3},
    Named{"timestampus", Holds::time, 1e-6},
    Named{"width", Holds::width},
    Named{"widthpx", Holds::width},
    Named{"framewidth", Holds::width},
    Named{"imagewidth", Holds::width},
    Named{"height", Holds::height},
    Named{"heightpx", Holds::height},
    Named{"frameheight", Holds::height},
    Named{"imageheight", Holds::height},
    Named{"keypoint", Holds::joint},
    Named{"landmark", Holds::joint},
    Named{"landmarkname", Holds::joint},
    Named{"landmarkid", Holds::joint},
    Named{"landmarkindex", Holds::joint},
    Named{"joint", Holds::joint},
    Named{"bodypart", Holds::joint},
};

constexpr std::array kParts{
    Named{"x", Holds::x},
    Named{"y", Holds::y},
    Named{"visibility", Holds::score},
    Named{"vis", Holds::score},
    Named{"v", Holds::score},
    Named{"score", Holds::score},
    Named{"confidence", Holds::score},
    Named{"conf", Holds::score},
    Named{"likelihood", Holds::score},
};

const Named* found(std::span<const Named> all, std::string_view name) {
  const auto it = std::ranges::find(all, name, &Named::name);
  return it == all.end() ? nullptr : &*it;
}

/// leftKnee_x12 is left, knee, x, 12.
Words words_of(std::string_view name) {
  Words words;
  char before = ' ';
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    const auto last = static_cast<unsigned char>(before);
    const bool begins = std::isalnum(last) == 0 ||
                        (std::isdigit(letter) != 0) != (std::isdigit(last) != 0) ||
                        (std::isupper(letter) != 0 && std::islower(last) != 0);
    before = c;
    if (std::isalnum(letter) == 0) continue;
    if (begins) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(letter));
  }
  return words;
}

std::string joined(std::span<const std::string> words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

/// "left knee flexion", perhaps with "sd" and "deg".
bool understood_as_knee(Words words, PoseColumn& column) {
  if (!words.empty() && words.back() == "deg") words.pop_back();
  const bool deviation = !words.empty() && words.back() == "sd";
  if (deviation) words.pop_back();
  if (words.size() != 3 || words[1] != "knee" || words[2] != "flexion") return false;
  if (words[0] != "left" && words[0] != "right") return false;
  column.holds = deviation ? Holds::knee_deviation : Holds::knee_flexion;
  column.side = words[0] == "left" ? pose::Side::left : pose::Side::right;
  return true;
}

void understand_part(Words words, PoseColumn& column) {
  if (words.size() > 1 && words.back() == "px") {
    words.pop_back();
    column.in_pixels = true;
  }
  std::span<const std::string> rest(words);
  const Named* part = found(kParts, words.back());
  if (part != nullptr) {
    rest = rest.first(rest.size() - 1);
  } else {
    part = found(kParts, words.front());
    rest = rest.subspan(1);
  }
  if (part == nullptr) return;
  if (!rest.empty() && rest.size() > 1 && (rest[0] == "landmark" || rest[0] == "point")) {
    rest = rest.subspan(1);
  }
  column.holds = part->holds;
  column.joint = joined(rest);
}

PoseColumn understood(const std::string& name) {
  PoseColumn column;
  column.name = name;
  const Words words = words_of(name);
  if (words.empty()) return column;
  if (const Named* whole = found(kWhole, joined(words))) {
    column.holds = whole->holds;
    column.seconds = whole->seconds;
  } else if (!understood_as_knee(words, column)) {
    understand_part(words, column);
  }
  return column;
}

}  // namespace

std::vector<PoseColumn> pose_columns(const std::vector<std::string>& header) {
  std::vector<PoseColumn> columns;
  for (const std::string& name : header) columns.push_back(understood(name));
  return columns;
}

std::optional<pose::Landmark> landmark_told(std::string_view joint, int first) {
  int number = 0;
  const char* const end = joint.data() + joint.size();
  const auto [stopped, failed] = std::from_chars(joint.data(), end, number);
  if (failed == std::errc() && stopped == end) {
    number -= first;
    if (number < 0 || number >= static_cast<int>(pose::kLandmarkCount)) return std::nullopt;
    return static_cast<pose::Landmark>(number);
  }
  const std::string plain = plain_name(joint);
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const auto landmark = static_cast<pose::Landmark>(i);
    if (plain_name(pose::name(landmark)) == plain) return landmark;
  }
  return std::nullopt;
}

}  // namespace matside::formats
