#include "practice/recording/video_source.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "digest/file_digest.h"
#include "practice/pose_frame_of.h"

namespace matside::recording {
namespace {

// Decoding is light beside the networks; more threads only cost memory.
constexpr int kMaxDecoderThreads = 2;

}  // namespace

base::Result<std::unique_ptr<Recording>> VideoSource::open(const std::filesystem::path& path,
                                                           const PracticeOptions& options,
                                                           const std::atomic<bool>& stop) {
  auto reader = video::VideoReader::open(
      path, {.threads = std::clamp(options.threads / 2, 1, kMaxDecoderThreads),
             .planes = true,
             .stop = &stop});
  if (!reader) return reader.error();
  auto tracker = blazepose::PoseTracker::create(options.models, {.threads = options.threads});
  if (!tracker) return tracker.error();
  auto sha256 = digest::sha256_file(path, &stop);
  if (!sha256) return sha256.error();
  practice::SourceInfo info;
  info.path = path.string();
  info.sha256 = std::move(sha256).value();
  info.pose_model = "blazepose-" + std::string(blazepose::name(options.models.variant));
  info.eye = options.models.with_eye();
  info.size = reader.value().info().size;
  info.recorded = reader.value().info().recorded;
  return std::unique_ptr<Recording>(new VideoSource(
      std::move(reader).value(), std::move(tracker).value(), options.range, std::move(info)));
}

base::Result<bool> VideoSource::run(const OnFrame& on_frame, const std::atomic<bool>& stop) {
  if (range_.from) {
    if (auto found = reader_.seek(*range_.from); !found) return found.error();
  }
  std::array<video::Frame, blazepose::kSlots> pictures;
  bool any = false;
  blazepose::FrameSource frames;
  frames.next = [&](std::size_t slot) -> base::Result<std::optional<image::View>> {
    video::Frame& picture = pictures[slot];
    if (stop) return std::optional<image::View>();
    const base::Result<bool> more = reader_.read(picture);
    if (!more) return more.error();
    if (!more.value() || (range_.to && picture.time > *range_.to)) {
      return std::optional<image::View>();
    }
    return std::optional(picture.view());
  };
  frames.done = [&](std::size_t slot,
                    const blazepose::TrackedPose& tracked) -> base::Result<void> {
    const video::Frame& picture = pictures[slot];
    const pose::PoseFrame frame = practice::pose_frame_of(
        picture.index, picture.time, picture.view().size(), picture.source_size, tracked);
    any = true;
    picture_ = &picture;
    auto taken = on_frame({frame, completed(frame.time)});
    picture_ = nullptr;
    return taken;
  };
  const auto ran = reader_.info().photo ? detect_each(frames) : tracker_.follow(frames);
  if (!ran) return ran.error();
  if (any || stop) return !stop;
  return base::Error{base::ErrorKind::input,
                     info_.path + ": no frames between --from and --to; check these times"};
}

std::vector<std::string> VideoSource::warnings() const {
  if (reader_.truncated()) return {"input_truncated"};
  if (reader_.damaged() > 0) return {"input_damaged"};
  return {};
}

/// The share of the range before `time`; nothing where the length isn't known.
std::optional<double> VideoSource::completed(base::Seconds time) const {
  const video::VideoInfo& info = reader_.info();
  if (info.photo || (!info.duration && !range_.to)) return std::nullopt;
  const base::Seconds from = range_.from.value_or(base::Seconds(0.0));
  base::Seconds to = range_.to ? *range_.to : *info.duration;
  if (info.duration) to = std::min(to, *info.duration);
  if (to <= from) return std::nullopt;
  return (time - from) / (to - from);
}

/// Finds the pose in each picture without regard to the others.
base::Result<void> VideoSource::detect_each(const blazepose::FrameSource& frames) {
  while (true) {
    const auto view = frames.next(0);
    if (!view) return view.error();
    if (!view.value()) return {};
    auto pose = tracker_.detect(*view.value());
    if (!pose) return pose.error();
    if (auto done = frames.done(0, {std::move(pose).value(), 0}); !done) return done;
  }
}

}  // namespace matside::recording
