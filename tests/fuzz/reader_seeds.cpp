// Writes the seeds of the reader fuzzers: `reader_seeds CORPUS` writes a few frames of a
// practice in each format into CORPUS/READER.
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/session.h"
#include "formats/analysis_json.h"
#include "formats/c3d.h"
#include "formats/coco.h"
#include "formats/mediapipe.h"
#include "formats/openpose.h"
#include "formats/pose_codec.h"
#include "formats/pose_csv.h"
#include "formats/pose_message.h"
#include "formats/tidy_csv.h"
#include "formats/trc.h"
#include "records/import_export.h"
#include "records/sqlite/repository.h"
#include "tests/support/c3d_writer.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kFrames = 4;
constexpr double kMetresPerPx = 0.005;

std::filesystem::path corpus;

void write(const std::string& reader, const std::string& name, const std::string& text) {
  std::filesystem::create_directories(corpus / reader);
  std::ofstream(corpus / reader / name, std::ios::binary) << text;
  std::filesystem::create_directories(corpus / "any_poses");
  if (reader != "markers" && reader != "pose_message" && reader != "result" &&
      reader != "records_import") {
    std::ofstream(corpus / "any_poses" / (reader + name), std::ios::binary) << text;
  }
}

std::string result_of(const std::vector<pose::PoseFrame>& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  for (const auto& frame : frames) session.value().push(frame);
  session.value().finish();
  formats::AnalysisRecord record;
  record.source.path = "practice.mp4";
  record.pose_model = "blazepose-full";
  record.exercise_id = support::single_leg_kick().id;
  record.analysis = session.value().analysis();
  return formats::analysis_json(record);
}

std::string message_of(const std::vector<pose::PoseFrame>& frames,
                       std::uint32_t first_index = 7) {
  formats::PoseMessageWriter writer(first_index);
  for (const pose::PoseFrame& frame : frames) (void)writer.add(frame);
  return {writer.bytes().begin(), writer.bytes().end()};
}

/// An export with a result and a practice of these frames.
std::string export_of(const std::string& result, const std::vector<pose::PoseFrame>& frames) {
  const records::LocalTime now{{1'767'600'000}, 60};
  const auto opened = records::sqlite::open(":memory:");
  records::Repository& database = *opened.value();
  records::PracticeDraft::Plan plan;
  plan.person = database.add_person("Ada", now.instant).value();
  plan.level = 1;
  plan.origin = records::Origin::recording;
  const exercise::Definition& exercise = support::single_leg_kick();
  (void)records::import_json(database, plan.person, result, "result", {now, {}}, exercise)
      .value();
  (void)records::import_poses(database, plan, frames, now, {"matside", "coco-17", false},
                              exercise)
      .value();
  std::filesystem::create_directories(corpus / "restore");
  const std::filesystem::path backup = corpus / "restore" / "whole";
  if (!std::filesystem::exists(backup)) (void)database.backup(backup.string());
  return records::export_json(database, plan.person).value();
}

/// Files of markers, and of persons, joint by joint.
void write_further_readers() {
  using enum support::C3dForm::Processor;
  const std::vector<std::string> labels{"RSHO", "RHIP", "A", "RANK"};
  const support::C3dFrame frame{std::array{500.0, 0.0, 200.0}, std::array{0.0, 0.0, 100.0},
                                std::array{-400.0, 0.0, 60.0}, std::array{-800.0, 0.0, 60.0}};
  for (const auto& [processor, name] :
       {std::pair{intel, "intel"}, std::pair{dec, "dec"}, std::pair{mips, "mips"}}) {
    support::C3dForm form;
    form.processor = processor;
    form.reals = processor != dec;
    form.y_screen = processor == mips ? "+Z" : "";
    write("c3d", name, support::c3d_bytes(form, labels, {frame, frame}));
  }
  write(
      "trc", "commas",
      "PathFileType  4 (X/Y/Z) a.trc\nDataRate,NumMarkers,Units\n30,4,px\nFrame#,Time,RShoulder"
      ",,,RHip,,,A,,,RAnkle\n0,0,400,100,0,300,110,0,200,120,0,100,130,0\n");
  std::string pairs = "[320,90]";
  std::string numbers = " 0.5 0.25 0.8";
  for (int i = 1; i < 17; ++i) {
    pairs += ",[320,90]";
    numbers += " 0.5 0.25 0.8";
  }
  write("instances", "mmpose",
        R"({"instance_info":[{"frame_id":1,"instances":[{"keypoints":[)" + pairs + "]}]}]}");
  write("instances", "yolo",
        R"([[{"box":{},"keypoints":{"x":[0.5],"y":[0.25],"visible":[1]}}],[]])");
  write("picture_file", "labels", "0 0.5 0.5 0.2 0.2" + numbers + "\n");
  write("picture_file", "persons", R"([{"keypoints":[)" + pairs + "]}]");
  write("tracked", "deeplabcut",
        "scorer,D,D,D,D,D,D,D,D\nbodyparts,LShoulder,LShoulder,LHip,LHip,A,A,LAnkle,LAnkle\n"
        "coords,x,y,x,y,x,y,x,y\n0,400,100,300,110,200,120,100,130\n");
  write("tracked", "sleap",
        "track,frame_idx,instance.score,LHip.x,LHip.y,A.x,A.y,LAnkle.x,LAnkle.y,LShoulder.x,"
        "LShoulder.y\na,0,1,300,110,200,120,100,130,400,100\nb,0,1,1,1,2,2,3,3,4,4\n");
}

/// A body that bends one knee, in metres: along it, to its left and up. A marker of the last
/// frame was not measured.
std::vector<std::pair<std::string, support::C3dFrame>> markers_in_space() {
  constexpr std::size_t kSteps = 5;
  std::vector<std::pair<std::string, support::C3dFrame>> markers{
      {"LSHO", {}}, {"RSHO", {}}, {"LASI", {}}, {"RASI", {}}, {"LPSI", {}},
      {"RPSI", {}}, {"LKNE", {}}, {"RKNE", {}}, {"LANK", {}}, {"RANK", {}}};
  for (std::size_t step = 0; step < kSteps; ++step) {
    const double bend = 0.4 * static_cast<double>(step);
    for (auto& [name, places] : markers) {
      const bool left = name.starts_with('L');
      const std::string joint = name.substr(1);
      std::array<double, 3> at{0.0, left ? 0.1 : -0.1, 0.1};
      if (joint == "SHO") at = {0.45, left ? 0.19 : -0.19, 0.3};
      if (joint == "ASI") at[2] = 0.02;
      if (joint == "PSI") at = {0.03, left ? 0.04 : -0.04, 0.17};
      if (joint == "KNE") at = {-0.42, left ? 0.14 : -0.12, 0.06};
      if (joint == "ANK") {
        const double angle = left ? bend : 0.1;
        at = {-0.42 - 0.4 * std::cos(angle), left ? 0.16 : -0.13, 0.06 + 0.4 * std::sin(angle)};
      }
      const bool measured = step + 1 < kSteps || name != "RANK";
      places.push_back(measured ? std::optional(at) : std::nullopt);
    }
  }
  return markers;
}

/// Those markers as a C3D with z up, and as a TRC with y up.
void write_markers_in_space() {
  constexpr double kMillimetres = 1000.0;
  const auto markers = markers_in_space();
  std::vector<std::string> labels;
  std::vector<support::C3dFrame> frames(markers.front().second.size());
  std::string head = "PathFileType\t4\t(X/Y/Z)\tspace.trc\nDataRate\tNumMarkers\tUnits\n";
  head += "50\t" + std::to_string(markers.size()) + "\tm\nFrame#\tTime";
  for (const auto& [name, places] : markers) {
    labels.push_back(name);
    head += "\t" + name + "\t\t";
    for (std::size_t i = 0; i < frames.size(); ++i) {
      auto at = places[i];
      if (at) at = {kMillimetres * (*at)[0], kMillimetres * (*at)[1], kMillimetres * (*at)[2]};
      frames[i].push_back(at);
    }
  }
  write("c3d", "in_space", support::c3d_bytes({}, labels, frames));
  for (std::size_t i = 0; i < frames.size(); ++i) {
    head += "\n" + std::to_string(i + 1) + "\t" + std::to_string(0.02 * static_cast<double>(i));
    for (const auto& [name, places] : markers) {
      const auto& at = places[i];
      for (const int axis : {0, 2, 1}) {
        head += "\t";
        if (at) head += std::to_string((axis == 1 ? -1.0 : 1.0) * (*at)[axis]);
      }
    }
  }
  write("trc", "in_space", head + "\n");
}

/// Several frames in one message or stream, some of them of nobody, with uneven times.
void write_gaps(std::vector<pose::PoseFrame> frames) {
  for (std::size_t i = 1; i < frames.size(); i += 2) {
    frames[i].pose.reset();
    frames[i].time = frames[i].time + base::Seconds(0.004);
  }
  write("own_stream", "nobody", formats::encode_poses(frames));
  // The number of the last frame is 0 again.
  write("pose_message", "several", message_of(frames, 0xFFFFFFFDU));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  corpus = argv[1];
  support::Practice practice;
  practice.steps = support::alternating(2);
  practice.network = support::NetworkNoise{.reads_knees = true};
  std::vector<pose::PoseFrame> frames = support::perform(practice).frames;
  const std::string result = result_of(frames);
  write("result", "whole", result);
  write("records_import", "result", result);
  frames.resize(kFrames);
  for (auto& frame : frames) frame = pose::rounded(frame);
  write("records_import", "export", export_of(result, frames));
  write("table", "tidy", formats::keypoints_csv(frames));
  write("table", "wide", "class,x1,y1,z1,v1,x33,y33,z33,v33\nkick,0.5,0.5,0,1,0.4,0.4,0,0.9\n");
  write("table", "named",
        "frame;timestamp_ms;LEFT_KNEE.x;LEFT_KNEE.y;width;height\r\n1;33;0.5;0.25;640;360\r\n");
  write("coco", "set", formats::coco_json(frames));
  write("coco", "list", R"([{"image_id":"12.jpg","keypoints":[1,2,0.5],"score":1}])");
  write("mediapipe", "frames", formats::mediapipe_json(frames));
  write("mediapipe", "tasks",
        R"([{"timestampMs":1,"landmarks":[[{"x":0.5,"y":0.5,"visibility":1}]]}])");
  write("openpose", "one", formats::openpose_json(frames[0]));
  write("trc", "own", formats::trc_text(frames, kMetresPerPx, "a.trc"));
  write("c3d", "own", formats::c3d_bytes(frames, {}, kMetresPerPx));
  write("trc", "plain",
        "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumMarkers\n30\t4\nFrame#\tTime\tRShoulder"
        "\t\t\tRHip\t\t\tA\t\t\tRAnkle\n\t\tX1\tY1\n\n1\t0\t1\t1\t1\t2\t1\t1\t3\t0\t1\t4\t0\t1"
        "\n");
  write("markers", "two", "# mine\nR.Knee.Lat,right_knee\nR.Knee.Med;right_knee\n");
  std::string own = formats::pose_csv_header();
  for (const auto& frame : frames) own += formats::pose_csv_row(frame);
  write("own_table", "table", own);
  write("own_stream", "stream", formats::encode_poses(frames));
  write("pose_message", "frames", message_of(frames));
  const pose::LegInSpace leg{base::Degrees(101.27), base::Degrees(-9.99), base::Degrees(0.5)};
  for (auto& frame : frames) frame.pose->legs_in_space[1] = leg;
  own = formats::pose_csv_header(formats::LegColumns::in_space);
  for (const auto& frame : frames) {
    own += formats::pose_csv_row(frame, formats::LegColumns::in_space);
  }
  write("own_table", "in_space", own);
  write("own_stream", "in_space", formats::encode_poses(frames));
  write("coco", "in_space", formats::coco_json({frames[0]}));
  write_further_readers();
  write_markers_in_space();
  write_gaps(frames);
  return 0;
}
