#include "cli/input.h"

#include <algorithm>
#include <utility>

#include "cli/interrupt.h"
#include "cli/pose_input.h"
#include "cli/recording.h"
#include "core/engine/session.h"
#include "core/engine/watch.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Seconds;
using formats::AnalysisRecord;

class RecordedInput : public Input {
 public:
  explicit RecordedInput(Recording recording) : recording_(std::move(recording)) {}

  [[nodiscard]] const std::string& sha256() const override { return recording_.sha256(); }
  [[nodiscard]] bool has_pictures() const override { return true; }
  base::Result<AnalysisRecord> analyze(const OnFrame& on_frame) override {
    return recording_.analyze([&](const Watched& seen, std::optional<double> done) {
      return on_frame(seen.frame, done);
    });
  }

 private:
  Recording recording_;
};

/// Time that frames cover, the last one's own share included, as of a recording.
Seconds covered(const std::vector<pose::PoseFrame>& frames) {
  if (frames.size() < 2) return Seconds(0.0);
  const auto n = static_cast<double>(frames.size());
  return (frames.back().time - frames.front().time) * (n / (n - 1.0));
}

class FoundPoses : public Input {
 public:
  FoundPoses(fs::path path, PoseInput input, engine::Session session,
             const exercise::Definition& exercise)
      : path_(std::move(path)),
        input_(std::move(input)),
        session_(std::move(session)),
        exercise_(&exercise) {}

  [[nodiscard]] const std::string& sha256() const override { return input_.sha256; }
  [[nodiscard]] bool has_pictures() const override { return false; }

  base::Result<AnalysisRecord> analyze(const OnFrame& on_frame) override {
    const std::vector<pose::PoseFrame>& frames = input_.poses.frames;
    std::size_t judged = 0;
    for (const pose::PoseFrame& frame : frames) {
      if (stop_requested()) break;
      session_.push(frame);
      const double done = static_cast<double>(++judged) / static_cast<double>(frames.size());
      if (auto taken = on_frame(frame, done); !taken) return taken.error();
    }
    session_.finish();
    AnalysisRecord record;
    record.complete = judged == frames.size();
    record.source = {path_.string(), input_.sha256, frames.front().image_size,
                     static_cast<std::int64_t>(judged), covered(frames)};
    record.pose_model = input_.poses.skeleton;
    record.exercise_id = exercise_->id;
    record.analysis = session_.analysis();
    for (const std::string& id : formats::never_there(frames)) {
      record.analysis.warnings.push_back(engine::worded(*exercise_, id));
    }
    return record;
  }

 private:
  fs::path path_;
  PoseInput input_;
  engine::Session session_;
  const exercise::Definition* exercise_;
};

base::Result<PoseInput> read_span(const fs::path& path, const PracticeOptions& options) {
  auto input = read_poses(path, options.poses);
  if (!input) return input;
  std::erase_if(input.value().poses.frames, [&](const pose::PoseFrame& frame) {
    return (options.span.from && frame.time < *options.span.from) ||
           (options.span.to && frame.time > *options.span.to);
  });
  if (!input.value().poses.frames.empty()) return input;
  return base::Error{base::ErrorKind::input,
                     path.string() + ": has no poses between --from and --to"};
}

}  // namespace

base::Result<std::unique_ptr<Input>> open_input(const fs::path& path,
                                                const PracticeOptions& options,
                                                const DataFolder& data,
                                                const exercise::Definition& exercise) {
  if (!holds_poses(path)) {
    auto recording = Recording::open({path, options, &stop_requested()}, data, exercise);
    if (!recording) return recording.error();
    return std::unique_ptr<Input>(new RecordedInput(std::move(recording).value()));
  }
  auto input = read_span(path, options);
  if (!input) return input.error();
  auto session = engine::Session::create(exercise, options.level);
  if (!session) return session.error();
  return std::unique_ptr<Input>(
      new FoundPoses(path, std::move(input).value(), std::move(session).value(), exercise));
}

}  // namespace matside::cli
