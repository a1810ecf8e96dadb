#include "cli/annotate_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "annotation/annotator.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/program_data.h"
#include "cli/progress_bar.h"
#include "core/base/clock_text.h"
#include "core/coaching/practice_feedback.h"
#include "practice/analysis.h"
#include "practice/recording/recording.h"
#include "report/summary.h"
#include "vision/image/orientation.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using formats::AnalysisRecord;

// Encoding is light beside the networks.
constexpr int kMaxEncoderThreads = 4;

/// The outcome of one pass over the video.
struct AnnotationResult {
  std::optional<AnalysisRecord> record;  ///< Unset where the pass must be restarted.
  const Definition* exercise = nullptr;  ///< The one that was practised, if that is known.
  base::ImageSize source;                ///< Of the upright picture.
  base::ImageSize picture;               ///< As written.
  int quarter_turns = 0;                 ///< Clockwise, to turn the pictures the right way up.
  std::int64_t frames = 0;
};

/// How a pass goes over the video.
struct PassPlan {
  std::span<const Definition> candidates;  ///< The first is drawn.
  int quarter_turns = 0;                   ///< Clockwise, of the pictures.
  bool upright = false;                    ///< Whether `quarter_turns` is known to be right.
};

/// One pass over the video.
class AnnotationPass {
 public:
  AnnotationPass(const AnnotateCommand& command, const PassPlan& plan)
      : command_(command), plan_(plan), exercise_(plan.candidates.front()) {
    result_.quarter_turns = plan.quarter_turns;
  }

  base::Result<AnnotationResult> run(const ProgramData& data);

 private:
  base::Result<void> open_output();
  base::Result<void> draw(const practice::AnalysedFrame& analysed);
  base::Result<void> finish();
  [[nodiscard]] base::Result<void> check_source() const;

  const AnnotateCommand& command_;
  const PassPlan& plan_;
  const Definition& exercise_;
  AnnotationResult result_;
  std::unique_ptr<recording::Recording> source_;
  std::optional<OutputFile> file_;
  std::optional<video::VideoWriter> writer_;
  std::optional<annotation::Annotator> annotator_;
  bool restart_needed_ = false;
};

base::Result<void> AnnotationPass::open_output() {
  const video::VideoInfo& info = *source_->video();
  auto file = OutputFile::open(
      command_.output, {.forced = command_.force, .inputs = std::span(&command_.input, 1)});
  if (!file) return file.error();
  file_ = std::move(file).value();
  auto writer = video::VideoWriter::create(
      {.source = command_.input,
       .target = command_.output,
       .container = command_.container,
       .quarter_turns = result_.quarter_turns,
       .sound = command_.sound,
       .threads = std::clamp(command_.practice.threads / 2, 1, kMaxEncoderThreads)},
      info, [this](std::uint64_t offset, std::span<const std::uint8_t> bytes) {
        return file_->write_at(offset, bytes);
      });
  if (!writer) return writer.error();
  writer_ = std::move(writer).value();
  const auto turn = image::turned(image::Orientation(), result_.quarter_turns);
  result_.source = image::upright_size(info.size, turn);
  result_.picture = image::upright_size(info.image_size, turn);
  auto annotator =
      annotation::Annotator::create(exercise_, command_.practice.level, result_.picture);
  if (!annotator) return annotator.error();
  annotator_ = std::move(annotator).value();
  return {};
}

base::Result<void> AnnotationPass::draw(const practice::AnalysedFrame& analysed) {
  const video::Frame& picture = *source_->picture();
  const pose::PoseFrame& frame = analysed.source.pose;
  auto canvas = writer_->begin_frame(picture);
  if (!canvas) return canvas.error();
  annotator_->annotate({.frame = frame,
                        .quarter_turns = (result_.quarter_turns + 4 - frame.quarter_turns) % 4,
                        .events = analysed.events,
                        .frame_state = analysed.session.frame_state(),
                        .counts = analysed.session.counts()},
                       canvas.value());
  return writer_->write(picture.time);
}

base::Result<void> AnnotationPass::check_source() const {
  const video::VideoInfo* video = source_->video();
  const std::string name = command_.input.string();
  if (video == nullptr) {
    return base::Error{base::ErrorKind::input,
                       name + ": has poses but no pictures; choose a video to annotate"};
  }
  if (!video->photo) return {};
  return base::Error{base::ErrorKind::input,
                     name + ": is a photo, but annotate needs a video; use analyze for photos"};
}

base::Result<void> AnnotationPass::finish() {
  const bool to_the_end = result_.record->complete && !command_.practice.range.to;
  const auto finished =
      writer_->finish(to_the_end ? video::AudioEnd::end : video::AudioEnd::last_picture);
  if (!finished) return finished;
  return file_->commit();
}

base::Result<AnnotationResult> AnnotationPass::run(const ProgramData& data) {
  auto source =
      recording::open(command_.input, data.resolve(command_.practice), stop_requested());
  if (!source) return source.error();
  source_ = std::move(source).value();
  if (auto usable = check_source(); !usable) return usable.error();
  if (auto opened = open_output(); !opened) return opened.error();
  ProgressBar bar(!command_.quiet);
  auto guessed = practice::analyse_any(
      *source_, plan_.candidates, command_.practice.level,
      [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
        const int quarter_turns = analysed.source.pose.quarter_turns;
        restart_needed_ = !plan_.upright && quarter_turns != result_.quarter_turns;
        if (restart_needed_) {
          result_.quarter_turns = quarter_turns;
          return base::Error{base::ErrorKind::input, "the video is stored rotated"};
        }
        bar.show(++result_.frames, analysed.source.completed);
        return draw(analysed);
      },
      stop_requested());
  if (restart_needed_) return std::move(result_);
  if (!guessed) return guessed.error();
  result_.exercise = guessed.value().exercise;
  // Drawn as another exercise than it is: nothing is saved of this pass.
  if (result_.exercise != &exercise_) {
    if (stop_requested()) result_.frames = 0;
    return std::move(result_);
  }
  result_.record = std::move(guessed.value().record);
  if (result_.frames == 0) return std::move(result_);
  if (auto finished = finish(); !finished) return finished.error();
  return std::move(result_);
}

/// Only after some frames is it known that a video is stored rotated, and only at its end which
/// exercise it shows. Then another pass starts, so that the output is right from its first
/// picture on.
base::Result<AnnotationResult> annotate_video(const AnnotateCommand& command,
                                              const ProgramData& data) {
  PassPlan plan{data.candidates(), 0, false};
  while (true) {
    auto pass = AnnotationPass(command, plan).run(data);
    if (!pass || pass.value().record || stop_requested()) return pass;
    if (const Definition* const exercise = pass.value().exercise) {
      plan.candidates = {exercise, 1};
    } else {
      plan.quarter_turns = pass.value().quarter_turns;
      plan.upright = true;
    }
  }
}

std::string size_text(base::ImageSize size) {
  return fmt::format("{} x {}", size.width_px, size.height_px);
}

base::Result<void> print_summary(const AnnotateCommand& command, const AnnotationResult& made,
                                 const ProgramData& data) {
  const Definition& exercise = *made.exercise;
  std::string text = recognised_text(exercise, data);
  text +=
      report::summary_text(*made.record, exercise, command.input.filename().string()) + "\n";
  text += fmt::format("{}: {}\n", exercise.phrase("label_annotated")->text,
                      command.output.string());
  if (made.picture != made.source) {
    text += coaching::phrase_text(
                exercise, "scaled_down",
                {{"from", size_text(made.source)}, {"to", size_text(made.picture)}}) +
            "\n";
  }
  if (made.quarter_turns != 0) text += exercise.phrase("turned_upright")->text + "\n";
  return write_to_standard_output(text + "\n");
}

}  // namespace

int annotate(const AnnotateCommand& command) {
  const auto data = load_program_data(command.exercise);
  if (!data) return fail(data.error());
  const int level = command.practice.level;
  if (data.value().candidates().front().level(level) == nullptr) {
    return fail({base::ErrorKind::usage, "--level: " + data.value().exercise.id +
                                             " has no level " + std::to_string(level)});
  }
  const auto made = annotate_video(command, data.value());
  const bool written = made && made.value().record && made.value().frames > 0;
  if (written && !command.quiet) {
    const auto printed = print_summary(command, made.value(), data.value());
    if (!printed) return fail(printed.error());
  }
  if (stop_requested()) {
    return report_stopped(
        command.input, written
                           ? fmt::format("{} is complete up to {}", command.output.string(),
                                         base::clock_text(made.value().record->source.duration))
                           : "nothing was saved");
  }
  return made ? kExitOk : fail(made.error());
}

}  // namespace matside::cli
