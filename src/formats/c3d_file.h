// The structure of a C3D file: header, parameters, and the numbers in each processor's form.
// @source The C3D File Format User Guide, c3d.org (header, parameter section, 3D point data)
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::formats {

/// Who wrote the numbers of a file.
enum class C3dProcessor { intel, dec, mips };

/// Reads the numbers of a C3D file. Reading beyond its end gives 0.
class C3dBytes {
 public:
  C3dBytes(std::string_view bytes, C3dProcessor processor)
      : bytes_(bytes), processor_(processor) {}

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint8_t byte(std::size_t at) const;
  [[nodiscard]] std::uint16_t word(std::size_t at) const;
  [[nodiscard]] double real(std::size_t at) const;
  /// The characters, without blanks and zeros at the end. May have line breaks.
  [[nodiscard]] std::string text(std::size_t at, std::size_t length) const;

 private:
  std::string_view bytes_;
  C3dProcessor processor_;
};

/// A parameter's value.
struct C3dParameter {
  int type = 0;                         ///< -1: characters; 1: bytes; 2: integers; 4: reals.
  std::vector<std::size_t> dimensions;  ///< Empty: a single value.
  std::size_t at = 0;                   ///< Of the first value in the file.
  [[nodiscard]] std::size_t count() const;
};

/// A C3D file whose header and parameters were checked.
class C3dFile {
 public:
  /// @param name  of the file, for errors
  /// @returns ErrorKind::input with what is wrong: not a C3D file, an unknown processor, a
  ///   parameter that reaches beyond the section
  static base::Result<C3dFile> open(std::string_view bytes, const std::string& name);

  [[nodiscard]] const C3dBytes& bytes() const { return bytes_; }
  /// @param name  such as POINT:RATE
  [[nodiscard]] const C3dParameter* parameter(std::string_view name) const;
  /// The first number of a parameter; integers count as unsigned.
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  /// The strings of a parameter of characters; at most `most`.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t most) const;

 private:
  explicit C3dFile(C3dBytes bytes) : bytes_(bytes) {}
  base::Result<void> read_parameters(std::size_t begin, std::size_t end,
                                     const std::string& name);

  C3dBytes bytes_;
  std::map<std::string, C3dParameter, std::less<>> parameters_;
};

/// Whether the bytes begin like a C3D file.
bool is_c3d(std::string_view bytes);

}  // namespace matside::formats
