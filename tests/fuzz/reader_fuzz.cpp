// Reads arbitrary bytes as a file of poses, markers, a result or records: must be refused with
// one line that names the place, or give frames with rising times that the engine accepts, or
// records that can be exported. The reader is the one in the program's name: fuzz_coco,
// fuzz_trc and so on are links to one program.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/printable_text.h"
#include "core/engine/session.h"
#include "formats/c3d.h"
#include "formats/coco.h"
#include "formats/generic_pose_table.h"
#include "formats/instance_lists.h"
#include "formats/knee_measurement.h"
#include "formats/marker_names.h"
#include "formats/mediapipe.h"
#include "formats/openpose.h"
#include "formats/picture_files.h"
#include "formats/pose_codec.h"
#include "formats/pose_csv.h"
#include "formats/pose_file.h"
#include "formats/pose_message.h"
#include "formats/tracked_table.h"
#include "formats/trc.h"
#include "records/import_export.h"
#include "records/result_document.h"
#include "records/sqlite/repository.h"
#include "tests/support/exercise.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
using Frames = std::vector<pose::PoseFrame>;

constexpr std::size_t kMaxJudged = 300;
const std::string kName = "fuzzed";
const exercise::Definition& kExercise = support::single_leg_kick();
const records::LocalTime kNow{{1'767'600'000}, 60};
const formats::PoseHints kHints{base::ImageSize{640, 360}, 30.0};

void must(bool held) {
  if (!held) std::abort();
}

void check(const base::Error& error) {
  must(error.kind == base::ErrorKind::input || error.kind == base::ErrorKind::usage);
  must(error.message.starts_with(kName));
  must(base::is_visible(error.message));
}

void check(const Frames& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  double last_s = -1.0;
  std::size_t judged = 0;
  for (const pose::PoseFrame& frame : frames) {
    must(frame.time.value() > last_s);
    last_s = frame.time.value();
    must(frame.image_size.width_px > 0 && frame.image_size.height_px > 0);
    if (frame.pose) {
      for (const pose::Keypoint& k : frame.pose->keypoints) must(pose::is_valid(k));
    }
    if (++judged <= kMaxJudged) session.value().push(frame);
  }
  session.value().finish();
}

template <class Read>
void check_read(const Read& read) {
  if (!read) return check(read.error());
  check(read.value().frames);
}

void table(std::string_view text) { check_read(formats::read_pose_table(text, kName, kHints)); }
void coco(std::string_view text) { check_read(formats::read_coco(text, kName, kHints)); }
void mediapipe(std::string_view text) {
  check_read(formats::read_mediapipe(text, kName, kHints));
}
void openpose(std::string_view text) {
  formats::OpenPoseReader reader(kHints);
  if (const auto taken = reader.take(0, text, kName); !taken) return check(taken.error());
  check(reader.poses().frames);
}
formats::PoseFileHints laboratory() { return {kHints, {{"A", pose::Landmark::left_knee}}}; }
void trc(std::string_view text) { check_read(formats::read_trc(text, kName, laboratory())); }
void c3d(std::string_view text) { check_read(formats::read_c3d(text, kName, laboratory())); }
void instances(std::string_view text) {
  check_read(formats::read_instance_lists(text, kName, kHints));
}
void tracked(std::string_view text) {
  check_read(formats::read_tracked_table(text, kName, laboratory()));
}
/// A file of a folder, such as YOLO's labels.
void picture_file(std::string_view text) {
  formats::PictureFileReader folder(kHints);
  if (const auto taken = folder.take(0, text, kName); !taken) return check(taken.error());
  check(folder.take_poses().frames);
}
void markers(std::string_view text) {
  if (const auto read = formats::read_marker_table(text, kName); !read) check(read.error());
}
/// Angles without poses: tables, motions and result files.
void knees(std::string_view text) {
  (void)formats::is_knee_measurement(text);
  const auto read = formats::read_knee_measurements(text, kName);
  if (!read) return check(read.error());
  for (const formats::KneeMeasurement& practice : read.value()) {
    for (const auto& knee : practice.knees) {
      for (std::size_t i = 1; i < knee.size(); ++i) must(knee[i].time > knee[i - 1].time);
    }
    if (!practice.repetitions) continue;
    must(practice.repetitions->size() <= formats::kMaxListedRepetitions);
    for (const auto& repetition : *practice.repetitions) {
      must(repetition.start <= repetition.end);
    }
  }
}
void own_table(std::string_view text) {
  const auto read = formats::read_pose_csv(text, kName, *kHints.size);
  if (!read) return check(read.error());
}
void own_stream(std::string_view text) {
  const auto read = formats::decode_poses(text, kName);
  if (!read) return check(read.error());
}
/// Detects the format.
void any_poses(std::string_view text) {
  const auto read = formats::read_pose_file(text, kName, {kHints, {}});
  if (!read) return check(read.error());
}
void result(std::string_view text) {
  const auto read = records::read_result(text, kName, kExercise);
  if (!read) check(read.error());
}
void records_import(std::string_view text) {
  const auto opened = records::sqlite::open(":memory:");
  must(opened.ok());
  records::Repository& database = *opened.value();
  const auto import_for = [&](const char* name, std::string_view document) {
    const records::Id person = database.add_person(name, kNow.instant).value();
    const auto imported =
        records::import_json(database, person, document, kName, {kNow, {}}, kExercise);
    const auto practices = database.practices(person);
    must(practices.ok());
    if (!imported) check(imported.error());
    const int expected = imported.ok() ? imported.value().saved : 0;
    must(practices.value().size() == static_cast<std::size_t>(expected));
    return std::pair(person, imported.ok());
  };
  const auto [ada, accepted] = import_for("Ada", text);
  if (!accepted) return;
  const auto exported = records::export_json(database, ada);
  must(exported.ok());
  import_for("Bo", exported.value());
}

/// Of a pose stream. What is accepted can be written again, and the engine takes it.
void pose_message(std::string_view text) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  const auto read = formats::PoseMessage::read(bytes);
  if (!read) {
    must(read.error().kind == base::ErrorKind::input);
    must(read.error().message.starts_with("pose message: "));
    must(base::is_visible(read.error().message));
    return;
  }
  const formats::PoseMessage& message = read.value();
  must(bytes.size() == formats::pose_message_bytes(message.frames()));
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  formats::PoseMessageWriter writer(message.first_index());
  bool all = true;
  for (std::size_t i = 0; i < message.frames(); ++i) {
    const pose::PoseFrame frame = message.frame(i);
    must(i == 0 || frame.time > message.time(i - 1));
    session.value().push(pose::rounded(frame));
    // Times that differ by less than a microsecond can't be written.
    all = writer.add(frame).ok() && all;
  }
  session.value().finish();
  must(!all || formats::PoseMessage::read(writer.bytes()).ok());
}

using Reader = void (*)(std::string_view);
struct NamedReader {
  std::string_view name;
  Reader read;
};
constexpr std::array<NamedReader, 17> kReaders{{{"table", table},
                                                {"coco", coco},
                                                {"mediapipe", mediapipe},
                                                {"openpose", openpose},
                                                {"trc", trc},
                                                {"c3d", c3d},
                                                {"instances", instances},
                                                {"tracked", tracked},
                                                {"picture_file", picture_file},
                                                {"markers", markers},
                                                {"knees", knees},
                                                {"own_table", own_table},
                                                {"own_stream", own_stream},
                                                {"any_poses", any_poses},
                                                {"pose_message", pose_message},
                                                {"result", result},
                                                {"records_import", records_import}}};
Reader reader = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** arguments) {
  const std::string_view program = (*arguments)[0];
  for (const NamedReader& each : kReaders) {
    if (program.ends_with("/fuzz_" + std::string(each.name))) reader = each.read;
  }
  must(reader != nullptr);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reader(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
