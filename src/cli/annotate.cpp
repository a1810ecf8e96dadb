#include "cli/annotate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "annotation/annotator.h"
#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/output_file.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/summary.h"
#include "core/base/clock_text.h"
#include "core/coaching/closing.h"
#include "formats/catalog/catalog.h"
#include "vision/image/orientation.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using formats::AnalysisRecord;

// Coding is light beside the networks.
constexpr int kMostEncoderThreads = 4;

/// What one round over the recording made.
struct Made {
  std::optional<AnalysisRecord> record;  ///< Nothing where the round was given up.
  base::ImageSize source;
  base::ImageSize picture;  ///< As written.
  int quarters = 0;         ///< What pictures are to be turned by, as far as is known.
  std::int64_t frames = 0;
};

/// One round over the recording, its pictures turned clockwise by `quarters`.
class Round {
 public:
  Round(const AnnotateCommand& command, const Definition& exercise, int quarters, bool last)
      : command_(command), exercise_(exercise), last_(last) {
    made_.quarters = quarters;
  }

  base::Result<Made> run(const DataFolder& data);

 private:
  base::Result<void> open_output();
  base::Result<void> draw(const Watched& seen);
  base::Result<void> finish();

  const AnnotateCommand& command_;
  const Definition& exercise_;
  bool last_;  ///< Not to be given up.
  Made made_;
  std::optional<Recording> recording_;
  std::optional<OutputFile> file_;
  std::optional<video::VideoWriter> writer_;
  std::optional<annotation::Annotator> annotator_;
  bool given_up_ = false;
};

base::Result<void> Round::open_output() {
  const video::VideoInfo& info = recording_->video();
  auto file = OutputFile::open(
      command_.output, {.forced = command_.force, .inputs = std::span(&command_.input, 1)});
  if (!file) return file.error();
  file_ = std::move(file).value();
  auto writer = video::VideoWriter::create(
      {.source = command_.input,
       .target = command_.output,
       .container = command_.container,
       .quarters = made_.quarters,
       .sound = command_.sound,
       .threads = std::clamp(command_.practice.threads / 2, 1, kMostEncoderThreads)},
      info, [this](std::uint64_t offset, std::span<const std::uint8_t> bytes) {
        return file_->write_at(offset, bytes);
      });
  if (!writer) return writer.error();
  writer_ = std::move(writer).value();
  const auto turn = image::turned(image::Orientation(), made_.quarters);
  made_.source = image::upright_size(info.size, turn);
  made_.picture = image::upright_size(info.image_size, turn);
  auto annotator =
      annotation::Annotator::create(exercise_, command_.practice.level, made_.picture);
  if (!annotator) return annotator.error();
  annotator_ = std::move(annotator).value();
  return {};
}

base::Result<void> Round::draw(const Watched& seen) {
  auto canvas = writer_->show(seen.picture);
  if (!canvas) return canvas.error();
  annotator_->annotate({.frame = seen.frame,
                        .quarters = (made_.quarters + 4 - seen.quarters) % 4,
                        .events = seen.events,
                        .moment = seen.session.moment(),
                        .counts = seen.session.counts()},
                       canvas.value());
  return writer_->write(seen.picture.time);
}

base::Result<void> Round::finish() {
  const bool to_the_end = made_.record->complete && !command_.practice.span.to;
  const auto finished =
      writer_->finish(to_the_end ? video::SoundTo::end : video::SoundTo::last_picture);
  if (!finished) return finished;
  return file_->commit();
}

base::Result<Made> Round::run(const DataFolder& data) {
  auto recording =
      Recording::open({command_.input, command_.practice, &stop_requested()}, data, exercise_);
  if (!recording) return recording.error();
  recording_ = std::move(recording).value();
  if (recording_->video().photo) {
    return base::Error{base::ErrorKind::input,
                       command_.input.string() +
                           ": is a photo; annotate draws into videos, analyze takes photos"};
  }
  if (auto opened = open_output(); !opened) return opened.error();
  ProgressBar bar(!command_.quiet);
  auto record = recording_->analyze(
      [&](const Watched& seen, std::optional<double> done) -> base::Result<void> {
        given_up_ = !last_ && seen.quarters != made_.quarters;
        if (given_up_) {
          made_.quarters = seen.quarters;
          return base::Error{base::ErrorKind::input, "the recording is stored turned"};
        }
        bar.show(++made_.frames, done);
        return draw(seen);
      });
  if (given_up_) return std::move(made_);
  if (!record) return record.error();
  made_.record = std::move(record).value();
  if (made_.frames == 0) return std::move(made_);
  if (auto finished = finish(); !finished) return finished.error();
  return std::move(made_);
}

/// A recording that is stored turned is told by who lies in it, some way into it: then all
/// begins anew, so that the video is upright from its first picture on.
base::Result<Made> make(const AnnotateCommand& command, const DataFolder& data,
                        const Definition& exercise) {
  auto made = Round(command, exercise, 0, false).run(data);
  if (!made || made.value().record) return made;
  return Round(command, exercise, made.value().quarters, true).run(data);
}

std::string size_text(base::ImageSize size) {
  return fmt::format("{} x {}", size.width_px, size.height_px);
}

base::Result<void> print_summary(const AnnotateCommand& command, const Made& made,
                                 const Definition& exercise) {
  std::string text =
      summary_text(*made.record, exercise, command.input.filename().string()) + "\n";
  text += fmt::format("{}: {}\n", exercise.phrase("label_annotated")->text,
                      command.output.string());
  if (made.picture != made.source) {
    text += coaching::phrase_text(
                exercise, "scaled_down",
                {{"from", size_text(made.source)}, {"to", size_text(made.picture)}}) +
            "\n";
  }
  if (made.quarters != 0) text += exercise.phrase("turned_upright")->text + "\n";
  return write_to_standard_output(text + "\n");
}

}  // namespace

int annotate(const AnnotateCommand& command) {
  const auto data = find_data_folder();
  if (!data) return fail(data.error());
  const auto exercise =
      catalog::load_exercise(data.value().exercise().string(), data.value().words().string());
  if (!exercise) return fail(exercise.error());
  const auto made = make(command, data.value(), exercise.value());
  const bool written = made && made.value().frames > 0;
  if (written && !command.quiet) {
    const auto printed = print_summary(command, made.value(), exercise.value());
    if (!printed) return fail(printed.error());
  }
  if (stop_requested()) {
    return say_stopped(
        command.input,
        written ? fmt::format("{} is whole and shows it up to {}", command.output.string(),
                              base::clock_text(made.value().record->source.duration))
                : "nothing was written");
  }
  return made ? kExitOk : fail(made.error());
}

}  // namespace matside::cli
