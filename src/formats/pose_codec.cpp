#include "formats/pose_codec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "formats/imported_poses.h"
#include "formats/xz.h"

namespace matside::formats {
namespace {

using pose::Landmark;

constexpr std::string_view kMagic = "matside.poses/1\n";
/// With the angles of legs in space; written only where there are any.
constexpr std::string_view kMagicInSpace = "matside.poses/2\n";

constexpr std::array kJudged{
    Landmark::nose,          Landmark::left_ear,       Landmark::right_ear,
    Landmark::left_shoulder, Landmark::right_shoulder, Landmark::left_elbow,
    Landmark::right_elbow,   Landmark::left_hip,       Landmark::right_hip,
    Landmark::left_knee,     Landmark::right_knee,     Landmark::left_ankle,
    Landmark::right_ankle};
constexpr std::array kDrawn{Landmark::left_wrist,      Landmark::right_wrist,
                            Landmark::left_heel,       Landmark::right_heel,
                            Landmark::left_foot_index, Landmark::right_foot_index};
// Steps in a second, a pixel, a unit of score and a degree.
constexpr double kTime = 1e6;
constexpr double kPosition = 100.0;
constexpr double kScore = 1e4;
constexpr double kAngle = 10.0;
constexpr double kAngleInSpace = 100.0;
constexpr double kDrawnPosition = 1.0;
constexpr double kDrawnScore = 16.0;
constexpr double kPoseScore = 100.0;

constexpr std::size_t kColumns = 6 + 3 * kJudged.size() + 3 * kDrawn.size() + 2 * 3;
constexpr std::size_t kColumnsInSpace = kColumns + 2 * 4;
constexpr std::size_t kPlanes = sizeof(std::int64_t);

/// One frame as whole numbers, in the order of the columns.
using Row = std::array<std::int64_t, kColumnsInSpace>;

std::int64_t steps(double value, double in_one) { return std::llround(value * in_one); }

void write(const pose::Pose& pose, Landmark landmark, double position, double score,
           std::int64_t*& to) {
  const pose::Keypoint& k = pose[landmark];
  *to++ = steps(k.position.x_px, position);
  *to++ = steps(k.position.y_px, position);
  *to++ = steps(k.score, score);
}

bool sound(const pose::Pose& pose) {
  const auto reading = [](const auto& leg) { return !leg || pose::is_valid(*leg); };
  const auto keypoint = [](const pose::Keypoint& k) { return pose::is_valid(k); };
  return std::ranges::all_of(pose.keypoints, keypoint) &&
         std::ranges::all_of(pose.knees, reading) &&
         std::ranges::all_of(pose.legs_in_space, reading);
}

Row row_of(const pose::PoseFrame& frame, const Row& before) {
  Row row = before;  // where nobody is seen, nothing changes
  std::int64_t* to = row.data();
  *to++ = frame.frame_index;
  *to++ = steps(frame.time.value(), kTime);
  *to++ = frame.image_size.width_px;
  *to++ = frame.image_size.height_px;
  const bool seen = frame.pose && sound(*frame.pose);
  *to++ = seen ? (frame.pose->by_eye ? 2 : 1) : 0;
  if (!seen) return row;
  *to++ = steps(frame.pose->score, kPoseScore);
  for (const Landmark each : kJudged) write(*frame.pose, each, kPosition, kScore, to);
  for (const Landmark each : kDrawn) write(*frame.pose, each, kDrawnPosition, kDrawnScore, to);
  for (const auto& knee : frame.pose->knees) {
    *to++ = knee ? 1 : 0;
    const auto reading = knee.value_or(pose::KneeEstimate{});
    *to++ = steps(reading.flexion.value(), kAngle);
    *to++ = steps(reading.deviation.value(), kAngle);
  }
  for (const auto& leg : frame.pose->legs_in_space) {
    *to++ = leg ? 1 : 0;
    const auto angles = leg.value_or(pose::LegInSpace{});
    *to++ = steps(angles.knee_flexion.value(), kAngleInSpace);
    *to++ = steps(angles.hip_flexion.value(), kAngleInSpace);
    *to++ = steps(angles.thigh.value(), kAngleInSpace);
  }
  return row;
}

// Divides instead of multiplying, to restore the values of pose::rounded() bit for bit.
double value(std::int64_t steps, double in_one) { return static_cast<double>(steps) / in_one; }

void read(pose::Pose& pose, Landmark landmark, double position, double score,
          const std::int64_t*& from) {
  pose::Keypoint& k = pose[landmark];
  k.position.x_px = value(*from++, position);
  k.position.y_px = value(*from++, position);
  k.score = value(*from++, score);
}

std::optional<pose::PoseFrame> frame_of(const Row& row) {
  const std::int64_t* from = row.data();
  pose::PoseFrame frame;
  frame.frame_index = *from++;
  frame.time = base::Seconds(value(*from++, kTime));
  const std::int64_t width = *from++;
  const std::int64_t height = *from++;
  const std::int64_t seen = *from++;
  const auto picture = [](std::int64_t pixels) {
    return pixels > 0 && pixels <= kMaxImageSide_px;
  };
  if (!picture(width) || !picture(height) || !pose::is_valid(frame.time)) return std::nullopt;
  frame.image_size = {static_cast<int>(width), static_cast<int>(height)};
  if (seen == 0) return frame;
  pose::Pose& pose = frame.pose.emplace();
  pose.by_eye = seen == 2;
  pose.score = value(*from++, kPoseScore);
  for (const Landmark each : kJudged) read(pose, each, kPosition, kScore, from);
  for (const Landmark each : kDrawn) read(pose, each, kDrawnPosition, kDrawnScore, from);
  for (auto& knee : pose.knees) {
    const bool there = *from++ == 1;
    const base::Degrees flexion(value(*from++, kAngle));
    const base::Degrees deviation(value(*from++, kAngle));
    if (there) knee = {flexion, deviation};
  }
  for (auto& leg : pose.legs_in_space) {
    const bool there = *from++ == 1;
    const base::Degrees knee(value(*from++, kAngleInSpace));
    const base::Degrees hip(value(*from++, kAngleInSpace));
    const base::Degrees thigh(value(*from++, kAngleInSpace));
    if (there) leg = {knee, hip, thigh};
  }
  if (!sound(pose)) return std::nullopt;
  return frame;
}

// Zigzag encoding: small numbers of either sign become small unsigned numbers.
std::uint64_t folded(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unfolded(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

/// The index of byte `plane` of a frame in a column. Bytes of one kind are adjacent, which
/// compresses best.
std::size_t place(std::size_t column, std::size_t plane, std::size_t frame, std::size_t count) {
  return (column * kPlanes + plane) * count + frame;
}

}  // namespace

std::string encode_poses(std::span<const pose::PoseFrame> frames) {
  std::vector<Row> rows;
  for (const pose::PoseFrame& frame : frames) {
    // The engine skips a frame without a time too.
    if (pose::is_valid(frame.time))
      rows.push_back(row_of(frame, rows.empty() ? Row{} : rows.back()));
  }
  const bool in_space = std::ranges::any_of(
      frames, [](const pose::PoseFrame& f) { return f.pose && f.pose->in_space(); });
  const std::size_t columns = in_space ? kColumnsInSpace : kColumns;
  const std::size_t count = rows.size();
  std::string planes(columns * kPlanes * count, '\0');
  Row before{};
  for (std::size_t i = 0; i < count; ++i) {
    const Row& row = rows[i];
    for (std::size_t column = 0; column < columns; ++column) {
      std::uint64_t change = folded(row[column] - before[column]);
      for (std::size_t plane = 0; plane < kPlanes; ++plane, change >>= 8U) {
        planes[place(column, plane, i, count)] = static_cast<char>(change & 0xFFU);
      }
    }
    before = row;
  }
  return std::string(in_space ? kMagicInSpace : kMagic) + xz_compressed(planes);
}

base::Result<std::vector<pose::PoseFrame>> decode_poses(std::string_view bytes,
                                                        const std::string& name) {
  const bool in_space = bytes.starts_with(kMagicInSpace);
  if (!in_space && !bytes.starts_with(kMagic)) {
    return base::Error{base::ErrorKind::input, name + ": this is not a Matside pose stream"};
  }
  const std::size_t columns = in_space ? kColumnsInSpace : kColumns;
  const std::size_t frame_bytes = columns * kPlanes;
  const auto planes =
      xz_decompressed(bytes.substr(kMagic.size()), kMaxFrames * frame_bytes, name);
  if (!planes) return planes.error();
  const std::string& all = planes.value();
  const base::Error broken{base::ErrorKind::input, name + ": the pose stream is damaged"};
  if (all.size() % frame_bytes != 0) return broken;
  const std::size_t count = all.size() / frame_bytes;
  std::vector<pose::PoseFrame> frames;
  frames.reserve(count);
  Row row{};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t column = 0; column < columns; ++column) {
      std::uint64_t change = 0;
      for (std::size_t plane = kPlanes; plane-- > 0;) {
        change = change << 8U | static_cast<std::uint8_t>(all[place(column, plane, i, count)]);
      }
      // Unsigned, because damaged data may overflow; the checks below detect it.
      row[column] = static_cast<std::int64_t>(static_cast<std::uint64_t>(row[column]) +
                                              static_cast<std::uint64_t>(unfolded(change)));
    }
    auto frame = frame_of(row);
    if (!frame) return broken;
    frames.push_back(*frame);
  }
  return frames;
}

}  // namespace matside::formats
