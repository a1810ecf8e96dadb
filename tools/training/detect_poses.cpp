// Detects a pose in each picture of a set, without tracking, for measuring:
//   detect_poses MODELS_DIR lite|full|heavy with-eye|without-eye IMAGES.npy > poses.csv
// Prints the table of `matside analyze --poses`, one row for each picture, with a last column
// that says whether the eye located the pose.

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "formats/pose_csv.h"
#include "tools/training/npy_images.h"
#include "tools/training/value_or_exit.h"
#include "vision/blazepose/pose_tracker.h"

using namespace matside;
using training::value_or_exit;

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() != 4) {
    std::cerr
        << "usage: detect_poses MODELS_DIR lite|full|heavy with-eye|without-eye IMAGES.npy\n";
    return 2;
  }
  const blazepose::PoseModels models{.folder = args[0],
                                     .variant = training::variant_or_exit(args[1]),
                                     .eye = args[2] == "with-eye"};
  auto tracker = value_or_exit(blazepose::PoseTracker::create(models, {}));
  auto pictures = value_or_exit(training::NpyImages::open(args[3]));
  std::string header = formats::pose_csv_header();
  header.pop_back();
  std::cout << header << ",by_eye\n";
  image::Image picture;
  picture.size = {training::kPictureSide, training::kPictureSide};
  for (std::size_t i = 0; i < pictures.count(); ++i) {
    picture.rgb = pictures.read(i);
    pose::PoseFrame frame;
    frame.frame_index = static_cast<std::int64_t>(i);
    frame.pose = value_or_exit(tracker.detect(picture));
    std::string row = formats::pose_csv_row(frame);
    row.pop_back();
    std::cout << row << "," << (frame.pose && frame.pose->by_eye ? 1 : 0) << "\n";
  }
}
