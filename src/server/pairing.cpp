#include "server/pairing.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>

namespace matside::server {
namespace {

constexpr int kCodeDigits = 8;
constexpr int kSecret_bytes = 32;

/// Every code is equally likely. Empty when the system gives no random numbers.
std::string random_code() {
  constexpr unsigned char kEven = 250;  // The largest multiple of ten in a byte.
  std::string code;
  while (code.size() < kCodeDigits) {
    unsigned char byte = 0;
    if (RAND_bytes(&byte, 1) != 1) return "";
    if (byte < kEven) code += static_cast<char>('0' + byte % 10);
  }
  return code;
}

bool same_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string digits_of(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c != ' ' && c != '-' && c != '+') digits += c;
  }
  return digits;
}

}  // namespace

void Pairing::issue_code(Time now) {
  if (is_code_valid(now)) return;
  code_ = random_code();
  code_ends_ = now + kCodeLifetime;
  if (code_.empty()) return;
  announce_(code_.substr(0, kCodeDigits / 2) + " " + code_.substr(kCodeDigits / 2));
}

Pairing::Result Pairing::try_code(std::string_view typed, Time now) {
  if (wrong_ >= kMaxWrongTries) {
    if (now < last_wrong_ + kLockoutTime) return Result::locked;
    wrong_ = 0;
  }
  if (!is_code_valid(now)) return Result::expired;
  if (!same_in_constant_time(digits_of(typed), code_)) {
    ++wrong_;
    last_wrong_ = now;
    return Result::wrong;
  }
  wrong_ = 0;
  code_.clear();
  return Result::paired;
}

std::string Pairing::register_device() {
  std::array<unsigned char, kSecret_bytes> bytes{};
  if (RAND_bytes(bytes.data(), kSecret_bytes) != 1) return "";
  std::string secret;
  for (const unsigned char byte : bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    secret += kHex[byte >> 4U];
    secret += kHex[byte & 15U];
  }
  devices_.push_back(secret);
  if (devices_.size() > kMaxDevices) devices_.pop_front();
  return secret;
}

bool Pairing::is_registered(std::string_view secret) const {
  bool found = false;
  for (const std::string& device : devices_)
    found = same_in_constant_time(device, secret) || found;
  return found;
}

}  // namespace matside::server
