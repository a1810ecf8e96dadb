#include "formats/c3d.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "formats/c3d_file.h"
#include "formats/joint_markers.h"
#include "formats/laboratory_poses.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kC3dBlock = 512;
constexpr double kFarthestPoint = 1e9;
constexpr int kC3dInteger = 2;
constexpr std::size_t kWordsOfPoint = 4;  // x, y, z, and what is known of the measurement.

/// Where the points are and how they are written.
struct C3dPoints {
  std::vector<std::string> labels;
  std::size_t begin = 0;        ///< Of the first frame.
  std::size_t frame_bytes = 0;  ///< With the analogue samples.
  std::size_t frames = 0;
  bool reals = false;
  double scale = 1.0;  ///< Of integers.
  double rate_hz = 0.0;
  std::int64_t first = 1;  ///< Number of the first frame.
  bool cut_off = false;
  std::optional<OwnPicture> picture;
};

/// From header and parameters. Where both say something, the parameters do.
class C3dPointReader {
 public:
  C3dPointReader(const C3dFile& file, std::string name) : file_(file), name_(std::move(name)) {}

  base::Result<C3dPoints> points() const;
  [[nodiscard]] std::optional<Point3d> point(const C3dPoints& points, std::size_t frame,
                                             std::size_t marker) const;

 private:
  [[nodiscard]] double number(const char* parameter, double otherwise) const {
    return file_.number(parameter).value_or(otherwise);
  }
  [[nodiscard]] double frame_count() const;
  [[nodiscard]] std::vector<std::string> labels(std::size_t count) const;
  [[nodiscard]] std::optional<OwnPicture> own_picture() const;

  const C3dFile& file_;
  std::string name_;
};

double C3dPointReader::frame_count() const {
  const C3dBytes& bytes = file_.bytes();
  const double by_header = static_cast<double>(bytes.word(8)) - bytes.word(6) + 1.0;
  const double usual = number("POINT:FRAMES", by_header);
  constexpr double kMost16Bits = 65535.0;
  if (usual > 0.0 && usual < kMost16Bits) return usual;
  // Where 16 bits are too few, the number of frames is in one of these.
  if (const auto all = file_.number("POINT:LONG_FRAMES"); all && *all > 0.0) return *all;
  const auto whole = [&](const char* name) -> std::optional<double> {
    const C3dParameter* const p = file_.parameter(name);
    if (p == nullptr || p->type != kC3dInteger || p->count() != 2) return std::nullopt;
    return bytes.word(p->at) + (kMost16Bits + 1.0) * bytes.word(p->at + 2);
  };
  const auto first = whole("TRIAL:ACTUAL_START_FIELD");
  const auto last = whole("TRIAL:ACTUAL_END_FIELD");
  return first && last ? *last - *first + 1.0 : usual;
}

std::vector<std::string> C3dPointReader::labels(std::size_t count) const {
  std::vector<std::string> all = file_.texts("POINT:LABELS", count);
  // 255 fit into one parameter.
  for (int more = 2; all.size() < count; ++more) {
    const auto next = file_.texts("POINT:LABELS" + std::to_string(more), count - all.size());
    if (next.empty()) break;
    all.insert(all.end(), next.begin(), next.end());
  }
  // A point without a label can't be recognised.
  all.resize(count);
  return all;
}

std::optional<OwnPicture> C3dPointReader::own_picture() const {
  const std::string group = std::string(kC3dOwnGroup) + ":";
  const C3dParameter* const size = file_.parameter(group + "PICTURE");
  if (size == nullptr || size->type != kC3dInteger || size->count() != 2) return std::nullopt;
  const int width = file_.bytes().word(size->at);
  const int height = file_.bytes().word(size->at + 2);
  constexpr double kMillimetres = 1000.0;
  const double scale = kMillimetres * file_.number(group + "METRES_PER_PX").value_or(0.0);
  if (width < 1 || height < 1 || !(scale > 0.0 && scale <= kFarthestPoint)) return std::nullopt;
  return OwnPicture{{width, height}, scale};
}

base::Result<C3dPoints> C3dPointReader::points() const {
  const auto wrong = [&](const std::string& what) {
    return Error{ErrorKind::input, name_ + ": " + what};
  };
  const C3dBytes& bytes = file_.bytes();
  const double markers = number("POINT:USED", bytes.word(2));
  if (!(markers >= 1.0)) {
    return wrong("has no markers, only analogue channels; export the marker trajectories");
  }
  if (markers > static_cast<double>(kMaxMarkers)) {
    return wrong(fmt::format("has more than {} markers", kMaxMarkers));
  }
  C3dPoints points;
  points.labels = labels(static_cast<std::size_t>(markers));
  const double scale = number("POINT:SCALE", bytes.real(12));
  points.reals = scale < 0.0;
  points.scale = points.reals ? 1.0 : scale;
  if (!std::isfinite(scale) || scale == 0.0) return wrong("POINT:SCALE must not be 0");
  points.rate_hz = number("POINT:RATE", bytes.real(20));
  if (!(points.rate_hz > 0.0 && points.rate_hz <= kMaxFrameRate_hz)) {
    return wrong(fmt::format("POINT:RATE must be a frame rate from 0 to {}", kMaxFrameRate_hz));
  }
  const std::size_t bytes_of_number = points.reals ? 4 : 2;
  points.frame_bytes = bytes_of_number * (kWordsOfPoint * points.labels.size() + bytes.word(4));
  const double block = number("POINT:DATA_START", bytes.word(16));
  const auto begin =
      static_cast<std::size_t>(std::clamp(block - 1.0, 0.0, 65535.0)) * kC3dBlock;
  if (!(block >= 2.0) || begin >= bytes.size()) return wrong("ends before its first frame");
  points.begin = begin;
  points.first = std::max<std::int64_t>(bytes.word(6), 1);
  const double said = frame_count();
  const std::size_t there = (bytes.size() - begin) / points.frame_bytes;
  if (!(said >= 1.0) || there == 0) return wrong("ends before its first frame");
  if (std::min(said, static_cast<double>(there)) > static_cast<double>(kMaxFrames)) {
    return too_many_frames_error(name_);
  }
  points.picture = own_picture();
  points.cut_off = said > static_cast<double>(there);
  points.frames = points.cut_off ? there : static_cast<std::size_t>(said);
  return points;
}

std::optional<Point3d> C3dPointReader::point(const C3dPoints& points, std::size_t frame,
                                             std::size_t marker) const {
  const C3dBytes& bytes = file_.bytes();
  const std::size_t each = points.reals ? 4 : 2;
  const std::size_t at =
      points.begin + frame * points.frame_bytes + marker * kWordsOfPoint * each;
  const auto coordinate = [&](std::size_t i) {
    const std::size_t place = at + i * each;
    if (points.reals) return bytes.real(place);
    return points.scale * static_cast<double>(static_cast<std::int16_t>(bytes.word(place)));
  };
  // A negative fourth word marks a point that was not measured.
  const bool measured = points.reals
                            ? bytes.real(at + 3 * each) >= 0.0
                            : static_cast<std::int16_t>(bytes.word(at + 3 * each)) >= 0;
  const Point3d p{coordinate(0), coordinate(1), coordinate(2)};
  const auto good = [](double value) { return std::abs(value) <= kFarthestPoint; };
  if (!measured || !good(p.x) || !good(p.y) || !good(p.z)) return std::nullopt;
  if (!points.picture && p.x == 0.0 && p.y == 0.0 && p.z == 0.0) return std::nullopt;
  return p;
}

}  // namespace

base::Result<ImportedPoses> read_c3d(std::string_view bytes, const std::string& name,
                                     const PoseFileHints& hints) {
  const auto file = C3dFile::open(bytes, name);
  if (!file) return file.error();
  const C3dPointReader reader(file.value(), name);
  const auto points = reader.points();
  if (!points) return points.error();
  const C3dPoints& found = points.value();
  const auto joints = JointMarkers::create(found.labels, hints.markers, name);
  if (!joints) return joints.error();
  LaboratoryRecording recording;
  recording.usual_up = UpAxis::z;
  const auto units = file.value().texts("POINT:UNITS", 1);
  if (!units.empty()) recording.unit = marker_unit_of(units.front());
  const auto screen_up = file.value().texts("POINT:Y_SCREEN", 1);
  if (!screen_up.empty()) recording.up = up_axis_named(screen_up.front());
  if (found.cut_off) recording.notes.emplace_back("input_truncated");
  std::vector<std::optional<Point3d>> markers(found.labels.size());
  for (std::size_t f = 0; f < found.frames; ++f) {
    MarkerFrame frame;
    frame.number = found.first - 1 + static_cast<std::int64_t>(f);
    frame.time = base::Seconds(static_cast<double>(f) / found.rate_hz);
    for (std::size_t m = 0; m < markers.size(); ++m) markers[m] = reader.point(found, f, m);
    frame.points = joints.value().points(markers);
    recording.frames.push_back(frame);
  }
  if (found.picture) return poses_in_own_picture(recording, *found.picture, name);
  return poses_of_laboratory(std::move(recording), name, hints);
}

}  // namespace matside::formats
