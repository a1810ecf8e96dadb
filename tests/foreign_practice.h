// One simulated practice, which tests write in the formats of other programs.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/pose/landmark.h"
#include "formats/pose_file.h"
#include "tests/support/practice.h"

namespace matside::tests {

inline constexpr double kFps = 30.0;
inline constexpr double kWidth = 1280.0;
inline constexpr double kHeight = 720.0;

/// A joint by the name that OpenPose and Pose2Sim give it.
struct NamedJoint {
  const char* name;
  pose::Landmark landmark;
};
inline constexpr std::array kJoints{
    NamedJoint{"Nose", pose::Landmark::nose},
    NamedJoint{"LEar", pose::Landmark::left_ear},
    NamedJoint{"REar", pose::Landmark::right_ear},
    NamedJoint{"LShoulder", pose::Landmark::left_shoulder},
    NamedJoint{"RShoulder", pose::Landmark::right_shoulder},
    NamedJoint{"LElbow", pose::Landmark::left_elbow},
    NamedJoint{"RElbow", pose::Landmark::right_elbow},
    NamedJoint{"LWrist", pose::Landmark::left_wrist},
    NamedJoint{"RWrist", pose::Landmark::right_wrist},
    NamedJoint{"LHip", pose::Landmark::left_hip},
    NamedJoint{"RHip", pose::Landmark::right_hip},
    NamedJoint{"LKnee", pose::Landmark::left_knee},
    NamedJoint{"RKnee", pose::Landmark::right_knee},
    NamedJoint{"LAnkle", pose::Landmark::left_ankle},
    NamedJoint{"RAnkle", pose::Landmark::right_ankle},
    NamedJoint{"LHeel", pose::Landmark::left_heel},
    NamedJoint{"RHeel", pose::Landmark::right_heel},
    NamedJoint{"LBigToe", pose::Landmark::left_foot_index},
    NamedJoint{"RBigToe", pose::Landmark::right_foot_index},
};

/// Six repetitions, seen by a camera of 1280 x 720.
const support::SimulatedSession& practice();

/// Side and kicks of each repetition, as counted: "left 2, right 2, ".
std::string counted(const std::vector<pose::PoseFrame>& frames);
/// Side and kicks of each repetition of practice(), as performed.
std::string truth();

/// The size of the pictures and their rate.
formats::PoseFileHints pictures();

/// The file was read, has that skeleton and all frames, and what was performed is counted.
void expect_counted(const base::Result<formats::ImportedPoses>& read,
                    const std::string& skeleton);

// BODY_25: doc/02_output.md of OpenPose.
inline constexpr std::array kBody25{pose::Landmark::nose,
                                    pose::Landmark::nose,
                                    pose::Landmark::right_shoulder,
                                    pose::Landmark::right_elbow,
                                    pose::Landmark::right_wrist,
                                    pose::Landmark::left_shoulder,
                                    pose::Landmark::left_elbow,
                                    pose::Landmark::left_wrist,
                                    pose::Landmark::nose,
                                    pose::Landmark::right_hip,
                                    pose::Landmark::right_knee,
                                    pose::Landmark::right_ankle,
                                    pose::Landmark::left_hip,
                                    pose::Landmark::left_knee,
                                    pose::Landmark::left_ankle,
                                    pose::Landmark::right_eye,
                                    pose::Landmark::left_eye,
                                    pose::Landmark::right_ear,
                                    pose::Landmark::left_ear,
                                    pose::Landmark::left_foot_index,
                                    pose::Landmark::left_foot_index,
                                    pose::Landmark::left_heel,
                                    pose::Landmark::right_foot_index,
                                    pose::Landmark::right_foot_index,
                                    pose::Landmark::right_heel};
// The first 17 are COCO's.
inline constexpr std::array kHalpe26{pose::Landmark::nose,
                                     pose::Landmark::left_eye,
                                     pose::Landmark::right_eye,
                                     pose::Landmark::left_ear,
                                     pose::Landmark::right_ear,
                                     pose::Landmark::left_shoulder,
                                     pose::Landmark::right_shoulder,
                                     pose::Landmark::left_elbow,
                                     pose::Landmark::right_elbow,
                                     pose::Landmark::left_wrist,
                                     pose::Landmark::right_wrist,
                                     pose::Landmark::left_hip,
                                     pose::Landmark::right_hip,
                                     pose::Landmark::left_knee,
                                     pose::Landmark::right_knee,
                                     pose::Landmark::left_ankle,
                                     pose::Landmark::right_ankle,
                                     pose::Landmark::nose,
                                     pose::Landmark::nose,
                                     pose::Landmark::left_hip,
                                     pose::Landmark::left_foot_index,
                                     pose::Landmark::right_foot_index,
                                     pose::Landmark::left_foot_index,
                                     pose::Landmark::right_foot_index,
                                     pose::Landmark::left_heel,
                                     pose::Landmark::right_heel};

}  // namespace matside::tests
