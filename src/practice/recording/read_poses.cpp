#include "practice/recording/read_poses.h"

#include <array>
#include <map>
#include <span>
#include <system_error>
#include <utility>

#include "digest/digest.h"
#include "files/input_file.h"
#include "formats/marker_names.h"
#include "formats/picture_files.h"
#include "formats/pose_file.h"
#include "practice/recording/text_file.h"

namespace matside::recording {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

std::string sha256_of(const std::string& text) {
  return digest::sha256_hex(std::as_bytes(std::span(text)));
}

base::Result<formats::PoseFileHints> hints_of(const PoseFileOptions& options) {
  formats::PoseFileHints hints;
  hints.poses = {options.size, options.rate_hz};
  hints.up = options.up;
  if (!options.markers) return hints;
  const auto text = read_text_file(*options.markers);
  if (!text) return text.error();
  auto table = formats::read_marker_table(text.value(), options.markers->string());
  if (!table) return table.error();
  hints.markers = std::move(table).value();
  return hints;
}

/// The pose files of a folder, in the order of their pictures.
base::Result<std::map<std::int64_t, fs::path>> files_in(const fs::path& folder) {
  std::map<std::int64_t, fs::path> json;
  std::map<std::int64_t, fs::path> labels;
  std::error_code why;
  for (const auto& entry : fs::directory_iterator(folder, why)) {
    const fs::path& path = entry.path();
    const auto frame = formats::picture_number(path.filename().string());
    if (!frame) continue;
    auto& files = path.extension() == ".json" ? json : labels;
    const auto [there, added] = files.emplace(*frame, path);
    if (!added) {
      return Error{
          ErrorKind::input,
          folder.string() + ": " + there->second.filename().string() + " and " +
              path.filename().string() +
              " have the same frame number; keep each video's files in a separate folder"};
    }
    if (files.size() > formats::kMaxFrames) {
      return formats::too_many_frames_error(folder.string());
    }
  }
  if (why) return Error{ErrorKind::input, folder.string() + ": " + why.message()};
  if (!json.empty()) return json;
  if (!labels.empty()) return labels;
  return Error{
      ErrorKind::input,
      folder.string() +
          ": this folder has no pose files with a number at the end of their names, such "
          "as cam01_000000.json, video_000000000000_keypoints.json or clip_1.txt"};
}

base::Result<PoseFile> read_folder(const fs::path& folder, const PoseFileOptions& options,
                                   const std::atomic<bool>& stop) {
  const auto files = files_in(folder);
  if (!files) return files.error();
  const formats::PoseHints hints{options.size, options.rate_hz};
  formats::PictureFileReader reader(hints);
  std::string checksums;
  for (const auto& [frame, path] : files.value()) {
    if (stop) return Error{ErrorKind::input, folder.string() + ": stopped"};
    const auto text = read_text_file(path);
    if (!text) return text.error();
    checksums += sha256_of(text.value());
    if (auto added = reader.take(frame, text.value(), path.string()); !added) {
      return added.error();
    }
  }
  formats::ImportedPoses poses = reader.take_poses();
  if (auto fits = formats::check_picture_size(poses, hints, folder.string()); !fits) {
    return fits.error();
  }
  return PoseFile{std::move(poses), sha256_of(checksums)};
}

}  // namespace

bool is_pose_file(const fs::path& path) {
  std::error_code why;
  if (fs::is_directory(path, why)) return true;
  auto file = files::InputFile::open(path);
  if (!file) return false;
  std::array<char, 4096> start{};
  const auto got = file.value().read(std::as_writable_bytes(std::span(start)));
  if (!got) return false;
  const std::string_view text(start.data(), got.value());
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos) return false;
  // Other JSON is refused as a pose file, not as a damaged video.
  return text[first] == '{' || text[first] == '[' || formats::pose_format_of(text);
}

base::Result<PoseFile> read_poses(const fs::path& path, const PoseFileOptions& options,
                                  const std::atomic<bool>& stop) {
  std::error_code why;
  if (fs::is_directory(path, why)) return read_folder(path, options, stop);
  const auto text = read_text_file(path);
  if (!text) return text.error();
  const auto hints = hints_of(options);
  if (!hints) return hints.error();
  auto poses = formats::read_pose_file(text.value(), path.string(), hints.value());
  if (!poses) return poses.error();
  return PoseFile{std::move(poses).value(), sha256_of(text.value())};
}

}  // namespace matside::recording
