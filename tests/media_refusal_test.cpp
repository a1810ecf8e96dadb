// Unreadable files are refused with one clear line, and no other file is opened.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <string>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"

namespace matside::tests {
namespace {

/// The error message after the path, checked for its form.
std::string refusal(const std::filesystem::path& path) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  const auto opened = video::VideoReader::open(path);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  if (opened.ok()) return "was read";
  const std::string& message = opened.error().message;
  EXPECT_EQ(opened.error().kind, base::ErrorKind::input);
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  const std::string start = path.string() + ": ";
  EXPECT_EQ(message.substr(0, start.size()), start) << message;
  return message.substr(std::min(start.size(), message.size()));
}

testing::AssertionResult says(const std::filesystem::path& path, const std::string& words) {
  const std::string message = refusal(path);
  if (message.find(words) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << path << ": " << message;
}

TEST(MediaRefusal, anything_but_a_regular_file_is_refused_with_its_kind) {
  const MediaFolder media;
  const auto fifo = media.path("pipe.mp4");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_TRUE(says(media.path("none.mp4"), "no such file"));
  EXPECT_TRUE(says(media.write("a.txt", std::string("x")) / "b.mp4", "no such file"));
  EXPECT_TRUE(says(media.path(), "is a folder"));
  EXPECT_TRUE(says(fifo, "is not a file on disk"));
  EXPECT_TRUE(says("/dev/zero", "is not a file on disk"));
  EXPECT_TRUE(says(media.write("empty.mp4", std::string()), "the file is empty"));
  EXPECT_TRUE(says("http://localhost/a.mp4", "no such file"));
  EXPECT_TRUE(says("-", "no such file"));
}

TEST(MediaRefusal, a_file_without_read_permission_is_refused) {
  const MediaFolder media;
  const auto path = media.write("secret.mp4", std::string("x"));
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  // The superuser may read anything, so drop privileges first.
  const bool superuser = geteuid() == 0;
  ASSERT_EQ(superuser ? seteuid(65534) : 0, 0);
  const std::string message = refusal(path);
  ASSERT_EQ(superuser ? seteuid(0) : 0, 0);
  EXPECT_EQ(message, "cannot be read; check its permissions");
}

TEST(MediaRefusal, files_other_than_videos_are_refused) {
  const MediaFolder media;
  std::mt19937 random(7);
  Bytes noise(200'000);
  for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(random());
  std::string numbers;
  for (int i = 0; i < 20000; ++i) numbers += std::to_string(i) + "\n";
  const std::string no_media = "is not a video or photo in a known format";
  EXPECT_TRUE(
      says(media.write("text.mp4", std::string("Dear diary, today I kicked.\n")), no_media));
  EXPECT_TRUE(says(media.write("numbers.mp4", numbers), no_media));
  EXPECT_TRUE(says(media.write("noise.mp4", noise), no_media));
  EXPECT_TRUE(says(media.write("zeros.mp4", Bytes(100'000, 0)), no_media));
  EXPECT_TRUE(says(media.write("one.mp4", Bytes(1, 'x')), no_media));
  EXPECT_TRUE(
      says(media.write("poses.csv", std::string("frame,t_s,nose_x\n0,0.0,12\n")), no_media));
  EXPECT_TRUE(says(
      media.write(
          "drawing.svg",
          std::string("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")),
      no_media));
}

TEST(MediaRefusal, an_unsupported_photo_format_has_its_own_message) {
  const MediaFolder media;
  Bytes photo = {0,   0,   0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i',
                 'c', 0,   0, 0,  0,   'm', 'i', 'f', '1', 'h', 'e',
                 'i', 'c', 0, 0,  0,   12,  'm', 'e', 't', 'a'};
  photo.resize(200);
  EXPECT_TRUE(says(media.write("photo.heic", photo), "export the photo as JPEG or PNG"));
}

TEST(MediaRefusal, audio_without_a_picture_has_its_own_message) {
  const MediaFolder media;
  const Arguments tone = {"-f", "lavfi", "-i", "sine=d=0.5"};
  const std::string words = "has sound but no picture";
  EXPECT_TRUE(says(media.make("a.m4a", tone), words));
  EXPECT_TRUE(says(media.make("a.wav", tone), words));
  EXPECT_TRUE(says(media.make("a.mp4", tone), words));
  const auto song = media.make("a.mp3", tone);
  EXPECT_TRUE(says(song, words));
  const auto cover =
      media.make("cover.png", quadrant_clip_args(32, 32, 1, 1) + Arguments{"-frames:v", "1"});
  EXPECT_TRUE(says(
      media.make("cover.mp3", {"-i", song.string(), "-i", cover.string(), "-map", "0", "-map",
                               "1", "-c", "copy", "-disposition:v", "attached_pic"}),
      words));
}

TEST(MediaRefusal, a_picture_that_cannot_be_decoded_is_reported) {
  const MediaFolder media;
  const auto clip = media.make("a.mp4", grey_step_clip_args(64, 64, 10, 1.0) + h264_args());
  Bytes bytes = support::read_bytes(clip);
  const std::string name = "avc1";
  auto entry = bytes.begin();
  // The brand in the file's first box has the same name; the sample entry comes after it.
  for (auto at = bytes.begin(); at != bytes.end(); ++at) {
    at = std::search(at, bytes.end(), name.begin(), name.end());
    if (at == bytes.end()) break;
    entry = at;
  }
  ASSERT_NE(entry, bytes.begin());
  std::copy_n("zzzz", 4, entry);
  const std::string unknown = refusal(media.write("unknown.mp4", bytes));
  EXPECT_NE(unknown.find("in an unknown encoding"), std::string::npos) << unknown;

  Bytes hollow = support::read_bytes(
      media.make("b.mp4", grey_step_clip_args(64, 64, 10, 1.0) + h264_args() +
                              Arguments{"-movflags", "+faststart"}));
  const std::string data = "mdat";
  const auto box = std::search(hollow.begin(), hollow.end(), data.begin(), data.end());
  std::fill(box + 4, hollow.end(), std::uint8_t{0});
  EXPECT_TRUE(
      says(media.write("hollow.mp4", hollow), "none of its frames (h264) can be decoded"));
}

TEST(MediaRefusal, a_format_that_is_not_read_is_named_with_those_that_are) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 64, 25, 0.4);
  const std::vector<std::pair<std::string, std::string>> formats = {
      {"a.nut", "nut"}, {"a.mxf", "mxf"}, {"a.y4m", "yuv4mpegpipe"}, {"a.ivf", "ivf"}};
  for (const auto& [file, name] : formats) {
    const std::string message = refusal(media.make(file, clip));
    EXPECT_NE(message.find("is in the format " + name + ", which Matside can't read"),
              std::string::npos)
        << message;
    EXPECT_NE(message.find("It reads MP4, MOV"), std::string::npos) << message;
    EXPECT_NE(message.find("Convert it to MP4"), std::string::npos) << message;
  }
  // Its name doesn't matter.
  std::filesystem::copy_file(media.path("a.nut"), media.path("nut.mp4"));
  EXPECT_TRUE(says(media.path("nut.mp4"), "is in the format nut"));
}

TEST(MediaRefusal, a_codec_that_is_not_read_is_named) {
  const MediaFolder media;
  for (const std::string codec : {"huffyuv", "cinepak", "snow", "utvideo"}) {
    const auto clip = media.make(codec + ".mkv", grey_step_clip_args(64, 64, 10, 1.0) +
                                                     Arguments{"-c:v", codec, "-strict", "-2"});
    EXPECT_TRUE(says(clip, "its video is encoded as " + codec +
                               ", which Matside can't read. Convert it to H.264"));
  }
}

/// A local port that counts connections.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, any, size) != 0 || listen(socket_, 4) != 0 ||
        getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port to listen on");
    }
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { close(socket_); }
  [[nodiscard]] std::string address() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/";
  }
  [[nodiscard]] bool was_called() const {
    const int caller = accept(socket_, nullptr, nullptr);
    if (caller >= 0) close(caller);
    return caller >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(MediaRefusal, a_file_that_refers_to_other_files_or_addresses_opens_none_of_them) {
  const MediaFolder media;
  const Listener listener;
  const auto part = media.make("part.ts", grey_step_clip_args(64, 64, 10, 1.0) + h264_args());
  media.make("part.mp4", {"-i", part.string(), "-c", "copy"});
  const std::string playlist_head =
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\n";
  const std::string playlist_end = "\n#EXT-X-ENDLIST\n";
  const std::string script = "ffconcat version 1.0\nfile ";
  const std::string manifest_head =
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
      "mediaPresentationDuration=\"PT1S\" profiles=\"urn:mpeg:dash:profile:isoff-live:2011\">"
      "<Period><AdaptationSet contentType=\"video\"><Representation id=\"0\" bandwidth=\"1\">"
      "<BaseURL>";
  const std::string manifest_end = "</BaseURL></Representation></AdaptationSet></Period></MPD>";
  const std::vector<std::pair<std::string, std::string>> lists = {
      {"near.m3u8", playlist_head + "part.ts" + playlist_end},
      {"near.mp4", playlist_head + part.string() + playlist_end},
      {"far.m3u8", playlist_head + listener.address() + "part.ts" + playlist_end},
      {"near.ffconcat", script + "part.mp4\n"},
      {"far.ffconcat", script + listener.address() + "part.mp4\n"},
      {"near.mpd", manifest_head + "part.mp4" + manifest_end},
      {"far.mpd", manifest_head + listener.address() + "part.mp4" + manifest_end},
      {"call.sdp",
       "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
       "m=video 9999 RTP/AVP 96\na=rtpmap:96 H264/90000\n"},
  };
  for (const auto& [name, text] : lists) {
    EXPECT_TRUE(says(media.write(name, text), "is a playlist that refers to other files"));
  }
  EXPECT_TRUE(says(media.path("part%d.mp4"), "no such file"));
  EXPECT_TRUE(says("concat:" + part.string() + "|" + part.string(), "no such file"));
  EXPECT_FALSE(listener.was_called());
}

TEST(MediaRefusal, damaged_media_print_nothing_to_the_terminal) {
  const MediaFolder media;
  const auto whole = media.make(
      "a.mkv", Arguments{"-f", "lavfi", "-i", "testsrc2=s=128x96:r=10:d=3"} + h264_args());
  Bytes bytes = support::read_bytes(whole);
  for (std::size_t i = bytes.size() / 4; i < bytes.size(); i += 97) bytes[i] ^= 0x55;
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  auto reader = open_video(media.write("damaged.mkv", bytes));
  read_all(reader);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_GT(reader.damaged(), 0);
}

}  // namespace
}  // namespace matside::tests
