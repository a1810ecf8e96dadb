#include "tests/support/media.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>

extern char** environ;

namespace matside::support {
namespace {

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string file_text(const std::filesystem::path& path) {
  const Bytes bytes = read_bytes(path);
  return {bytes.begin(), bytes.end()};
}

/// Where a program's outputs go.
struct Outputs {
  std::filesystem::path log;
  std::filesystem::path out = "/dev/null";
};

/// Runs the words as a program. @returns its exit status.
int run(const Arguments& words, const std::filesystem::path& folder, const Outputs& outputs) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputs.out.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, outputs.log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return 127;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void put_big_endian(Bytes& bytes, std::size_t at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i)
    bytes.at(at + i) = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

}  // namespace

MediaFolder::MediaFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "matside-media-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for media: " + name);
  folder_ = name;
}

MediaFolder::~MediaFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path MediaFolder::path(const std::string& name) const {
  return name.empty() ? folder_ : folder_ / name;
}

std::filesystem::path MediaFolder::make(const std::string& name,
                                        const Arguments& arguments) const {
  const Arguments words =
      Arguments{"ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"} + arguments +
      Arguments{path(name).string()};
  const auto log = path("ffmpeg.log");
  if (run(words, folder_, {log}) != 0) {
    throw std::runtime_error("ffmpeg could not make " + name + ": " + file_text(log));
  }
  return path(name);
}

std::filesystem::path MediaFolder::write(const std::string& name, const Bytes& bytes) const {
  std::ofstream file(path(name), std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path(name).string());
  return path(name);
}

std::filesystem::path MediaFolder::write(const std::string& name,
                                         const std::string& text) const {
  return write(name, Bytes(text.begin(), text.end()));
}

std::filesystem::path MediaFolder::cut(const std::filesystem::path& source,
                                       const std::string& name, double fraction) const {
  Bytes bytes = read_bytes(source);
  bytes.resize(static_cast<std::size_t>(static_cast<double>(bytes.size()) * fraction));
  return write(name, bytes);
}

Bytes read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> probe(const std::filesystem::path& file, const Arguments& arguments) {
  const MediaFolder folder;
  const Outputs outputs{folder.path("log"), folder.path("out")};
  const Arguments words = Arguments{"ffprobe", "-v", "error", "-of", "csv=p=0"} + arguments +
                          Arguments{std::filesystem::absolute(file).string()};
  if (run(words, folder.path(), outputs) != 0) {
    throw std::runtime_error("ffprobe could not read " + file.string() + ": " +
                             file_text(outputs.log));
  }
  std::vector<std::string> lines;
  std::istringstream text(file_text(outputs.out));
  for (std::string line; std::getline(text, line);) {
    // Side data that was not asked for leaves an empty field or line.
    while (line.ends_with(',')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

Arguments operator+(Arguments first, const Arguments& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Arguments quadrant_clip_args(int width_px, int height_px, double rate_hz, double duration_s) {
  return {"-f", "lavfi", "-i",
          "color=red:s=" + std::to_string(width_px) + "x" + std::to_string(height_px) +
              ":r=" + number(rate_hz) + ":d=" + number(duration_s) +
              ",format=rgb24,drawbox=x=iw/2:y=0:w=iw:h=ih/2:c=lime:t=fill"
              ",drawbox=x=0:y=ih/2:w=iw/2:h=ih:c=blue:t=fill"
              ",drawbox=x=iw/2:y=ih/2:w=iw:h=ih:c=yellow:t=fill"};
}

Arguments grey_step_clip_args(int width_px, int height_px, double rate_hz, double duration_s,
                              int step) {
  return {"-f", "lavfi", "-i",
          "nullsrc=s=" + std::to_string(width_px) + "x" + std::to_string(height_px) +
              ":r=" + number(rate_hz) + ":d=" + number(duration_s) +
              ",format=yuv420p,geq=lum='20+" + std::to_string(step) + "*N':cb=128:cr=128"};
}

Arguments h264_args(const std::string& x264_params) {
  Arguments arguments = {"-c:v", "libx264", "-preset",  "veryfast",
                         "-qp",  "4",       "-pix_fmt", "yuv420p"};
  if (!x264_params.empty()) arguments = arguments + Arguments{"-x264-params", x264_params};
  return arguments;
}

Arguments steady_clip_args(double duration_s) {
  return grey_step_clip_args(64, 48, 10, duration_s) +
         h264_args("bframes=0:keyint=10:scenecut=0");
}

Arguments large_clip_args() {
  return Arguments{"-f", "lavfi", "-i", "testsrc2=s=640x480:r=10:d=4"} +
         h264_args("qp=0:keyint=5");
}

void break_disk_of(int descriptor, const std::filesystem::path& path) {
  // pread() fails on a file that is open for writing only.
  const int unreadable = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (unreadable < 0) throw std::runtime_error(path.string() + " can't be opened");
  ::dup2(unreadable, descriptor);
  ::close(unreadable);
}

void set_display_matrix(const std::filesystem::path& path,
                        const std::array<std::int32_t, 9>& matrix) {
  constexpr std::string_view kTrackHeader = "tkhd";
  constexpr std::size_t kMatrix = 44;  // from the box's name, in version 0
  Bytes bytes = read_bytes(path);
  const auto box =
      std::search(bytes.begin(), bytes.end(), kTrackHeader.begin(), kTrackHeader.end());
  if (box == bytes.end() || box[4] != 0)
    throw std::runtime_error("no track header in the file");
  const auto at = static_cast<std::size_t>(box - bytes.begin()) + kMatrix;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    put_big_endian(bytes, at + 4 * i, static_cast<std::uint32_t>(matrix[i]));
  }
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

Bytes with_exif_orientation(const Bytes& jpeg, int tag) {
  // A big-endian TIFF with one directory of one entry: 0x0112, one unsigned short.
  const Bytes exif = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
                      'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
                      1,    0x12, 0, 3,  0,   0,   0,   1,   0, static_cast<std::uint8_t>(tag),
                      0,    0,    0, 0,  0,   0};
  Bytes bytes = jpeg;
  bytes.insert(bytes.begin() + 2, exif.begin(), exif.end());
  return bytes;
}

}  // namespace matside::support
