// Writes seeds for fuzz_protocol, taken from real conversations: protocol_seeds FOLDER
#include <turbojpeg.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

const std::string kHead =
    "Host: 127.0.0.1:8787\r\nOrigin: http://127.0.0.1:8787\r\nCookie: matside-8787=c\r\n";
const std::string kHello =
    R"({"type":"hello","level":1,"repetitions":2,"guided":true,"camera":true,"breath":"out_on_kicks"})";
const std::string kCarried =
    R"({"type":"hello","level":0,"repetitions":10,"guided":false,"camera":true,"breath":"off","carried":{"left":1,"right":1,"unsure":0,"kicks":4,"clean":2}})";
const std::string kOfAda =
    R"({"type":"hello","level":1,"repetitions":2,"guided":false,"camera":true,"breath":"off","person":1,"comfort_before":1})";
const std::string kExport =
    R"({"schema":"matside.export/1","person":{"name":"Ada","since_unix_s":0,"settings":"{}","teacher_level":null,"informed_unix_s":null,"asked_since_unix_s":null},"practices":[]})";
const std::string kThree =
    R"({"type":"hello","exercise":"prone-leg-lift","level":0,"repetitions":1,"then":[{"exercise":"swan-preparation","level":1,"repetitions":3},{"exercise":"single-leg-kick","level":2,"repetitions":2}],"guided":true,"camera":true,"breath":"off","person":1})";
const std::string kSoundOnly =
    R"({"type":"hello","level":2,"repetitions":3,"guided":true,"camera":false,"breath":"in_on_kicks"})";

std::string post(const std::string& route, const std::string& body) {
  return "POST /api/" + route + " HTTP/1.1\r\n" + kHead +
         "X-Matside: page\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

std::string bytes(const auto& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string grey_jpeg() {
  const std::vector<unsigned char> grey(32 * 24, 128);
  unsigned char* jpeg = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): as turbojpeg has it
  void* writer = tjInitCompress();
  tjCompress2(writer, grey.data(), 32, 0, 24, TJPF_GRAY, &jpeg, &size, TJSAMP_GRAY, 50, 0);
  std::string text(reinterpret_cast<char*>(jpeg), size);
  tjFree(jpeg);
  tjDestroy(writer);
  return text;
}

std::string message(char kind, const std::string& content) {
  const auto size = static_cast<std::uint16_t>(content.size());
  return std::string(1, kind) + bytes(size) + content;
}
std::string text(const std::string& content) { return message('\0', content); }
std::string binary(const std::string& content) { return message('\1', content); }

std::string picture(std::uint32_t index) {
  return binary(bytes(index) + bytes(index / 30.0) + grey_jpeg());
}

std::string poses(std::uint32_t index, bool person) {
  std::string content = bytes(index) + bytes(index / 30.0) + bytes(std::uint16_t{640}) +
                        bytes(std::uint16_t{360});
  for (int k = 0; person && k < 33; ++k) {
    content += bytes(100.0F + 10.0F * static_cast<float>(k)) + bytes(180.0F) + bytes(0.9F);
  }
  return binary(content);
}

/// Three frames of nobody, as the subprotocol matside.poses.1 has them.
std::string pose_message(std::uint32_t first) {
  std::string content = "MPOS" + bytes(std::uint16_t{1}) + bytes(std::uint16_t{3}) +
                        bytes(first) + bytes(std::uint16_t{640}) + bytes(std::uint16_t{360});
  for (std::uint32_t i = 0; i < 3; ++i)
    content += bytes((first + i) / 30.0) + std::string(400, '\0');
  return binary(content);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string stop = text(R"({"type":"stop"})");
  const std::string talk = text(R"({"type":"pause"})") + text(R"({"type":"resume"})") +
                           text(R"({"type":"comfort","answer":"comfortable"})");
  const std::vector<std::string> seeds = {
      "GET / HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /page.js HTTP/1.1\r\n" + kHead + "Connection: close\r\n\r\n",
      "POST /analyze?level=2 HTTP/1.1\r\n" + kHead +
          "X-Matside: page\r\nContent-Length: 4\r\n\r\nabcd",
      "POST /analyze HTTP/1.1\r\n" + kHead +
          "X-Matside: page\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "GET /practice HTTP/1.1\r\n" + kHead +
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      "POST /pair HTTP/1.1\r\n" + kHead + "Content-Length: 14\r\n\r\ncode=1234+5678",
      "GET /api/today?person=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/today?person=1&exercise=swan-preparation HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/exercises HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/exercises?person=1 HTTP/1.1\r\n" + kHead + "\r\n",
      post("change?exercise=double-leg-kick", R"({"change":"informed","person":1})"),
      "POST /analyze?level=1&exercise=prone-leg-lift HTTP/1.1\r\n" + kHead +
          "X-Matside: page\r\nContent-Length: 4\r\n\r\nabcd",
      "GET /api/export?person=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/progress?person=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/calendar?person=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/practice?id=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/repetition?practice=1&index=1 HTTP/1.1\r\n" + kHead + "\r\n",
      "GET /api/report?id=1 HTTP/1.1\r\n" + kHead + "\r\n",
      post("change", R"({"change":"erase_practice","practice":1})"),
      post("change", R"({"change":"erase_person","person":1})"),
      post("persons", R"({"name":"Bo"})"),
      post("unlock", R"({"person":1,"pin":"2468"})"),
      post("change", R"({"change":"settings","person":1,"settings":{"voice":false}})"),
      post("change", R"({"change":"teacher","person":1,"level":2})"),
      post("import?person=1", kExport),
      post("keep?person=1",
           R"({"recording":"00","start_unix_s":1700000000,"utc_offset_min":60})"),
      "GET /pair HTTP/1.1\r\n" + kHead + "Cookie: __Host-matside=00\r\n\r\n",
      text(kHello) + picture(0) + picture(1) + stop,
      text(kCarried) + picture(0) + talk + picture(1) + stop,
      text(kHello) + text(R"({"type":"comfort","answer":"discomfort"})"),
      text(kSoundOnly) + text(R"({"type":"self_reported","left":3,"right":3})"),
      text(kThree) + picture(0) + picture(1) + stop,
      text(kThree) + poses(0, true) + poses(1, false) + talk + stop,
      text(kOfAda) + picture(0) + picture(1) + stop,
      text(kHello) + picture(0) + text(R"({"type":"camera_back"})") +
          text(R"({"type":"page_says","id":"camera_back","text":"Here.","time_s":0.1})") +
          picture(1) + stop,
      text(kHello) + poses(0, true) + poses(1, false) + talk + poses(2, true) + stop,
  };
  std::filesystem::create_directories(argv[1]);
  std::ofstream(std::filesystem::path(argv[1]) / "several", std::ios::binary)
      << '\6' << text(kHello) << pose_message(0) << talk << pose_message(3) << stop;
  int number = 0;
  for (const std::string& seed : seeds) {
    // Each text for every kind of connection.
    for (char kind = 0; kind < 4; ++kind) {
      std::ofstream(std::filesystem::path(argv[1]) / std::to_string(number++), std::ios::binary)
          << kind << seed;
    }
  }
  return 0;
}
