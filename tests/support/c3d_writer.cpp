#include "tests/support/c3d_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

namespace matside::support {
namespace {

constexpr std::size_t kBlock = 512;
constexpr int kPointGroup = 1;
constexpr int kTrialGroup = 2;
constexpr std::size_t kMostLabels = 255;  ///< Of one parameter.
constexpr std::size_t kLabelLength = 16;

class C3dWriter {
 public:
  explicit C3dWriter(C3dForm::Processor processor) : processor_(processor) {}

  void byte(int value) { bytes_ += static_cast<char>(value); }
  void word(int value) {
    const auto bits = static_cast<std::uint16_t>(value);
    const int low = bits & 0xFF;
    const int high = bits >> 8U;
    const bool big = processor_ == C3dForm::Processor::mips;
    byte(big ? high : low);
    byte(big ? low : high);
  }
  void real(double value) {
    // VAX numbers have an exponent that is larger by 2, and their words in the other order.
    const bool dec = processor_ == C3dForm::Processor::dec;
    constexpr double kVax = 4.0;
    const auto bits =
        std::bit_cast<std::uint32_t>(static_cast<float>(dec ? value * kVax : value));
    const int low = static_cast<int>(bits & 0xFFFFU);
    const int high = static_cast<int>(bits >> 16U);
    word(processor_ == C3dForm::Processor::intel ? low : high);
    word(processor_ == C3dForm::Processor::intel ? high : low);
  }
  void text(std::string_view text, std::size_t length) {
    std::string padded(text.substr(0, length));
    padded.resize(length, ' ');
    bytes_ += padded;
  }
  /// A record of the parameter section: name, group, and what follows the offset.
  void record(std::string_view name, int group, const C3dWriter& body) {
    byte(static_cast<int>(name.size()));
    byte(group);
    bytes_ += name;
    word(static_cast<int>(body.bytes_.size()) + 2);
    bytes_ += body.bytes_;
  }
  void fill_block() { bytes_.resize((bytes_.size() + kBlock - 1) / kBlock * kBlock, '\0'); }
  [[nodiscard]] std::size_t blocks() const { return bytes_.size() / kBlock; }
  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  C3dForm::Processor processor_;
  std::string bytes_;
};

enum class C3dType { characters = -1, integer = 2, real = 4 };

void begin_parameter(C3dWriter& body, C3dType type, const std::vector<int>& dimensions) {
  body.byte(static_cast<int>(type));
  body.byte(static_cast<int>(dimensions.size()));
  for (const int dimension : dimensions) body.byte(dimension);
}

void add_integer(C3dWriter& section, C3dForm::Processor processor, std::string_view name,
                 int value) {
  C3dWriter body(processor);
  begin_parameter(body, C3dType::integer, {});
  body.word(value);
  body.byte(0);  // No description.
  section.record(name, kPointGroup, body);
}

// A number of 32 bits, its lower half first.
void add_field(C3dWriter& section, C3dForm::Processor processor, std::string_view name,
               int value) {
  C3dWriter body(processor);
  begin_parameter(body, C3dType::integer, {2});
  body.word(value & 0xFFFF);
  body.word(value >> 16U);
  body.byte(0);
  section.record(name, kTrialGroup, body);
}

void add_real(C3dWriter& section, C3dForm::Processor processor, std::string_view name,
              double value) {
  C3dWriter body(processor);
  begin_parameter(body, C3dType::real, {});
  body.real(value);
  body.byte(0);
  section.record(name, kPointGroup, body);
}

void add_texts(C3dWriter& section, C3dForm::Processor processor, std::string_view name,
               const std::vector<std::string>& texts, std::size_t length) {
  C3dWriter body(processor);
  begin_parameter(body, C3dType::characters,
                  {static_cast<int>(length), static_cast<int>(texts.size())});
  for (const std::string& text : texts) body.text(text, length);
  body.byte(0);
  section.record(name, kPointGroup, body);
}

C3dWriter parameter_section(const C3dForm& form, const std::vector<std::string>& labels,
                            std::size_t frames, int data_block) {
  const auto processor = form.processor;
  C3dWriter section(processor);
  section.byte(1);
  section.byte(0x50);
  section.byte(0);  // The number of blocks, set below.
  section.byte(static_cast<int>(processor));
  C3dWriter group(processor);
  group.byte(0);
  section.record("POINT", -kPointGroup, group);
  add_integer(section, processor, "USED", static_cast<int>(labels.size()));
  add_real(section, processor, "SCALE", form.reals ? -1.0 : form.scale);
  add_real(section, processor, "RATE", form.rate_hz);
  add_integer(section, processor, "DATA_START", data_block);
  add_integer(section, processor, "FRAMES",
              form.many_frames ? 65535 : static_cast<int>(frames));
  const auto first = labels.begin();
  const auto half = first + static_cast<std::ptrdiff_t>(std::min(labels.size(), kMostLabels));
  add_texts(section, processor, "LABELS", {first, half}, kLabelLength);
  if (half != labels.end()) {
    add_texts(section, processor, "LABELS2", {half, labels.end()}, kLabelLength);
  }
  add_texts(section, processor, "UNITS", {form.units}, 4);
  if (!form.y_screen.empty()) add_texts(section, processor, "Y_SCREEN", {form.y_screen}, 2);
  if (form.many_frames) {
    C3dWriter trial(processor);
    trial.byte(0);
    section.record("TRIAL", -kTrialGroup, trial);
    add_field(section, processor, "ACTUAL_START_FIELD", 70'001);
    add_field(section, processor, "ACTUAL_END_FIELD", 70'000 + static_cast<int>(frames));
  }
  section.byte(0);
  section.byte(0);
  section.fill_block();
  section.bytes()[2] = static_cast<char>(section.blocks());
  return section;
}

}  // namespace

std::string c3d_bytes(const C3dForm& form, const std::vector<std::string>& labels,
                      const std::vector<C3dFrame>& frames) {
  const int data_block =
      2 + static_cast<int>(parameter_section(form, labels, frames.size(), 0).blocks());
  C3dWriter section = parameter_section(form, labels, frames.size(), data_block);
  C3dWriter file(form.processor);
  file.byte(2);
  file.byte(0x50);
  file.word(static_cast<int>(labels.size()));
  file.word(form.analogue_per_frame);
  file.word(1);
  file.word(static_cast<int>(std::min<std::size_t>(frames.size(), 65535)));
  file.word(0);
  file.real(form.reals ? -1.0 : form.scale);
  file.word(data_block);
  file.word(form.analogue_per_frame > 0 ? 1 : 0);
  file.real(form.rate_hz);
  file.fill_block();
  file.bytes() += section.bytes();
  const auto number = [&](double value) {
    if (form.reals) {
      file.real(value);
    } else {
      file.word(static_cast<int>(std::lround(value)));
    }
  };
  for (const C3dFrame& frame : frames) {
    for (const auto& point : frame) {
      const std::array<double, 3> at = point.value_or(std::array{0.0, 0.0, 0.0});
      for (const double coordinate : at)
        number(form.reals ? coordinate : coordinate / form.scale);
      number(point ? 0.0 : -1.0);
    }
    for (int i = 0; i < form.analogue_per_frame; ++i) number(7.0);
  }
  file.fill_block();
  return file.bytes();
}

}  // namespace matside::support
