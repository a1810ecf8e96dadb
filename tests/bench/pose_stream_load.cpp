// Load test: sends thousands of simulated practices to `matside serve --pose-streams N` at
// once, each at 30 frames a second, and measures each frame's latency:
//   pose_stream_load PORT SERVER_PID SESSIONS SECONDS EVERY [FRAMES_PER_MESSAGE]
// EVERY is the number of frames for each answer. With FRAMES_PER_MESSAGE, the messages are
// those of the subprotocol matside.poses.1. Prints JSON. Latency counts from when a message's
// last frame was due, so that a slow sender does not flatter the server. Sessions are spread
// evenly over time, and each is at another point of its practice.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pose_message.h"
#include "protocol/pose_stream.h"
#include "tests/bench/web_socket.h"
#include "tests/support/practice.h"

namespace {

using namespace matside;
using bench::exit_with_error;
using bench::Kind;
using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr double kRate_hz = 30.0;
constexpr std::size_t kRing = 256;  // Unanswered messages of one session.
constexpr double kWarmUp_s = 3.0;
constexpr int kMaxEvents = 256;

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::vector<pose::PoseFrame> practised() {
  support::Practice practice;
  practice.fps = kRate_hz;
  practice.noise_px = 0.5;
  practice.steps = support::alternating(8);
  return support::perform(practice).frames;
}

/// Messages of a practice that repeats for ever, as a WebSocket frame with a mask of zeros.
class Messages {
 public:
  /// @param frames_per_message 0: one frame in each, in the form without a subprotocol
  explicit Messages(std::size_t frames_per_message)
      : several_(frames_per_message > 0),
        frames_(std::max<std::size_t>(frames_per_message, 1)) {
    for (const pose::PoseFrame& frame : practised()) add(frame);
    // A message may begin anywhere.
    landmarks_ += landmarks_.substr(0, frames_ * kLandmarks_bytes);
    message_ = bench::head_of(Kind::binary, several_ ? formats::pose_message_bytes(frames_)
                                                     : protocol::kPosesFrame_bytes);
    begin_ = message_.size();
    message_.resize(begin_ + (several_ ? formats::pose_message_bytes(frames_)
                                       : protocol::kPosesFrame_bytes));
    if (!several_) return;
    formats::PoseMessageWriter head(0);
    pose::PoseFrame nobody;
    nobody.image_size = size_;
    for (std::size_t i = 0; i < frames_; ++i) {
      nobody.time = base::Seconds(static_cast<double>(i + 1));
      if (!head.add(nobody)) exit_with_error("a message can't have so many frames");
    }
    std::memcpy(&message_[begin_], head.bytes().data(), head.bytes().size());
  }

  [[nodiscard]] std::size_t frames_in_one() const { return frames_; }
  [[nodiscard]] std::size_t frames_in_practice() const { return practice_; }

  /// @param from the practice's frame, @param index the session's own number of it
  const std::string& make(std::size_t from, std::uint32_t index) {
    if (!several_) {
      set(0, index);
      set(4, index / kRate_hz);
      set(12, static_cast<std::uint16_t>(size_.width_px));
      set(14, static_cast<std::uint16_t>(size_.height_px));
      copy_landmarks(16, from);
      return message_;
    }
    set(8, index);
    for (std::size_t i = 0; i < frames_; ++i) {
      const std::size_t at = formats::pose_message_bytes(i);
      set(at, static_cast<double>(index + i) / kRate_hz);
      set(at + 8, std::uint32_t{1});
      copy_landmarks(at + 12, from + i);
    }
    return message_;
  }

 private:
  static constexpr std::size_t kLandmarks_bytes = 12 * pose::kLandmarkCount;

  void add(const pose::PoseFrame& frame) {
    for (const pose::Keypoint& keypoint : frame.pose.value_or(pose::Pose{}).keypoints) {
      for (const double number :
           {keypoint.position.x_px, keypoint.position.y_px, keypoint.score}) {
        const auto value = static_cast<float>(number);
        landmarks_.append(reinterpret_cast<const char*>(&value), sizeof value);
      }
    }
    size_ = frame.image_size;
    ++practice_;
  }
  template <class T>
  void set(std::size_t at, T value) {
    std::memcpy(&message_[begin_ + at], &value, sizeof value);
  }
  void copy_landmarks(std::size_t at, std::size_t from) {
    std::memcpy(&message_[begin_ + at], &landmarks_[from * kLandmarks_bytes], kLandmarks_bytes);
  }

  bool several_;
  std::size_t frames_;
  std::size_t practice_ = 0;
  base::ImageSize size_;
  std::string landmarks_;
  std::string message_;
  std::size_t begin_ = 0;  ///< Behind the WebSocket's head.
};

struct Session {
  int socket = -1;
  std::size_t offset = 0;  ///< The practice's frame at its start.
  std::uint32_t sent = 0;
  std::uint32_t answered = 0;
  std::array<Clock::time_point, kRing> due{};  ///< Of messages.
  std::string inbox;
};

struct Tally {
  std::vector<float> latency_ms;
  std::uint64_t frames = 0;
  std::uint64_t events = 0;
  std::uint64_t kept_back = 0;  ///< Messages delayed because the socket was full.
  double most_behind_ms = 0.0;  ///< Greatest delay of the sender itself.
};

Session begin(std::uint16_t port, std::size_t offset, int every, bool several) {
  bench::WebSocket socket(port, "/poses?every=" + std::to_string(every),
                          several ? std::string(formats::kPoseMessageProtocol) : "");
  socket.send(Kind::text, bench::kHello);
  socket.next_containing("\"ready\"");
  Session session;
  session.offset = offset;
  session.socket = socket.descriptor();
  fcntl(session.socket, F_SETFL, fcntl(session.socket, F_GETFL) | O_NONBLOCK);
  return session;
}

/// Records the answer to all frames up to `index`, with the last one's latency.
void take_done(Session& session, std::size_t frames_in_one, std::uint32_t index,
               Clock::time_point now, bool counts, Tally& tally) {
  if (index >= session.sent) exit_with_error("the server answered a frame that was not sent");
  session.answered = index + 1;
  if (!counts) return;
  tally.latency_ms.push_back(
      static_cast<float>(seconds(now - session.due[index / frames_in_one % kRing]) * 1e3));
}

/// Handles the complete WebSocket frames.
void take_inbox(Session& session, std::size_t frames_in_one, Clock::time_point now, bool counts,
                Tally& tally) {
  std::string_view in = session.inbox;
  std::string last_text;
  while (const auto received = bench::parse_frame(in)) {
    if (received->kind == Kind::binary && received->body.size() == sizeof(std::uint32_t)) {
      std::uint32_t index = 0;
      std::memcpy(&index, received->body.data(), sizeof index);
      take_done(session, frames_in_one, index, now, counts, tally);
    } else if (received->kind == Kind::text) {
      last_text = received->body;
      if (counts) ++tally.events;
    } else if (received->kind == Kind::close) {
      exit_with_error("the server closed a session: " + last_text);
    } else if (received->kind == Kind::ping) {
      const std::string pong = bench::head_of(Kind::pong, 0);
      ::send(session.socket, pong.data(), pong.size(), MSG_NOSIGNAL);
    }
    in.remove_prefix(received->size);
  }
  session.inbox.erase(0, session.inbox.size() - in.size());
}

class Load {
 public:
  Load(std::uint16_t port, std::size_t sessions, int every, std::size_t frames_per_message)
      : messages_(frames_per_message) {
    epoll_ = epoll_create1(0);
    for (std::size_t i = 0; i < sessions; ++i) {
      sessions_.push_back(begin(port, i * messages_.frames_in_practice() / sessions, every,
                                frames_per_message > 0));
    }
    for (std::size_t i = 0; i < sessions; ++i) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_, EPOLL_CTL_ADD, sessions_[i].socket, &event);
    }
  }

  void run(double for_s, Tally& tally, const std::function<void()>& warm) {
    const auto start = Clock::now();
    const auto between = nanoseconds(static_cast<std::int64_t>(
        1e9 / kRate_hz * static_cast<double>(messages_.frames_in_one()) /
        static_cast<double>(sessions_.size())));
    std::uint64_t next = 0;
    bool counts = false;
    for (auto now = start; seconds(now - start) < kWarmUp_s + for_s; now = Clock::now()) {
      if (!counts && seconds(now - start) >= kWarmUp_s) {
        counts = true;
        warm();
      }
      // A few at a time, so that answers are read as they come.
      for (int burst = 0; burst < 8 && start + between * next <= now; ++burst) {
        send(sessions_[next % sessions_.size()], start + between * next, counts, tally);
        ++next;
      }
      if (counts) {
        const double behind_ms = seconds(now - (start + between * next)) * 1e3;
        tally.most_behind_ms = std::max(tally.most_behind_ms, behind_ms);
      }
      read(counts, tally);
    }
  }

 private:
  void send(Session& session, Clock::time_point due, bool counts, Tally& tally) {
    const auto frames = static_cast<std::uint32_t>(messages_.frames_in_one());
    if (session.sent - session.answered >= kRing * frames) return void(++tally.kept_back);
    const std::string& message = messages_.make(
        (session.offset + session.sent) % messages_.frames_in_practice(), session.sent);
    const ssize_t sent = ::send(session.socket, message.data(), message.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return void(++tally.kept_back);
    if (sent != static_cast<ssize_t>(message.size()))
      exit_with_error("a message was sent only in part");
    session.due[session.sent / frames % kRing] = due;
    session.sent += frames;
    if (counts) tally.frames += frames;
  }

  void read(bool counts, Tally& tally) {
    std::array<epoll_event, kMaxEvents> ready;
    std::array<char, 4096> piece;
    const int count = epoll_wait(epoll_, ready.data(), kMaxEvents, 0);
    for (int i = 0; i < count; ++i) {
      Session& session = sessions_[ready[static_cast<std::size_t>(i)].data.u64];
      const ssize_t got = ::recv(session.socket, piece.data(), piece.size(), 0);
      if (got <= 0) exit_with_error("the server closed the connection");
      session.inbox.append(piece.data(), static_cast<std::size_t>(got));
      take_inbox(session, messages_.frames_in_one(), Clock::now(), counts, tally);
    }
  }

  Messages messages_;
  std::vector<Session> sessions_;
  int epoll_ = -1;
};

/// The server's processor time.
struct Usage {
  double processor_s = 0.0;
  double resident_kb = 0.0;
};

Usage usage_of(const std::string& process) {
  Usage usage;
  std::ifstream stat("/proc/" + process + "/stat");
  std::string text{std::istreambuf_iterator<char>(stat), {}};
  text.erase(0, text.rfind(')') + 2);
  std::size_t field = 3;
  for (std::size_t begin = 0; begin < text.size(); ++field) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (field == 14 || field == 15) {
      usage.processor_s += std::stod(text.substr(begin, end - begin)) /
                           static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    if (field == 24) {
      usage.resident_kb = std::stod(text.substr(begin, end - begin)) *
                          static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024.0;
    }
    begin = end + 1;
  }
  return usage;
}

template <class T>
T number(const char* text, const char* what) {
  T value{};
  const auto read = std::from_chars(text, text + std::strlen(text), value);
  if (read.ec != std::errc() || *read.ptr != '\0')
    exit_with_error(std::string(what) + " is no number");
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 && argc != 7) {
    exit_with_error(
        "usage: pose_stream_load PORT SERVER_PID SESSIONS SECONDS EVERY [FRAMES_PER_MESSAGE]");
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const auto count = number<std::size_t>(argv[3], "SESSIONS");
  const auto for_s = number<double>(argv[4], "SECONDS");
  const auto frames_per_message =
      argc == 7 ? number<std::size_t>(argv[6], "FRAMES_PER_MESSAGE") : 0;
  const Usage idle = usage_of(argv[2]);
  Load load(number<std::uint16_t>(argv[1], "PORT"), count, number<int>(argv[5], "EVERY"),
            frames_per_message);
  Tally tally;
  Usage warm;
  load.run(for_s, tally, [&] { warm = usage_of(argv[2]); });
  const Usage end = usage_of(argv[2]);
  std::ranges::sort(tally.latency_ms);
  if (tally.latency_ms.empty()) exit_with_error("no frame was answered");
  const auto quantile = [&](double share) {
    return tally.latency_ms[static_cast<std::size_t>(
        share * static_cast<double>(tally.latency_ms.size() - 1))];
  };
  const double processor_s = end.processor_s - warm.processor_s;
  const auto frames = static_cast<double>(tally.frames);
  std::cout << "{\"sessions\": " << count << ", \"seconds\": " << for_s
            << ", \"frames_per_message\": " << frames_per_message
            << ", \"frames\": " << tally.frames << ", \"answered\": " << tally.latency_ms.size()
            << ", \"events\": " << tally.events << ", \"kept_back\": " << tally.kept_back
            << ", \"p50_ms\": " << quantile(0.5) << ", \"p99_ms\": " << quantile(0.99)
            << ", \"most_ms\": " << tally.latency_ms.back()
            << ", \"sender_behind_ms\": " << tally.most_behind_ms
            << ", \"server_cores\": " << processor_s / for_s
            << ", \"server_us_a_frame\": " << processor_s / frames * 1e6
            << ", \"kb_a_session\": "
            << (end.resident_kb - idle.resident_kb) / static_cast<double>(count) << "}\n";
}
