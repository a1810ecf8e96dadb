#include "formats/pose_columns.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <span>
#include <system_error>

#include "formats/delimited_text.h"

namespace matside::formats {
namespace {

using Quantity = PoseColumn::Quantity;
using Words = std::vector<std::string>;

struct Named {
  std::string_view name;  ///< plain
  Quantity quantity;
  double seconds = 0.0;
};

constexpr std::array kWhole{
    Named{"frame", Quantity::frame},
    Named{"frameindex", Quantity::frame},
    Named{"frameid", Quantity::frame},
    Named{"frameidx", Quantity::frame},
    Named{"framenumber", Quantity::frame},
    Named{"framenum", Quantity::frame},
    Named{"frameno", Quantity::frame},
    Named{"time", Quantity::time},
    Named{"timestamp", Quantity::time},
    Named{"t", Quantity::time},
    Named{"ts", Quantity::time, 1.0},
    Named{"times", Quantity::time, 1.0},
    Named{"seconds", Quantity::time, 1.0},
    Named{"timestamps", Quantity::time, 1.0},
    Named{"timems", Quantity::time, 1e-3},
    Named{"tms", Quantity::time, 1e-3},
    Named{"ms", Quantity::time, 1e-3},
    Named{"timestampms", Quantity::time, 1e-3},
    Named{"timestampus", Quantity::time, 1e-6},
    Named{"width", Quantity::width},
    Named{"widthpx", Quantity::width},
    Named{"framewidth", Quantity::width},
    Named{"imagewidth", Quantity::width},
    Named{"height", Quantity::height},
    Named{"heightpx", Quantity::height},
    Named{"frameheight", Quantity::height},
    Named{"imageheight", Quantity::height},
    Named{"keypoint", Quantity::joint},
    Named{"landmark", Quantity::joint},
    Named{"landmarkname", Quantity::joint},
    Named{"landmarkid", Quantity::joint},
    Named{"landmarkindex", Quantity::joint},
    Named{"joint", Quantity::joint},
    Named{"bodypart", Quantity::joint},
};

constexpr std::array kParts{
    Named{"x", Quantity::x},
    Named{"y", Quantity::y},
    Named{"visibility", Quantity::score},
    Named{"vis", Quantity::score},
    Named{"v", Quantity::score},
    Named{"score", Quantity::score},
    Named{"confidence", Quantity::score},
    Named{"conf", Quantity::score},
    Named{"likelihood", Quantity::score},
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
bool parse_knee_column(Words words, PoseColumn& column) {
  if (!words.empty() && words.back() == "deg") words.pop_back();
  const bool deviation = !words.empty() && words.back() == "sd";
  if (deviation) words.pop_back();
  if (words.size() != 3 || words[1] != "knee" || words[2] != "flexion") return false;
  if (words[0] != "left" && words[0] != "right") return false;
  column.quantity = deviation ? Quantity::knee_deviation : Quantity::knee_flexion;
  column.side = words[0] == "left" ? pose::Side::left : pose::Side::right;
  return true;
}

void parse_name_part(Words words, PoseColumn& column) {
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
  column.quantity = part->quantity;
  column.joint = joined(rest);
}

PoseColumn classify_column(const std::string& name) {
  PoseColumn column;
  column.name = name;
  const Words words = words_of(name);
  if (words.empty()) return column;
  if (const Named* whole = found(kWhole, joined(words))) {
    column.quantity = whole->quantity;
    column.seconds = whole->seconds;
  } else if (!parse_knee_column(words, column)) {
    parse_name_part(words, column);
  }
  return column;
}

}  // namespace

std::vector<PoseColumn> pose_columns(const std::vector<std::string>& header) {
  std::vector<PoseColumn> columns;
  for (const std::string& name : header) columns.push_back(classify_column(name));
  return columns;
}

std::optional<pose::Landmark> parse_landmark(std::string_view joint, int first) {
  int number = 0;
  const char* const end = joint.data() + joint.size();
  const auto [stopped, failed] = std::from_chars(joint.data(), end, number);
  if (failed == std::errc() && stopped == end) {
    number -= first;
    if (number < 0 || number >= static_cast<int>(pose::kLandmarkCount)) return std::nullopt;
    return static_cast<pose::Landmark>(number);
  }
  const std::string plain = normalised_name(joint);
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const auto landmark = static_cast<pose::Landmark>(i);
    if (normalised_name(pose::name(landmark)) == plain) return landmark;
  }
  return std::nullopt;
}

}  // namespace matside::formats
