// Detects a person in single frames of a video, each rotated by 0, 90, 180 and 270 degrees, for
// measuring:
//   single_frame_detection MODELS_DIR lite|full|heavy with-eye|without-eye EVERY VIDEO >
//   detections.csv
// Prints a row for each EVERY-th frame and rotation: frame,turn_deg,hip_x,hip_y,by_eye. The
// hips' middle is in pixels of the original frame; the fields are empty when nobody is found.

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tools/training/value_or_exit.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/image/orientation.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;
using pose::Landmark;
using training::value_or_exit;

/// The picture after a quarter turn clockwise.
image::Image turned(const image::Image& picture) {
  image::Image result;
  result.size = {picture.size.height_px, picture.size.width_px};
  result.rgb.resize(picture.rgb.size());
  image::place_upright(
      {picture.rgb.data(), static_cast<std::ptrdiff_t>(picture.stride_bytes()), picture.size},
      {.transposed = true, .mirrored_x = true}, 0, 0, result);
  return result;
}

/// Maps a point back from a picture turned by a quarter; `width_px` is the turned picture's
/// width.
base::ImagePoint turned_back(base::ImagePoint p, int width_px) {
  return {p.y_px, width_px - p.x_px};
}

void look(blazepose::PoseTracker& tracker, const video::Frame& frame) {
  image::Image picture = frame.image;
  for (int turn = 0; turn < 4; ++turn) {
    if (turn > 0) picture = turned(picture);
    const auto pose = value_or_exit(tracker.detect(picture));
    std::cout << frame.index << "," << 90 * turn << ",";
    if (!pose) {
      std::cout << ",,0\n";
      continue;
    }
    const auto left = (*pose)[Landmark::left_hip].position;
    base::ImagePoint hips = left + ((*pose)[Landmark::right_hip].position - left) * 0.5;
    base::ImageSize size = picture.size;
    for (int back = 0; back < turn; ++back) {
      hips = turned_back(hips, size.width_px);
      size = {size.height_px, size.width_px};
    }
    std::cout << hips.x_px << "," << hips.y_px << "," << (pose->by_eye ? 1 : 0) << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  int every = 0;
  if (args.size() == 5) {
    std::from_chars(args[3].data(), args[3].data() + args[3].size(), every);
  }
  if (every < 1) {
    std::cerr << "usage: single_frame_detection MODELS_DIR lite|full|heavy "
                 "with-eye|without-eye EVERY VIDEO\n";
    return 2;
  }
  const blazepose::PoseModels models{.folder = args[0],
                                     .variant = training::variant_or_exit(args[1]),
                                     .eye = args[2] == "with-eye"};
  auto tracker = value_or_exit(blazepose::PoseTracker::create(models, {}));
  auto reader = value_or_exit(video::VideoReader::open(args[4]));
  std::cout << "frame,turn_deg,hip_x,hip_y,by_eye\n";
  video::Frame frame;
  while (value_or_exit(reader.read(frame))) {
    if (frame.index % every == 0) look(tracker, frame);
  }
}
