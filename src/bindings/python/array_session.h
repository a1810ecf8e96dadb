// A practice whose poses are NumPy arrays: libmatside's Session, with blocks of frames.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <matside/matside.hpp>
#include <optional>
#include <string>
#include <vector>

namespace matside::python {

/// The interpreter lock is released while frames are processed, so several sessions work in
/// parallel. One thread at a time may use a session; another one is refused.
/// All functions throw matside::Error, with MATSIDE_USAGE for a closed session.
class ArraySession {
 public:
  /// Nine hours of video: a block must end before somebody who pressed Ctrl-C loses patience.
  static constexpr pybind11::ssize_t kMaxFrames = 1'000'000;

  /// @param exercise  null: the built-in exercise
  /// @throws matside::Error (MATSIDE_USAGE) if there is no such level
  ArraySession(int level, const Exercise* exercise);

  /// Processes frames in order. All arguments are checked before the first frame. A frame whose
  /// x and y are all NaN has no person.
  /// @param landmarks  (n, 33, 3): x_px, y_px, score
  /// @param times_s  (n,)
  /// @param knees  (n, 2, 2): flexion_deg and sd_deg of the left and the right knee; NaN: not
  ///   measured. Or None
  /// @throws matside::Error (MATSIDE_USAGE) for another shape or type, or more than kMaxFrames;
  ///   (MATSIDE_INPUT) for an invalid picture size
  std::vector<Event> push(const pybind11::array& landmarks, const pybind11::array& times_s,
                          int width_px, int height_px,
                          const std::optional<pybind11::array>& knees);
  std::vector<Event> finish();
  Counts counts();
  FrameState frame_state();
  std::string result_json(const Source& source);

  /// Frees the session's memory.
  void close();
  [[nodiscard]] bool closed() const { return !session_; }

 private:
  void check_free() const;
  template <class Work>
  auto without_lock(Work work);

  std::optional<Session> session_;
  bool busy_ = false;  ///< A thread works without the interpreter lock. Guarded by that lock.
};

}  // namespace matside::python
