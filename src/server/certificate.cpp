#include "server/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <system_error>

#include "files/input_file.h"
#include "files/private_file.h"

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::system_clock;

constexpr hours kValidBefore{24};  // For a phone whose clock is behind.
constexpr hours kValidAfter{396 * 24};
constexpr hours kRenewal{24};  // This long before it expires.
constexpr const char* kFile = "server.pem";
constexpr std::string_view kFileMarker = "# Made by matside serve --tls for this computer.\n";

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

base::Error error(base::ErrorKind kind, const fs::path& path, const std::string& what) {
  return {kind, path.string() + ": " + what};
}

/// Nothing for anything but a file of a size that a certificate may have: a pipe could wait for
/// ever, and a device never end.
std::optional<std::string> text_of(const fs::path& path) {
  constexpr std::size_t kMaxPem_bytes = 1 << 20;
  auto text = files::read_file(path, kMaxPem_bytes);
  if (!text) return std::nullopt;
  return std::move(text).value();
}

Bio reader(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

X509Ptr certificate_in(const std::string& pem) {
  return X509Ptr(PEM_read_bio_X509(reader(pem).get(), nullptr, nullptr, nullptr));
}

Key key_in(const std::string& pem) {
  // With an empty password OpenSSL does not ask for one on the terminal.
  std::string none;
  return Key(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, nullptr, none.data()));
}

std::string fingerprint(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  if (X509_digest(certificate, EVP_sha256(), hash.data(), &size) != 1) return "";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    if (i > 0) text += ':';
    text += kHex[hash.at(i) >> 4U];
    text += kHex[hash.at(i) & 15U];
  }
  return text;
}

bool is_usable(X509* certificate, const HostNames& names, system_clock::time_point now) {
  std::time_t today = system_clock::to_time_t(now);
  std::time_t then = system_clock::to_time_t(now + kRenewal);
  if (X509_cmp_time(X509_get0_notBefore(certificate), &today) >= 0) return false;
  if (X509_cmp_time(X509_get0_notAfter(certificate), &then) <= 0) return false;
  return std::ranges::all_of(names.addresses,
                             [&](const std::string& address) {
                               return X509_check_ip_asc(certificate, address.c_str(), 0) == 1;
                             }) &&
         std::ranges::all_of(names.hosts, [&](const std::string& host) {
           return X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1;
         });
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

std::string alternative_names(const HostNames& names) {
  std::string text;
  for (const std::string& address : names.addresses) text += "IP:" + address + ",";
  for (const std::string& host : names.hosts) text += "DNS:" + host + ",";
  text.pop_back();
  return text;
}

bool set_serial_number(X509* certificate) {
  std::array<unsigned char, 8> serial{};
  if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
  std::uint64_t value = 1;
  for (const unsigned char byte : serial) value = (value << 7U) | (byte & 127U);
  return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), value) == 1;
}

bool fill(X509* certificate, EVP_PKEY* key, const HostNames& names,
          system_clock::time_point now) {
  X509_set_version(certificate, X509_VERSION_3);
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* common_name = reinterpret_cast<const unsigned char*>("Matside");
  return set_serial_number(certificate) &&
         ASN1_TIME_set(X509_getm_notBefore(certificate),
                       system_clock::to_time_t(now - kValidBefore)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate),
                       system_clock::to_time_t(now + kValidAfter)) != nullptr &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         X509_set_pubkey(certificate, key) == 1 &&
         add_extension(certificate, NID_subject_alt_name, alternative_names(names)) &&
         add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
         add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

std::string contents(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::optional<Certificate> make(const HostNames& names, system_clock::time_point now) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Ptr certificate(X509_new());
  const Bio chain_pem(BIO_new(BIO_s_mem()));
  const Bio key_pem(BIO_new(BIO_s_mem()));
  if (!key || !certificate || !chain_pem || !key_pem ||
      !fill(certificate.get(), key.get(), names, now) ||
      PEM_write_bio_X509(chain_pem.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr,
                               nullptr) != 1) {
    return std::nullopt;
  }
  return Certificate{contents(chain_pem.get()), contents(key_pem.get()),
                     fingerprint(certificate.get())};
}

base::Result<void> save(const fs::path& path, const std::string& text) {
  const std::error_code failed = files::save_private_file(path, text);
  if (failed) return error(base::ErrorKind::output, path, failed.message());
  return {};
}

base::Result<void> make_folder(const fs::path& folder) {
  std::error_code failed;
  if (fs::is_directory(folder, failed)) return {};
  fs::create_directories(folder.parent_path(), failed);
  if (!failed) fs::create_directory(folder, failed);
  if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return error(base::ErrorKind::output, folder, failed.message());
  return {};
}

}  // namespace

base::Result<Certificate> read_certificate(const fs::path& chain, const fs::path& key) {
  const auto usage = [](const fs::path& path, const std::string& what) {
    return error(base::ErrorKind::usage, path, what);
  };
  const auto chain_pem = text_of(chain);
  if (!chain_pem) return usage(chain, "can't be read; check its name and permissions");
  const auto key_pem = text_of(key);
  if (!key_pem) return usage(key, "can't be read; check its name and permissions");
  const X509Ptr first = certificate_in(*chain_pem);
  if (!first) return usage(chain, "contains no certificate in PEM format");
  const Key secret = key_in(*key_pem);
  if (!secret) return usage(key, "contains no unencrypted private key in PEM format");
  if (X509_check_private_key(first.get(), secret.get()) != 1) {
    return usage(key, "is not the private key for " + chain.string());
  }
  return Certificate{*chain_pem, *key_pem, fingerprint(first.get())};
}

base::Result<Certificate> self_signed_certificate(const fs::path& folder,
                                                  const HostNames& names,
                                                  system_clock::time_point now) {
  if (auto made = make_folder(folder); !made) return made.error();
  const fs::path path = folder / kFile;
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    const std::string stored = text_of(path).value_or("");
    if (!stored.starts_with(kFileMarker)) {
      return error(
          base::ErrorKind::output, path,
          "was not made by Matside; move it elsewhere, or use --certificate and --key");
    }
    const X509Ptr certificate = certificate_in(stored);
    if (certificate && key_in(stored) && is_usable(certificate.get(), names, now)) {
      return Certificate{stored, stored, fingerprint(certificate.get())};
    }
  }
  auto fresh = make(names, now);
  if (!fresh) return error(base::ErrorKind::output, path, "a certificate could not be created");
  const std::string text = std::string(kFileMarker) + fresh->chain_pem + fresh->key_pem;
  if (auto saved = save(path, text); !saved) return saved.error();
  return *std::move(fresh);
}

}  // namespace matside::server
