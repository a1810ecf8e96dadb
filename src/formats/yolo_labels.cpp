#include "formats/yolo_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/decimal_text.h"
#include "formats/imported_poses.h"
#include "formats/instance_lists.h"
#include "formats/keypoint_array.h"

namespace matside::formats {
namespace {

constexpr std::size_t kClassAndBox = 5;
// The person's score and number.
constexpr std::size_t kMaxExtra = 2;
// More than the largest skeleton needs.
constexpr std::size_t kMaxNumbers = 1000;
// Farther from the picture than any estimate of a joint.
constexpr double kMostPictures = 100.0;
constexpr std::string_view kBlanks = " \t\r";

/// How the joints of a line are written.
struct LabelLayout {
  const pose::Skeleton* skeleton = nullptr;
  std::size_t numbers_each = 3;
};

std::optional<LabelLayout> layout_of(std::size_t values) {
  constexpr std::array kKnown{&pose::kCoco17, &pose::kHalpe26, &pose::kWholeBody133,
                              &pose::kHalpe136};
  for (const std::size_t each : {std::size_t{3}, std::size_t{2}}) {
    for (const pose::Skeleton* skeleton : kKnown) {
      const std::size_t needed = kClassAndBox + each * skeleton->size();
      if (values >= needed && values <= needed + kMaxExtra) return LabelLayout{skeleton, each};
    }
  }
  return std::nullopt;
}

/// The numbers of a line; none if one of its words isn't a number, or if there are too many.
std::optional<std::vector<double>> numbers_of(std::string_view line) {
  std::vector<double> numbers;
  while (true) {
    const std::size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return numbers;
    line.remove_prefix(first);
    const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
    const auto number = base::decimal_in(line.substr(0, end));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    if (numbers.size() > kMaxNumbers) return std::nullopt;
    line.remove_prefix(end);
  }
}

/// Removes the first line of `text`. @returns the line
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::optional<pose::Pose> pose_of(const std::vector<double>& numbers, const LabelLayout& layout,
                                  base::ImageSize size) {
  pose::Pose pose;
  for (std::size_t i = 0; i < layout.skeleton->joints.size(); ++i) {
    const auto& landmark = layout.skeleton->joints[i].landmark;
    if (!landmark) continue;
    const std::size_t at = kClassAndBox + layout.numbers_each * i;
    const double x = numbers[at];
    const double y = numbers[at + 1];
    if (std::max(std::abs(x), std::abs(y)) > kMostPictures) return std::nullopt;
    const bool found = x != 0.0 || y != 0.0;
    const double score = layout.numbers_each == 3 ? clamped_score(numbers[at + 2]) : 1.0;
    pose[*landmark] = {{x * size.width_px, y * size.height_px}, found ? score : 0.0};
  }
  pose.score = mean_score(pose);
  return pose;
}

}  // namespace

bool is_yolo_labels(std::string_view text) {
  const auto numbers = numbers_of(take_line(text));
  return numbers && layout_of(numbers->size());
}

base::Result<std::vector<pose::Pose>> read_yolo_labels(std::string_view text,
                                                       const std::string& name,
                                                       base::ImageSize size,
                                                       const pose::Skeleton*& skeleton) {
  std::vector<pose::Pose> bodies;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const auto wrong = [&](const std::string& what) {
      return base::Error{base::ErrorKind::input,
                         fmt::format("{}: line {}: {}", name, line, what)};
    };
    const auto numbers = numbers_of(take_line(text));
    if (!numbers) return wrong("has a word that is not a number, or too many numbers");
    if (numbers->empty()) continue;
    if (bodies.size() >= kMaxPeople) {
      return wrong(fmt::format("there are more than {} persons", kMaxPeople));
    }
    const auto layout = layout_of(numbers->size());
    if (!layout || (skeleton != nullptr && skeleton != layout->skeleton)) {
      return wrong(fmt::format(
          "has {} numbers; a YOLO pose label has a class, a box, and two or three numbers for "
          "each of {} joints",
          numbers->size(), skeleton == nullptr ? "17, 26, 133 or 136" : "the first line's"));
    }
    skeleton = layout->skeleton;
    auto body = pose_of(*numbers, *layout, size);
    if (!body)
      return wrong("has a joint far outside the picture; positions are fractions of it");
    bodies.push_back(*body);
  }
  return bodies;
}

}  // namespace matside::formats
