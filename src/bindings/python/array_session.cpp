#include "bindings/python/array_session.h"

#include <cmath>
#include <cstddef>
#include <utility>

#include "bindings/python/real_array.h"

namespace py = pybind11;

namespace matside::python {
namespace {

constexpr py::ssize_t kLandmarks = kLandmarkCount;
constexpr py::ssize_t kCoordinates = 3;  // x_px, y_px, score
constexpr py::ssize_t kKnees = 2;
constexpr py::ssize_t kKneeParts = 2;  // flexion_deg, sd_deg

/// True during its life.
class Mark {
 public:
  explicit Mark(bool& flag) : flag_(flag) { flag_ = true; }
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;
  ~Mark() { flag_ = false; }

 private:
  bool& flag_;
};

void set_landmarks(Frame& frame, const RealArray& landmarks, py::ssize_t row) {
  bool person = false;
  for (py::ssize_t i = 0; i < kLandmarks && !person; ++i) {
    person = !std::isnan(landmarks.at(row, i, 0)) || !std::isnan(landmarks.at(row, i, 1));
  }
  if (!person) return;
  for (py::ssize_t i = 0; i < kLandmarks; ++i) {
    frame.set_landmark(static_cast<Landmark>(i), landmarks.at(row, i, 0),
                       landmarks.at(row, i, 1), landmarks.at(row, i, 2));
  }
}

void set_knees(Frame& frame, const RealArray& knees, py::ssize_t row) {
  for (const Side side : {Side::left, Side::right}) {
    const auto knee = static_cast<py::ssize_t>(side);
    const double flexion_deg = knees.at(row, knee, 0);
    const double sd_deg = knees.at(row, knee, 1);
    if (std::isfinite(flexion_deg) && std::isfinite(sd_deg)) {
      frame.set_knee_flexion(side, flexion_deg, sd_deg);
    }
  }
}

}  // namespace

ArraySession::ArraySession(int level, const Exercise* exercise) {
  if (exercise == nullptr) {
    session_.emplace(level);
  } else {
    session_.emplace(*exercise, level);
  }
}

void ArraySession::check_free() const {
  if (!session_) refuse("session: is closed");
  if (busy_) {
    refuse("session: is in use by another thread; give each thread a session of its own");
  }
}

/// Calls `work`, which must not touch Python objects, with the session.
template <class Work>
auto ArraySession::without_lock(Work work) {
  check_free();
  const Mark mark(busy_);  // Ends after the lock is back.
  const py::gil_scoped_release released;
  return work(*session_);
}

std::vector<Event> ArraySession::push(const py::array& landmarks, const py::array& times_s,
                                      int width_px, int height_px,
                                      const std::optional<py::array>& knees) {
  const RealArray points(landmarks, {RealArray::kAny, kLandmarks, kCoordinates}, "landmarks");
  const py::ssize_t frames = points.rows();
  if (frames > kMaxFrames) {
    refuse("landmarks: has " + std::to_string(frames) + " frames; push at most " +
           std::to_string(kMaxFrames) + " in one call");
  }
  const RealArray times(times_s, {frames}, "time_s");
  std::optional<RealArray> flexions;
  if (knees) flexions = RealArray(*knees, {frames, kKnees, kKneeParts}, "knees");
  return without_lock([&](Session& session) {
    std::vector<Event> events;
    for (py::ssize_t row = 0; row < frames; ++row) {
      Frame frame(times.at(row), width_px, height_px);
      set_landmarks(frame, points, row);
      if (flexions) set_knees(frame, *flexions, row);
      for (Event& event : session.push(frame)) events.push_back(std::move(event));
    }
    return events;
  });
}

std::vector<Event> ArraySession::finish() {
  return without_lock([](Session& session) { return session.finish(); });
}

Counts ArraySession::counts() {
  return without_lock([](Session& session) { return session.counts(); });
}

FrameState ArraySession::frame_state() {
  return without_lock([](Session& session) { return session.frame_state(); });
}

std::string ArraySession::result_json(const Source& source) {
  return without_lock([&](Session& session) { return session.result_json(source); });
}

void ArraySession::close() {
  if (!session_) return;
  check_free();
  session_.reset();
}

}  // namespace matside::python
