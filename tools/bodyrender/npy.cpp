#include "tools/bodyrender/npy.h"

#include <bit>

namespace matside::bodyrender {

static_assert(std::endian::native == std::endian::little, "written as little-endian");

base::Result<NpyFile> NpyFile::create(const std::string& path, const std::string& type,
                                      const std::vector<std::size_t>& shape) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (const std::size_t size : shape) header += std::to_string(size) + ", ";
  header += "), }";
  constexpr std::size_t kPreamble = 10;
  while ((kPreamble + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  NpyFile file;
  file.path_ = path;
  file.out_.open(path, std::ios::binary | std::ios::trunc);
  const auto length = static_cast<unsigned>(header.size());
  file.out_ << "\x93NUMPY" << '\x01' << '\0' << static_cast<char>(length & 0xff)
            << static_cast<char>(length >> 8) << header;
  if (!file.out_) {
    return base::Error{base::ErrorKind::output,
                       path + ": can't be written; does its folder exist?"};
  }
  return file;
}

void NpyFile::append(std::span<const std::uint8_t> bytes) {
  out_.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

void NpyFile::append(std::span<const float> values) {
  out_.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size_bytes()));
}

base::Result<void> NpyFile::close() {
  out_.close();
  if (!out_)
    return base::Error{base::ErrorKind::output,
                       path_ + ": not fully written; is the disk full?"};
  return {};
}

}  // namespace matside::bodyrender
