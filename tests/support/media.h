// Real media for the tests, made on the spot by the ffmpeg command line in a folder of the
// test's own.
//
//   MediaFolder media;
//   const auto clip = media.make("clip.mp4", quadrant_clip_args(64, 48, 10, 1.0));
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace matside::support {

using Bytes = std::vector<std::uint8_t>;
using Arguments = std::vector<std::string>;

/// A new folder, removed with everything in it at the end.
class MediaFolder {
 public:
  MediaFolder();
  ~MediaFolder();
  MediaFolder(const MediaFolder&) = delete;
  MediaFolder& operator=(const MediaFolder&) = delete;

  [[nodiscard]] std::filesystem::path path(const std::string& name = {}) const;

  /// Runs `ffmpeg ARGUMENTS NAME` inside the folder; relative names in the arguments are of
  /// files in it. Throws std::runtime_error with ffmpeg's error message when it fails.
  std::filesystem::path make(const std::string& name, const Arguments& arguments) const;

  std::filesystem::path write(const std::string& name, const Bytes& bytes) const;
  std::filesystem::path write(const std::string& name, const std::string& text) const;

  /// The first `fraction` (0 to 1) of a file's bytes as a new file.
  std::filesystem::path cut(const std::filesystem::path& source, const std::string& name,
                            double fraction) const;

 private:
  std::filesystem::path folder_;
};

Bytes read_bytes(const std::filesystem::path& path);

/// The lines that `ffprobe ARGUMENTS FILE` prints, as compact comma-separated values without
/// names. Throws as MediaFolder::make does.
std::vector<std::string> probe(const std::filesystem::path& file, const Arguments& arguments);

Arguments operator+(Arguments first, const Arguments& second);

/// A clip of four quarters: red and green above, blue and yellow below.
Arguments quadrant_clip_args(int width_px, int height_px, double rate_hz, double duration_s);

/// A clip whose picture number n is evenly grey with luma 20 + step * n.
Arguments grey_step_clip_args(int width_px, int height_px, double rate_hz, double duration_s,
                              int step = 4);

/// The arguments for H.264 without loss that shows.
Arguments h264_args(const std::string& x264_params = "");

/// A grey-step clip of ten pictures a second with one key frame a second, in H.264.
Arguments steady_clip_args(double duration_s);

/// A clip far larger than what FFmpeg reads to recognise it.
Arguments large_clip_args();

/// From now on, every read through the descriptor fails, as on a damaged disk. `path` is its
/// file's. Throws std::runtime_error if the file can't be opened.
void break_disk_of(int descriptor, const std::filesystem::path& path);

/// Writes a display matrix (a b u c d v x y w; a to d in 16.16 fixed point) into the first
/// track with a picture of an MP4 or MOV file.
void set_display_matrix(const std::filesystem::path& path,
                        const std::array<std::int32_t, 9>& matrix);

/// The JPEG with an EXIF orientation tag (1 to 8) put in front.
Bytes with_exif_orientation(const Bytes& jpeg, int tag);

}  // namespace matside::support
