#include "vision/blazepose/pose_models.h"

#include <string>

namespace matside::blazepose {

std::string_view name(Variant variant) {
  switch (variant) {
    case Variant::lite:
      return "lite";
    case Variant::full:
      return "full";
    case Variant::heavy:
      return "heavy";
  }
  return "";
}

std::string_view landmark_file(Variant variant) {
  switch (variant) {
    case Variant::lite:
      return "pose_landmark_lite.tflite";
    case Variant::full:
      return "pose_landmark_full.tflite";
    case Variant::heavy:
      return "pose_landmark_heavy.tflite";
  }
  return "";
}

base::Error unexpected_network(std::string_view file) {
  return {base::ErrorKind::model, std::string(file) +
                                      ": the network has unexpected inputs or outputs. "
                                      "Run matside doctor to see how to reinstall it"};
}

}  // namespace matside::blazepose
