// The functions that web/src/engine calls. The module is one value of everything: the
// exercises, the records, at most one practice, and at most one analysis of a video.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bindings/web/decoded_picture.h"
#include "bindings/web/host.h"
#include "bindings/web/practice_link.h"
#include "bindings/web/recording_analysis.h"
#include "core/exercise/definition.h"
#include "formats/catalog/catalog.h"
#include "generated/web_built_in.h"
#include "practice/following_estimator.h"
#include "protocol/analysis_protocol.h"
#include "protocol/last_recording.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_api.h"
#include "protocol/records_setup.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/sqlite/repository.h"
#include "report/page.h"
#include "report/practice_report.h"
#include "report/report_json.h"
#include "vision/image/image.h"

#define MATSIDE_EXPORT(name) __attribute__((export_name(name)))

namespace matside::web {
namespace {

constexpr const char* kDatabase = "matside.db";

/// What every report is made with, besides the practice.
struct ReportParts {
  std::vector<catalog::Source> sources;
  std::string page;  ///< From report::checked_page().
};

/// Everything that lasts as long as the module.
struct State {
  std::vector<exercise::Definition> installed;  ///< Every exercise, the single-leg kick first.
  protocol::RecordsSetup records;
  protocol::PinTokens pin_tokens;
  protocol::LastRecording last_recording;
  std::optional<protocol::RecordsApi> api;
  std::optional<PracticeLink> link;
  std::unique_ptr<RecordingAnalysis> recording;  ///< While a video is analysed.
  std::optional<ReportParts> report_parts;       ///< Once a report was asked for.
};

State& state() {
  static State everything;
  return everything;
}

std::string& last_error() {
  static std::string text;
  return text;
}

records::LocalTime now() {
  constexpr double kMillisecondsASecond = 1000.0;
  return {
      plan::Instant{static_cast<std::int64_t>(matside_host_now_ms() / kMillisecondsASecond)},
      matside_host_utc_offset_min()};
}

records::Exercises installed() {
  return records::Exercises(std::span<const exercise::Definition>(state().installed));
}

/// A report as `matside report` makes it.
base::Result<std::string> make_report(records::Repository& records, records::Id practice) {
  const State& all = state();
  if (!all.report_parts) {
    return base::Error{base::ErrorKind::not_found, "The page for reports was not loaded."};
  }
  const records::LocalTime made = now();
  const records::Exercises exercises = installed();
  const auto report =
      report::saved_practice_report(records, practice, exercises,
                                    {records::iso_text(made.instant, made.utc_offset_min),
                                     generated::kWebVersion, generated::kWebBuild});
  if (!report) return report.error();
  const auto exercise = exercises.find(report.value().record.exercise_id);
  if (!exercise) return exercise.error();
  return report::embed_report(
      all.report_parts->page,
      report::report_json(report.value(), *exercise.value(), all.report_parts->sources));
}

base::Result<void> set_report_parts(std::string_view page, std::string_view sources) {
  auto read = catalog::parse_sources({"sources.json", sources});
  if (!read) return read.error();
  auto checked = report::checked_page(std::string(page), "report.html");
  if (!checked) return checked.error();
  state().report_parts = {std::move(read).value(), std::move(checked).value()};
  return {};
}

/// @returns 1, or 0 with the error in last_error()
int succeeded(const base::Result<void>& done) {
  if (!done) last_error() = done.error().message;
  return done ? 1 : 0;
}

/// @returns an error with one line for the person
base::Result<void> start(std::string_view clips) {
  auto exercise = catalog::parse_exercise({"single_leg_kick.json", generated::kWebExercise},
                                          {"cues.en.json", generated::kWebCues});
  if (!exercise) return exercise.error();
  auto lengths = catalog::parse_clip_lengths({"voice.json", clips});
  if (!lengths) return lengths.error();
  auto rules = catalog::parse_plan_rules({"plan.json", generated::kWebPlan});
  if (!rules) return rules.error();
  State& all = state();
  exercise.value().clips = std::move(lengths).value();
  all.installed = {exercise.value()};
  for (const generated::WebMove& each : generated::kWebMoves) {
    auto move = catalog::parse_cycle_exercise({each.name, each.text}, exercise.value());
    if (!move) return move.error();
    all.installed.push_back(std::move(move).value());
  }
  all.records.now = now;
  all.records.rules = rules.value();
  all.records.engine = {generated::kWebVersion, "blazepose-full", true};
  auto opened = protocol::shared(records::sqlite::open(kDatabase));
  if (!opened) return opened.error();
  // One thread, one database: practices and requests share it.
  const std::shared_ptr<records::Repository> records = std::move(opened).value();
  all.records.report = make_report;
  all.records.open = [records] { return base::Result(records); };
  all.api.emplace(records, installed(), all.records, all.pin_tokens, all.last_recording);
  return {};
}

DecodedPicture decoded_picture(int format, const std::uint8_t* bytes, base::ImageSize stored,
                               int matrix, int full_range) {
  DecodedPicture picture{static_cast<PixelFormat>(format), bytes, stored, {}};
  picture.colour.matrix = matrix;
  picture.colour.full_range = full_range != 0;
  return picture;
}

void answer(const PracticeLink::Reply& reply) {
  for (const std::string& message : reply.messages) {
    matside_host_send(message.data(), message.size());
  }
  if (!reply.ended) return;
  state().link.reset();
  matside_host_close();
}

}  // namespace

extern "C" {

/// Memory for the caller to fill; matside_release() frees it.
MATSIDE_EXPORT("matside_allocate") void* matside_allocate(std::size_t bytes) {
  return std::malloc(bytes);  // NOLINT(cppcoreguidelines-no-malloc)
}
MATSIDE_EXPORT("matside_release") void matside_release(void* memory) {
  std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc)
}

/// Call it first, once. @param clips text of voice.json
/// @returns 1, or 0: matside_error() says why
MATSIDE_EXPORT("matside_start") int matside_start(const char* clips, std::size_t bytes) {
  return succeeded(start({clips, bytes}));
}
/// The error as text that ends with a zero byte.
MATSIDE_EXPORT("matside_error") const char* matside_error() { return last_error().c_str(); }

/// Handles a request of the page: a route of records.schema.json.
/// @param target path and query, such as "/api/today?person=1"
MATSIDE_EXPORT("matside_request")
void matside_request(int post, const char* target, std::size_t target_bytes, const char* token,
                     std::size_t token_bytes, const char* body, std::size_t body_bytes) {
  const protocol::RecordsResponse response = state().api->handle(
      {post != 0, {target, target_bytes}, {body, body_bytes}, {token, token_bytes}});
  matside_host_respond(response.status, response.type.data(), response.type.size(),
                       response.body.data(), response.body.size(), response.file_name.data(),
                       response.file_name.size());
}

/// Begins a practice, which ends one that runs. Its first message is the hello; the networks
/// must be there when it is one with a camera.
MATSIDE_EXPORT("matside_open_link") void matside_open_link() {
  State& all = state();
  all.link.emplace(installed(), all.records, all.pin_tokens,
                   [] { return practice::create_camera_estimator({}); });
}
MATSIDE_EXPORT("matside_close_link") void matside_close_link() { state().link.reset(); }

/// A message of the page; the answers come through the host.
MATSIDE_EXPORT("matside_message") void matside_message(const char* text, std::size_t bytes) {
  if (state().link) answer(state().link->handle_text({text, bytes}));
}

/// A picture that matside_frame() takes later: the next one, or the one after the last of
/// these. Its networks begin to run where they can run beside the module.
MATSIDE_EXPORT("matside_frame_ahead")
void matside_frame_ahead(int format, const std::uint8_t* bytes, int width_px, int height_px,
                         int matrix, int full_range) {
  if (!state().link) return;
  const DecodedPicture picture =
      decoded_picture(format, bytes, {width_px, height_px}, matrix, full_range);
  PictureConverter converter(picture.stored, {});
  state().link->look_ahead(converter.view_of(picture));
}

/// A picture of the camera, as matside_recorded_picture() has them.
MATSIDE_EXPORT("matside_frame")
void matside_frame(int format, const std::uint8_t* bytes, int width_px, int height_px,
                   int matrix, int full_range, std::uint32_t index, double time_s) {
  if (!state().link) return;
  const DecodedPicture picture =
      decoded_picture(format, bytes, {width_px, height_px}, matrix, full_range);
  PictureConverter converter(picture.stored, {});
  answer(state().link->handle_frame(index, base::Seconds(time_s), converter.view_of(picture)));
}

/// The page of a report and data/exercises/sources.json; call it before a report is asked for.
/// @returns 1, or 0: matside_error() says why
MATSIDE_EXPORT("matside_set_report_parts")
int matside_set_report_parts(const char* page, std::size_t page_bytes, const char* sources,
                             std::size_t sources_bytes) {
  return succeeded(set_report_parts({page, page_bytes}, {sources, sources_bytes}));
}

/// Begins the analysis of a recorded video, which ends one that runs. The networks must be
/// there.
/// @param quarter_turns 0 to 3, clockwise, that make its pictures upright
/// @param mirrored whether left and right are exchanged after that
/// @param aspect_width, aspect_height of a stored sample
/// @returns 1, or 0: matside_error() says why
MATSIDE_EXPORT("matside_open_recording")
int matside_open_recording(int level, int quarter_turns, int mirrored, int aspect_width,
                           int aspect_height) {
  RecordedVideo video{level, image::turned({}, quarter_turns), {aspect_width, aspect_height}};
  if (mirrored != 0) video.orientation.mirrored_x = !video.orientation.mirrored_x;
  auto opened = RecordingAnalysis::open(state().installed, video);
  if (!opened) return succeeded(opened.error());
  state().recording = std::move(opened).value();
  return 1;
}

/// When the video was recorded, as its file says. Times without a zone or that no camera can
/// have are not used.
MATSIDE_EXPORT("matside_recorded_date")
void matside_recorded_date(const char* text, std::size_t bytes) {
  if (state().recording) state().recording->set_date({text, bytes});
}

/// The next bytes of the video's file, for its checksum.
MATSIDE_EXPORT("matside_recorded_bytes")
void matside_recorded_bytes(const std::byte* bytes, std::size_t count) {
  if (state().recording) state().recording->add_bytes({bytes, count});
}

/// As matside_frame_ahead(), of matside_recorded_picture().
MATSIDE_EXPORT("matside_recorded_picture_ahead")
void matside_recorded_picture_ahead(int format, const std::uint8_t* bytes, int width_px,
                                    int height_px, int matrix, int full_range,
                                    double timestamp_s) {
  if (!state().recording) return;
  state().recording->look_ahead(
      decoded_picture(format, bytes, {width_px, height_px}, matrix, full_range),
      base::Seconds(timestamp_s));
}

/// The next picture of the video, as DecodedPicture has it.
/// @param format of PixelFormat
/// @param matrix code point of ITU-T H.273; 2 where it isn't known
/// @returns 1, or 0: matside_error() says why
MATSIDE_EXPORT("matside_recorded_picture")
int matside_recorded_picture(int format, const std::uint8_t* bytes, int width_px, int height_px,
                             int matrix, int full_range, double timestamp_s) {
  if (!state().recording) return 0;
  return succeeded(state().recording->add_picture(
      decoded_picture(format, bytes, {width_px, height_px}, matrix, full_range),
      base::Seconds(timestamp_s)));
}

/// Ends the analysis; its line comes through the host.
/// @param truncated whether the rest of the file can't be read
MATSIDE_EXPORT("matside_finish_recording") void matside_finish_recording(int truncated) {
  State& all = state();
  if (!all.recording) return;
  std::vector<std::string> warnings;
  if (truncated != 0) warnings.emplace_back("input_truncated");
  protocol::AnalysisResult result = all.recording->finish(warnings);
  all.recording.reset();
  const std::string name = all.last_recording.hold(std::move(result.recording));
  protocol::AnalysisWriter writer(std::move(result), name);
  for (std::string part = writer.next(); !part.empty(); part = writer.next()) {
    matside_host_analysis(part.data(), part.size());
  }
}
MATSIDE_EXPORT("matside_close_recording") void matside_close_recording() {
  state().recording.reset();
}
}

}  // namespace matside::web
