#include "server/pairing.h"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>

#include "server/secret.h"

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
  if (!same_secret(digits_of(typed), code_)) {
    ++wrong_;
    last_wrong_ = now;
    return Result::wrong;
  }
  wrong_ = 0;
  code_.clear();
  return Result::paired;
}

std::string Pairing::register_device(std::string name) {
  const std::string secret = random_secret(kSecret_bytes);
  if (secret.empty()) return "";
  registered_.push_back({{++last_number_, std::move(name)}, secret});
  if (registered_.size() > kMaxDevices) registered_.pop_front();
  return secret;
}

std::optional<int> Pairing::device(std::string_view secret) const {
  std::optional<int> found;
  for (const Registered& each : registered_) {
    if (same_secret(each.secret, secret)) found = each.device.number;
  }
  return found;
}

std::vector<Pairing::Device> Pairing::devices() const {
  std::vector<Device> all;
  for (const Registered& each : registered_) all.push_back(each.device);
  return all;
}

bool Pairing::unpair(int number) {
  return std::erase_if(registered_, [&](const Registered& each) {
           return each.device.number == number;
         }) > 0;
}

}  // namespace matside::server
