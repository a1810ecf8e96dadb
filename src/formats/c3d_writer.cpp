#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "core/kinematics/body_frame.h"
#include "formats/c3d.h"
#include "formats/marker_names.h"
#include "formats/regular_frames.h"

namespace matside::formats {
namespace {

using exercise::KickingSide;
using pose::Landmark;

constexpr std::size_t kSector = 512;
constexpr char kKeyByte = 0x50;
constexpr int kIntelNumbers = 84;
constexpr double kMillimetresInMetre = 1000.0;
// A file that is read as integers after all has about this many steps on each side of 0.
constexpr double kIntegerSteps = 32000.0;
constexpr std::size_t kLongest = 255;  // Of one dimension of a parameter.
constexpr std::size_t kGreatestWord = 65535;
constexpr std::size_t kEventTextLength = 16;
constexpr std::size_t kMarkerTextLength = 12;

/// The bytes of a file for Intel processors.
class IntelBytes {
 public:
  void byte(std::size_t value) { bytes_ += static_cast<char>(value & 0xFFU); }
  void word(std::size_t value) {
    byte(value);
    byte(value >> 8U);
  }
  void real(double value) {
    const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
    word(bits & 0xFFFFU);
    word(bits >> 16U);
  }
  void text(std::string_view text, std::size_t length) {
    std::string padded(text.substr(0, length));
    padded.resize(length, ' ');
    bytes_ += padded;
  }
  void append(const IntelBytes& other) { bytes_ += other.bytes_; }
  void fill_sector() { bytes_.resize((bytes_.size() + kSector - 1) / kSector * kSector, '\0'); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// The parameter section. Groups are numbered as they come.
class ParameterSection {
 public:
  void group(std::string_view name) {
    IntelBytes body;
    body.byte(0);  // No description.
    record(name, -++group_, body);
  }
  void integer(std::string_view name, std::size_t value) { integers(name, {}, {value}); }
  void integers(std::string_view name, const std::vector<std::size_t>& dimensions,
                const std::vector<std::size_t>& values) {
    IntelBytes data;
    for (const std::size_t value : values) data.word(value);
    parameter(name, 2, dimensions, data);
  }
  void reals(std::string_view name, const std::vector<std::size_t>& dimensions,
             const std::vector<double>& values) {
    IntelBytes data;
    for (const double value : values) data.real(value);
    parameter(name, 4, dimensions, data);
  }
  void text(std::string_view name, std::string_view text) {
    IntelBytes data;
    data.text(text, text.size());
    parameter(name, kTextType, {text.size()}, data);
  }
  void texts(std::string_view name, std::size_t length,
             const std::vector<std::string_view>& texts) {
    IntelBytes data;
    for (const std::string_view each : texts) data.text(each, length);
    parameter(name, kTextType, {length, texts.size()}, data);
  }
  /// @returns the section, in whole sectors
  [[nodiscard]] IntelBytes finished() const {
    IntelBytes section;
    section.byte(1);
    section.byte(kKeyByte);
    // With the header before and two zeros after the records.
    section.byte((kHeader + records_.size() + 2 + kSector - 1) / kSector);
    section.byte(kIntelNumbers);
    section.append(records_);
    section.word(0);
    section.fill_sector();
    return section;
  }

 private:
  static constexpr std::size_t kTextType = 255;  // -1
  static constexpr std::size_t kHeader = 4;

  void parameter(std::string_view name, std::size_t type,
                 const std::vector<std::size_t>& dimensions, const IntelBytes& data) {
    IntelBytes body;
    body.byte(type);
    body.byte(dimensions.size());
    for (const std::size_t dimension : dimensions) body.byte(dimension);
    body.append(data);
    body.byte(0);  // No description.
    record(name, group_, body);
  }
  void record(std::string_view name, int group, const IntelBytes& body) {
    records_.byte(name.size());
    records_.byte(static_cast<std::size_t>(group));
    records_.text(name, name.size());
    records_.word(body.size() + 2);
    records_.append(body);
  }

  IntelBytes records_;
  int group_ = 0;
};

struct C3dEvent {
  double time_s = 0.0;
  std::string_view label;
  std::string_view context;
};

std::string_view context_of(KickingSide side) {
  switch (side) {
    case KickingSide::left:
      return "Left";
    case KickingSide::right:
      return "Right";
    case KickingSide::unsure:
    case KickingSide::both:
      break;
  }
  return "General";
}

std::vector<C3dEvent> events_of(const engine::Analysis& analysis, base::Seconds first_frame) {
  std::vector<C3dEvent> events;
  for (const exercise::Repetition& r : analysis.repetitions) {
    const auto add = [&](base::Seconds time, std::string_view label) {
      events.push_back({(time - first_frame).value(), label, context_of(r.side)});
    };
    add(r.start, "repetition_start");
    for (const exercise::Kick& kick : r.kicks) add(kick.time, "kick");
    for (const exercise::Peak& peak : r.peaks) {
      add(peak.time, "peak");
      if (peak.leg) events.back().context = *peak.leg == pose::Side::left ? "Left" : "Right";
    }
    add(r.lowering_start, "lowering_start");
    add(r.end, "repetition_end");
  }
  std::ranges::stable_sort(events, {}, &C3dEvent::time_s);
  if (events.size() > kLongest) events.resize(kLongest);
  return events;
}

void add_events(const std::vector<C3dEvent>& events, ParameterSection& section) {
  if (events.empty()) return;
  std::vector<std::string_view> labels;
  std::vector<std::string_view> contexts;
  std::vector<double> times;
  for (const C3dEvent& event : events) {
    constexpr double kMinute_s = 60.0;
    const double minutes = std::floor(event.time_s / kMinute_s);
    labels.push_back(event.label);
    contexts.push_back(event.context);
    times.push_back(minutes);
    times.push_back(event.time_s - kMinute_s * minutes);
  }
  section.group("EVENT");
  section.integer("USED", events.size());
  section.texts("CONTEXTS", kEventTextLength, contexts);
  section.texts("LABELS", kEventTextLength, labels);
  section.reals("TIMES", {2, events.size()}, times);
}

/// A joint in millimetres from the picture's lower left corner; none if it was not found.
std::optional<std::array<double, 2>> position_mm(const pose::PoseFrame& frame,
                                                 Landmark landmark, double mm_per_px) {
  if (!frame.pose) return std::nullopt;
  const auto at = frame.pose->at(landmark, kinematics::kMinJointScore);
  if (!at) return std::nullopt;
  return std::array{at->x_px * mm_per_px, (frame.image_size.height_px - at->y_px) * mm_per_px};
}

/// All that the header and the parameters say about the points.
struct PointsToWrite {
  const RegularFrames& regular;
  double metres_per_px = 0.0;
  double scale_mm = 0.0;
  std::vector<C3dEvent> events;
};

ParameterSection parameters_of(const PointsToWrite& points, std::size_t data_sector) {
  const std::size_t frames = points.regular.frames.size();
  const base::ImageSize size = points.regular.frames.front().image_size;
  std::vector<std::string_view> labels;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    labels.push_back(marker_name(static_cast<Landmark>(i)));
  }
  ParameterSection section;
  section.group("POINT");
  section.integer("USED", labels.size());
  section.reals("SCALE", {}, {-points.scale_mm});
  section.reals("RATE", {}, {points.regular.rate_hz});
  section.integer("DATA_START", data_sector);
  section.integer("FRAMES", std::min(frames, kGreatestWord));
  if (frames >= kGreatestWord) {
    section.reals("LONG_FRAMES", {}, {static_cast<double>(frames)});
  }
  section.texts("LABELS", kMarkerTextLength, labels);
  section.texts("DESCRIPTIONS", kMarkerTextLength, labels);
  section.text("UNITS", "mm");
  section.text("X_SCREEN", "+X");
  section.text("Y_SCREEN", "+Y");
  section.group("ANALOG");
  section.integer("USED", 0);
  section.reals("GEN_SCALE", {}, {1.0});
  section.reals("RATE", {}, {points.regular.rate_hz});
  section.group("TRIAL");
  section.integers("ACTUAL_START_FIELD", {2}, {1, 0});
  section.integers("ACTUAL_END_FIELD", {2}, {frames & kGreatestWord, frames >> 16U});
  section.group("MANUFACTURER");
  section.text("SOFTWARE", "Matside");
  section.group(kC3dOwnGroup);
  section.integers(
      "PICTURE", {2},
      {static_cast<std::size_t>(size.width_px), static_cast<std::size_t>(size.height_px)});
  section.reals("METRES_PER_PX", {}, {points.metres_per_px});
  add_events(points.events, section);
  return section;
}

void add_c3d_header(const PointsToWrite& points, std::size_t data_sector, IntelBytes& file) {
  file.byte(2);  // The sector of the parameters.
  file.byte(kKeyByte);
  file.word(pose::kLandmarkCount);
  file.word(0);  // Analogue samples a frame.
  file.word(1);  // First frame.
  file.word(std::min(points.regular.frames.size(), kGreatestWord));
  file.word(0);  // Longest gap that was filled.
  file.real(-points.scale_mm);
  file.word(data_sector);
  file.word(0);
  file.real(points.regular.rate_hz);
  file.fill_sector();
}

void add_points(const PointsToWrite& points, IntelBytes& file) {
  const double mm_per_px = points.metres_per_px * kMillimetresInMetre;
  for (const pose::PoseFrame& frame : points.regular.frames) {
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const auto at = position_mm(frame, static_cast<Landmark>(i), mm_per_px);
      file.real(at ? (*at)[0] : 0.0);
      file.real(at ? (*at)[1] : 0.0);
      file.real(0.0);
      // Negative where there is no point; 0 where there is no residual.
      file.real(at ? 0.0 : -1.0);
    }
  }
  file.fill_sector();
}

}  // namespace

std::string c3d_bytes(const std::vector<pose::PoseFrame>& recorded,
                      const engine::Analysis& analysis, double metres_per_px) {
  const RegularFrames regular = at_equal_intervals(recorded);
  // What is read is what was written: the file has the scale with the digits of a real.
  const auto scale = static_cast<double>(static_cast<float>(metres_per_px));
  double farthest_mm = 1.0;
  for (const pose::PoseFrame& frame : regular.frames) {
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const auto at = position_mm(frame, static_cast<Landmark>(i), scale * kMillimetresInMetre);
      if (at) farthest_mm = std::max({farthest_mm, std::abs((*at)[0]), std::abs((*at)[1])});
    }
  }
  const PointsToWrite points{regular, scale, farthest_mm / kIntegerSteps,
                             events_of(analysis, regular.frames.front().time)};
  const std::size_t data_sector = 2 + parameters_of(points, 0).finished().size() / kSector;
  IntelBytes file;
  add_c3d_header(points, data_sector, file);
  file.append(parameters_of(points, data_sector).finished());
  add_points(points, file);
  return std::move(file.bytes());
}

}  // namespace matside::formats
