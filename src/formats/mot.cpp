#include "formats/mot.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>
#include <optional>

#include "core/engine/knee_curve.h"
#include "core/kinematics/body_frame.h"

namespace matside::formats {
namespace {

using base::Degrees;
using kinematics::BodyFrame;
using kinematics::LegFrame;

Degrees hip_of(const LegFrame& leg, const BodyFrame& body) {
  const Degrees trunk = kinematics::incline(leg.hip, body.shoulder, body.head_direction);
  // In a straight line, the thigh falls toward the feet as steeply as the trunk rises to the
  // head.
  const double flexion = std::remainder(-trunk.value() - leg.thigh.value(), 360.0);
  return Degrees(flexion);
}

}  // namespace

std::vector<JointAngles> joint_angles(std::span<const pose::PoseFrame> frames,
                                      const engine::Analysis& analysis,
                                      const exercise::MeasurementRules& rules) {
  const engine::KneeCurve knees = engine::knee_curve(frames, analysis, rules);
  std::size_t in_curve = 0;
  std::vector<JointAngles> angles;
  for (const pose::PoseFrame& frame : frames) {
    JointAngles now;
    now.time = frame.time;
    if (in_curve < knees.times.size() && knees.times[in_curve] == frame.time) {
      for (std::size_t side = 0; side < now.knee_flexion.size(); ++side) {
        if (const auto bend = knees.bend_deg[side][in_curve]) {
          now.knee_flexion[side] = Degrees(knees.rest_deg[side][in_curve] + *bend);
        }
      }
      ++in_curve;
    }
    if (const auto seen = kinematics::measure(frame, kinematics::kMinJointScore)) {
      const BodyFrame body =
          engine::rectification_from(analysis.view, frame.image_size).rectified(*seen);
      for (std::size_t side = 0; side < body.legs.size(); ++side) {
        if (!body.legs[side]) continue;
        const auto& in_space = body.legs[side]->in_space;
        now.hip_flexion[side] =
            in_space ? in_space->hip_flexion : hip_of(*body.legs[side], body);
      }
    }
    angles.push_back(now);
  }
  return angles;
}

std::string mot_text(const std::vector<JointAngles>& angles, const std::string& name) {
  constexpr int kColumns = 5;
  std::string text =
      fmt::format("{}\nversion=1\nnRows={}\nnColumns={}\ninDegrees=yes\nendheader\n", name,
                  angles.size(), kColumns);
  text += "time\tknee_angle_r\tknee_angle_l\thip_flexion_r\thip_flexion_l\n";
  const auto add = [&](const std::optional<Degrees>& angle) {
    text += angle ? fmt::format("\t{:.3f}", angle->value()) : std::string("\tnan");
  };
  for (const JointAngles& now : angles) {
    fmt::format_to(std::back_inserter(text), "{:.6f}", now.time.value());
    for (const auto* joint : {&now.knee_flexion, &now.hip_flexion}) {
      add((*joint)[pose::index(pose::Side::right)]);
      add((*joint)[pose::index(pose::Side::left)]);
    }
    text += "\n";
  }
  return text;
}

}  // namespace matside::formats
