// Feeds damaged streams of poses to the engine: it must not crash or hang, and its output must
// be consistent. The bytes are edits to a short practice, so that a few of them imitate a
// faulty source, clock or network.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
using base::Seconds;
using pose::PoseFrame;
using Frames = std::vector<PoseFrame>;

void require(bool holds) {
  if (!holds) std::abort();
}

// Takes numbers from the front of the input; zero when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
  template <class T>
  T take() {
    T value{};
    const std::size_t n = std::min(sizeof(T), left_);
    if (n > 0) std::memcpy(&value, data_, n);
    data_ += n;
    left_ -= n;
    return value;
  }
  std::size_t below(std::size_t count) { return take<std::uint8_t>() % count; }
  [[nodiscard]] bool empty() const { return left_ == 0; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

// Short, at few frames a second, so that one execution is fast.
Frames short_practice(pose::Side camera_side, int repetitions, int kicks, double gap_s) {
  support::Practice practice;
  practice.rises_to_forearms = false;
  practice.camera.side = camera_side;
  practice.fps = 10.0;
  practice.noise_px = 0.5;
  practice.steps = support::alternating(
      repetitions,
      {.kicks = kicks, .bend_s = 0.5, .beat_s = 0.5, .lower_s = 0.8, .gap_s = gap_s});
  return perform(practice).frames;
}

const std::vector<Frames>& practices() {
  static const std::vector<Frames> kPractices{short_practice(pose::Side::right, 1, 2, 0.1),
                                              short_practice(pose::Side::left, 1, 1, 0.1),
                                              short_practice(pose::Side::right, 2, 1, 0.5),
                                              short_practice(pose::Side::left, 2, 1, -0.4)};
  return kPractices;
}

double any_number(Input& input) {
  constexpr double kMost = std::numeric_limits<double>::max();
  constexpr std::array kOdd{std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(),
                            kMost,
                            -kMost,
                            std::numeric_limits<double>::denorm_min(),
                            0.0,
                            -0.0,
                            1.0,
                            -1.0,
                            180.0,
                            1e9,
                            -1e9,
                            1e-9};
  const std::size_t choice = input.below(kOdd.size() + 2);
  if (choice < kOdd.size()) return kOdd.at(choice);
  if (choice == kOdd.size()) return input.take<std::int16_t>() / 32.0;
  return input.take<double>();
}

using Edit = void (*)(PoseFrame&, Input&, std::size_t how_many_before);

void edit_time(PoseFrame& f, Input& in, std::size_t /*before*/) {
  f.time = Seconds(any_number(in));
}
void shift_time(PoseFrame& f, Input& in, std::size_t /*before*/) {
  f.time += Seconds(in.take<std::int8_t>() / 16.0);
}
void lose_pose(PoseFrame& f, Input& /*in*/, std::size_t /*before*/) { f.pose.reset(); }
void edit_joint(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (!f.pose) return;
  base::ImagePoint& p = f.pose->keypoints.at(in.below(pose::kLandmarkCount)).position;
  (in.below(2) == 0 ? p.x_px : p.y_px) = any_number(in);
}
void move_joint(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (!f.pose) return;
  base::ImagePoint& p = f.pose->keypoints.at(in.below(pose::kLandmarkCount)).position;
  p.x_px += in.take<std::int8_t>();
  p.y_px += in.take<std::int8_t>();
}
void edit_score(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (f.pose) f.pose->keypoints.at(in.below(pose::kLandmarkCount)).score = any_number(in);
}
void keep_one_joint(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (!f.pose) return;
  const std::size_t kept = in.below(pose::kLandmarkCount);
  for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
    if (k != kept) f.pose->keypoints.at(k).score = 0.0;
  }
}
void swap_sides(PoseFrame& f, Input& /*in*/, std::size_t /*before*/) {
  if (!f.pose) return;
  for (std::size_t k = pose::index(pose::Landmark::left_shoulder); k < pose::kLandmarkCount;
       k += 2) {
    std::swap(f.pose->keypoints.at(k), f.pose->keypoints.at(k + 1));
  }
}
void stretch(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (!f.pose) return;
  const double x = any_number(in);
  const double y = in.take<std::int8_t>() / 32.0;
  for (pose::Keypoint& k : f.pose->keypoints) {
    k.position = {k.position.x_px * x, k.position.y_px * y};
  }
}
void read_knee(PoseFrame& f, Input& in, std::size_t /*before*/) {
  if (!f.pose) return;
  f.pose->knees.at(in.below(2)) = {base::Degrees(any_number(in)),
                                   base::Degrees(any_number(in))};
}
void edit_picture(PoseFrame& f, Input& in, std::size_t /*before*/) {
  f.image_size = {in.take<std::int16_t>(), in.take<std::int16_t>()};
}
void hurry(PoseFrame& f, Input& in, std::size_t before) {
  constexpr std::array kSteps_s{1e-9, 1e-4, 1e-3, 0.01, 1.0, 20.0};
  const double step_s = kSteps_s.at(in.below(kSteps_s.size()));
  f.time = Seconds(static_cast<double>(before) * step_s);
}

constexpr std::array<Edit, 12> kEdits{edit_time,      shift_time, lose_pose,  edit_joint,
                                      move_joint,     edit_score, swap_sides, stretch,
                                      keep_one_joint, read_knee,  hurry,      edit_picture};

// One edit of a run of frames, or of their order.
void edit(Frames& frames, Input& input) {
  const std::size_t kind = input.below(kEdits.size() + 3);
  const std::size_t from = input.below(frames.size());
  const std::size_t to = std::min(frames.size(), from + 1 + input.below(64));
  const auto begin = frames.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = frames.begin() + static_cast<std::ptrdiff_t>(to);
  if (kind == kEdits.size()) {
    if (to - from < frames.size()) frames.erase(begin, end);
  } else if (kind == kEdits.size() + 1) {
    std::reverse(begin, end);
  } else if (kind == kEdits.size() + 2) {
    std::fill(begin, end, frames[from]);
  } else {
    // Every frame of the run gets the same edit.
    Input used = input;
    for (std::size_t i = from; i < to; ++i) {
      used = input;
      kEdits.at(kind)(frames[i], used, i);
    }
    input = used;
  }
}

// Everything reported is finite, in order and consistent.
void check(const engine::Analysis& analysis, std::size_t finished, std::size_t set_faults) {
  const engine::RepetitionCounts& c = analysis.counts;
  require(finished == analysis.repetitions.size());
  require(set_faults == analysis.set_faults.size());
  require(c.left + c.right + c.unsure == static_cast<int>(finished));
  int kicks = 0;
  for (const auto& rep : analysis.repetitions) {
    require(std::isfinite(rep.start.value()) && rep.start <= rep.end);
    require(std::isfinite(rep.end.value()) && std::isfinite(rep.confidence));
    require(rep.side_confidence >= 0.5 && rep.side_confidence <= 1.0);
    require(!rep.kicks.empty());
    for (const auto& kick : rep.kicks) require(std::isfinite(kick.knee_flexion.value()));
    kicks += static_cast<int>(rep.kicks.size());
  }
  require(kicks == c.kicks);
  for (const auto& warning : analysis.warnings) require(!warning.message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const int level = static_cast<int>(input.below(4));
  Frames frames = practices().at(input.below(practices().size()));
  while (!input.empty()) edit(frames, input);
  auto session = engine::Session::create(support::single_leg_kick(), level);
  require(session.ok());
  std::size_t finished = 0;
  std::size_t set_faults = 0;
  const auto listen = [&](std::span<const engine::Event> events) {
    for (const engine::Event& event : events) {
      finished += std::holds_alternative<engine::RepetitionFinished>(event) ? 1 : 0;
      set_faults += std::holds_alternative<engine::SetFaultSeen>(event) ? 1 : 0;
    }
  };
  for (const PoseFrame& frame : frames) listen(session.value().push(frame));
  listen(session.value().finish());
  check(session.value().analysis(), finished, set_faults);
  return 0;
}
