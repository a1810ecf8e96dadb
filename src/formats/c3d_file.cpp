#include "formats/c3d_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <utility>

#include "core/base/printable_text.h"

namespace matside::formats {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::uint8_t kKey = 0x50;
// Where the parameters can begin; the beginning of a file that is looked at has eight blocks.
constexpr std::size_t kLastStartBlock = 8;
constexpr int kCharacters = -1;
constexpr int kByte = 1;
constexpr int kInteger = 2;
constexpr int kReal = 4;
constexpr std::size_t kMaxDimensions = 7;
constexpr std::size_t kMaxParameters = 10'000;

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::optional<C3dProcessor> processor_of(std::uint8_t number) {
  constexpr std::uint8_t kIntel = 84;
  constexpr std::uint8_t kDec = 85;
  constexpr std::uint8_t kMips = 86;
  if (number == kIntel) return C3dProcessor::intel;
  if (number == kDec) return C3dProcessor::dec;
  if (number == kMips) return C3dProcessor::mips;
  return std::nullopt;
}

std::size_t bytes_each(int type) { return type == kReal ? 4U : type == kInteger ? 2U : 1U; }

/// A group or a parameter of the parameter section.
struct C3dRecord {
  std::string name;
  int group = 0;         ///< Negative: the record is the group's own.
  std::size_t body = 0;  ///< After the offset to the next record.
  std::size_t next = 0;  ///< 0: this is the last.
};

}  // namespace

std::uint8_t C3dBytes::byte(std::size_t at) const {
  return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : std::uint8_t{0};
}

std::uint16_t C3dBytes::word(std::size_t at) const {
  const std::uint32_t first = byte(at);
  const std::uint32_t second = byte(at + 1);
  const bool big = processor_ == C3dProcessor::mips;
  return static_cast<std::uint16_t>(big ? (first << 8U) | second : (second << 8U) | first);
}

double C3dBytes::real(std::size_t at) const {
  const std::uint32_t first = word(at);
  const std::uint32_t second = word(at + 2);
  if (processor_ == C3dProcessor::intel) {
    return static_cast<double>(std::bit_cast<float>((second << 16U) | first));
  }
  const auto value = static_cast<double>(std::bit_cast<float>((first << 16U) | second));
  // The exponent of a VAX number is larger by 2, and 0 means 0.
  constexpr double kVaxScale = 0.25;
  if (processor_ == C3dProcessor::mips) return value;
  constexpr std::uint32_t kExponent = 0x7F80;
  return (first & kExponent) == 0 ? 0.0 : value * kVaxScale;
}

std::string C3dBytes::text(std::size_t at, std::size_t length) const {
  const std::size_t begin = std::min(at, bytes_.size());
  std::string_view characters = bytes_.substr(begin, length);
  characters = characters.substr(0, characters.find('\0'));
  while (!characters.empty() && characters.back() == ' ') characters.remove_suffix(1);
  return std::string(characters);
}

std::size_t C3dParameter::count() const {
  std::size_t product = 1;
  for (const std::size_t dimension : dimensions) product *= dimension;
  return product;
}

bool is_c3d(std::string_view bytes) {
  if (bytes.size() < 2 * kBlock || static_cast<std::uint8_t>(bytes[1]) != kKey) return false;
  // A PNG picture has the same key. The parameters follow the header of one block.
  const std::size_t block = static_cast<std::uint8_t>(bytes[0]);
  if (block < 2 || block > kLastStartBlock) return false;
  const std::size_t at = kBlock * (block - 1) + 3;
  return at < bytes.size() && processor_of(static_cast<std::uint8_t>(bytes[at]));
}

base::Result<C3dFile> C3dFile::open(std::string_view bytes, const std::string& name) {
  if (!is_c3d(bytes)) {
    return base::Error{base::ErrorKind::input, name + ": is not a C3D file"};
  }
  const std::size_t begin = kBlock * (static_cast<std::uint8_t>(bytes[0]) - std::size_t{1});
  const C3dBytes any(bytes, C3dProcessor::intel);
  C3dFile file(C3dBytes(bytes, *processor_of(any.byte(begin + 3))));
  const std::size_t blocks = std::max<std::size_t>(any.byte(begin + 2), 1);
  const std::size_t end = std::min(begin + blocks * kBlock, bytes.size());
  if (auto read = file.read_parameters(begin, end, name); !read) return read.error();
  return file;
}

base::Result<void> C3dFile::read_parameters(std::size_t begin, std::size_t end,
                                            const std::string& file) {
  const auto wrong = [&](const std::string& what) {
    return base::Error{base::ErrorKind::input, file + ": " + what};
  };
  std::map<int, std::string> groups;
  std::vector<std::pair<int, std::pair<std::string, C3dParameter>>> found;
  std::size_t at = begin + 4;
  while (at + 4 < end && found.size() < kMaxParameters) {
    // A negative length marks a locked record.
    const auto length = static_cast<std::size_t>(
        std::abs(static_cast<int>(std::bit_cast<std::int8_t>(bytes_.byte(at)))));
    const int group = std::bit_cast<std::int8_t>(bytes_.byte(at + 1));
    if (length == 0 || group == 0) break;
    C3dRecord record{upper_case(bytes_.text(at + 2, length)), group, at + 2 + length + 2, 0};
    const std::size_t offset = bytes_.word(at + 2 + length);
    if (offset != 0) record.next = at + 2 + length + offset;
    if (record.body > end || (record.next != 0 && record.next <= at)) {
      return wrong("its parameters are damaged");
    }
    if (group < 0) {
      groups[-group] = record.name;
    } else {
      C3dParameter parameter;
      // -1 is text.
      const int stored_type = bytes_.byte(record.body);
      parameter.type = stored_type < 128 ? stored_type : stored_type - 256;
      const std::size_t dimensions = bytes_.byte(record.body + 1);
      if (dimensions > kMaxDimensions) return wrong("its parameters are damaged");
      for (std::size_t i = 0; i < dimensions; ++i) {
        parameter.dimensions.push_back(bytes_.byte(record.body + 2 + i));
      }
      parameter.at = record.body + 2 + dimensions;
      if (parameter.count() > end ||
          parameter.at + parameter.count() * bytes_each(parameter.type) > end) {
        return wrong("its parameter " +
                     base::printable_line(groups[group] + ":" + record.name) +
                     " reaches beyond the parameters");
      }
      found.push_back({group, {record.name, parameter}});
    }
    if (record.next == 0) break;
    at = record.next;
  }
  // A group may follow its parameters.
  for (const auto& [group, named] : found) {
    parameters_.emplace(groups[group] + ":" + named.first, named.second);
  }
  return {};
}

const C3dParameter* C3dFile::parameter(std::string_view name) const {
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? nullptr : &found->second;
}

std::optional<double> C3dFile::number(std::string_view name) const {
  const C3dParameter* const value = parameter(name);
  if (value == nullptr || value->count() == 0) return std::nullopt;
  if (value->type == kReal) return bytes_.real(value->at);
  if (value->type == kInteger) return bytes_.word(value->at);
  return value->type == kByte ? std::optional<double>(bytes_.byte(value->at)) : std::nullopt;
}

std::vector<std::string> C3dFile::texts(std::string_view name, std::size_t most) const {
  std::vector<std::string> all;
  const C3dParameter* const value = parameter(name);
  if (value == nullptr || value->type != kCharacters || value->count() == 0) return all;
  const std::size_t length = value->dimensions.empty() ? 1 : value->dimensions.front();
  const std::size_t count = std::min(value->count() / length, most);
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(bytes_.text(value->at + i * length, length));
  }
  return all;
}

}  // namespace matside::formats
