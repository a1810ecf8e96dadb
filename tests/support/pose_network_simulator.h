// Simulates the errors of pose networks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/pose/pose_frame.h"
#include "tests/support/body_model.h"
#include "tests/support/random.h"

namespace matside::support {

/// Errors are in thigh lengths in the picture, so that they grow with the body. The sizes
/// of each joint are those measured on rendered practices with the project's own networks; see
/// pose_network.cpp.
struct NetworkNoise {
  double scale = 1.0;           ///< of all that follows in lengths and angles
  double bend_bias_deg = 3.0;   ///< a knee bent 110 degrees is read this much too straight
  double raised_knee = 1.0;     ///< how far knees are drawn up with their feet
  double outliers = 0.005;      ///< share of joints put somewhere else in a frame
  double joints_lost = 0.005;   ///< share of joints with a score near 0
  double frames_lost = 0.005;   ///< share of frames in which nobody is found
  double swaps_per_min = 1.5;   ///< bursts in which the leg labels are swapped
  double swap_s = 0.1;          ///< their mean length
  double others_per_min = 0.0;  ///< bursts in which a second person is taken
  double other_s = 0.3;         ///< their mean length
  /// The slow errors of a joint that is still, as a share of those of one that moves.
  double still_drift = 1.0;
  /// Deviation of the share by which a joint's way from its place in the first frame is read
  /// too long or too short; more of joints with greater errors.
  double gain = 0.0;
  bool reads_knees = false;  ///< knee flexions in space, as the eye for lying bodies gives
};

/// One network watching one practice. The same seed gives the same errors, and each kind of
/// error stays as it is when another is taken away.
class PoseNetworkSimulator {
 public:
  PoseNetworkSimulator(const NetworkNoise& noise, const Camera& camera, std::uint64_t seed);

  /// Times must rise. `true_pose` is what the camera sees without error; `knee_flexion_deg`
  /// (left, right) what the knees truly do. Nothing when nobody is found.
  std::optional<pose::Pose> see(double time_s, const pose::Pose& true_pose,
                                std::array<double, 2> knee_flexion_deg);

 private:
  struct Drift {
    double x = 0.0;
    double y = 0.0;
  };
  struct Bursts {
    double rate_hz = 0.0;
    double length_s = 0.0;
    Random random;
    double from_s = 0.0;
    double to_s = 0.0;
    bool at(double time_s);
  };

  void update_drift(double time_s);
  void follow_joints(double time_s, const pose::Pose& true_pose, double thigh_px);
  static void swap_legs(pose::Pose& pose);
  void bend_legs(pose::Pose& pose, std::array<double, 2> knee_flexion_deg, double thigh_px);
  void add_jitter(pose::Pose& pose, double thigh_px);
  void read_knees(pose::Pose& pose, std::array<double, 2> knee_flexion_deg);
  [[nodiscard]] pose::Pose other_person() const;

  NetworkNoise noise_;
  Camera camera_;
  Random drift_;
  Random jitter_;
  Random outliers_;
  Random losses_;
  Bursts swaps_;
  Bursts others_;
  std::array<Drift, pose::kLandmarkCount> offset_{};
  std::array<Drift, pose::kLandmarkCount> drift_offset_{};
  std::array<Drift, pose::kLandmarkCount> gain_{};
  std::array<Drift, pose::kLandmarkCount> way_{};      ///< since the first frame, thigh lengths
  std::array<double, pose::kLandmarkCount> moving_{};  ///< 0 = still, 1 = moves
  std::optional<pose::Pose> first_pose_;
  std::optional<double> followed_s_;
  std::array<double, 2> knee_offset_deg_{};
  std::array<double, 2> knee_drift_deg_{};
  std::optional<double> last_s_;
};

}  // namespace matside::support
