// render_bodies: renders posed bodies in rooms, with labels, to train and test the eye.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tools/bodyrender/npy.h"
#include "tools/bodyrender/sample.h"

namespace {

namespace body = matside::bodyrender;

constexpr int kVersion = 1;
constexpr const char* kUsage =
    "usage: render_bodies --data DIR --out PREFIX --seed N --bodies B --poses P [--threads T]\n"
    "                     [--style plain|rich|held] [--share-frames 0.25]\n"
    "                     [--empty-crops 0.1]\n";

struct Options {
  std::string data;
  std::string out;
  int bodies = 0;
  int poses = 0;
  int threads = 2;
  body::SampleSettings settings;
};

template <class T>
bool number(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  return problem == std::errc() && stop == end;
}

bool read_share(const std::string& text, float& share) {
  return number(text, share) && share >= 0.0F && share <= 1.0F;
}

bool read_style(const std::string& text, body::Style& style) {
  if (text == "plain")
    style = body::Style::plain;
  else if (text == "rich")
    style = body::Style::rich;
  else if (text == "held")
    style = body::Style::held;
  else
    return false;
  return true;
}

bool read_option(const std::string& name, const std::string& value, Options& options) {
  if (name == "--data") return !(options.data = value).empty();
  if (name == "--out") return !(options.out = value).empty();
  if (name == "--seed") return number(value, options.settings.seed);
  if (name == "--bodies") return number(value, options.bodies) && options.bodies > 0;
  if (name == "--poses") return number(value, options.poses) && options.poses > 0;
  if (name == "--threads") return number(value, options.threads) && options.threads > 0;
  if (name == "--style") return read_style(value, options.settings.style);
  if (name == "--share-frames") return read_share(value, options.settings.share_frames);
  if (name == "--empty-crops") return read_share(value, options.settings.empty_crops);
  return false;
}

std::optional<Options> read_options(const std::vector<std::string>& words) {
  Options options;
  options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (i + 1 == words.size() || !read_option(words[i], words[i + 1], options)) {
      std::fprintf(stderr, "render_bodies: can't use %s %s\n", words[i].c_str(),
                   i + 1 < words.size() ? words[i + 1].c_str() : "without a value");
      return std::nullopt;
    }
  }
  if (options.data.empty() || options.out.empty() || options.bodies == 0 ||
      options.poses == 0) {
    return std::nullopt;
  }
  return options;
}

int fail(const matside::base::Error& error) {
  std::fprintf(stderr, "render_bodies: %s\n", error.message.c_str());
  return 1;
}

bool write_columns(const Options& options, const std::string& command) {
  nlohmann::ordered_json json;
  json["generator"] = "render_bodies";
  json["version"] = kVersion;
  json["command"] = command;
  json["columns"] = body::label_columns();
  std::ofstream out(options.out + "_columns.json");
  out << json.dump(1) << '\n';
  return static_cast<bool>(out.flush());
}

/// Renders `threads` bodies at a time and writes their samples in order.
int run(const Options& options, const std::string& command) {
  const auto data = body::load_body_data(options.data);
  if (!data) return fail(data.error());
  const std::size_t count =
      static_cast<std::size_t>(options.bodies) * static_cast<std::size_t>(options.poses);
  const std::size_t side = body::kSampleSide_px;
  auto images =
      body::NpyFile::create(options.out + "_images.npy", "|u1", {count, side, side, 3});
  if (!images) return fail(images.error());
  auto labels = body::NpyFile::create(options.out + "_labels.npy", "<f4",
                                      {count, body::label_columns().size()});
  if (!labels) return fail(labels.error());
  for (int first = 0; first < options.bodies; first += options.threads) {
    const int batch = std::min(options.threads, options.bodies - first);
    std::vector<std::vector<body::Sample>> made(static_cast<std::size_t>(batch));
    std::vector<std::jthread> workers;
    for (int k = 0; k < batch; ++k) {
      workers.emplace_back([&, k] {
        body::BodySampler sampler(data.value(), options.settings, first + k);
        auto& samples = made[static_cast<std::size_t>(k)];
        for (int pose = 0; pose < options.poses; ++pose) samples.push_back(sampler.next());
      });
    }
    for (std::jthread& worker : workers) worker.join();
    for (const auto& samples : made) {
      for (const body::Sample& sample : samples) {
        images.value().append(std::span<const std::uint8_t>(sample.picture.rgb));
        labels.value().append(std::span<const float>(sample.labels));
      }
    }
  }
  if (auto done = images.value().close(); !done) return fail(done.error());
  if (auto done = labels.value().close(); !done) return fail(done.error());
  if (!write_columns(options, command)) {
    return fail(
        {matside::base::ErrorKind::output, options.out + "_columns.json: can't be written"});
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto options = read_options(words);
  if (!options) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  std::string command = "render_bodies";
  for (const std::string& word : words) command += " " + word;
  return run(*options, command);
} catch (const std::exception& problem) {
  std::fprintf(stderr, "render_bodies: %s\n", problem.what());
  return 1;
}
