#include "server/certificate.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::system_clock;

const HostNames kNames{{"192.168.0.7", "fd00::7"}, {"laptop", "laptop.local"}};

struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

class CertificateTest : public ::testing::Test {
 protected:
  CertificateTest() { fs::remove_all(folder_); }
  ~CertificateTest() override { fs::remove_all(folder_); }

  base::Result<Certificate> own(const HostNames& names, system_clock::time_point now) {
    return self_signed_certificate(folder_ / "tls", names, now);
  }
  [[nodiscard]] fs::path file() const { return folder_ / "tls" / "server.pem"; }
  static std::unique_ptr<X509, FreeX509> parsed(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    std::unique_ptr<X509, FreeX509> certificate(
        PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
    BIO_free(bio);
    return certificate;
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
  system_clock::time_point now_ = system_clock::from_time_t(1'800'000'000);
};

TEST_F(CertificateTest, is_made_for_these_names_and_self_signed) {
  const auto made = own(kNames, now_);
  ASSERT_TRUE(made.ok()) << made.error().message;
  const auto certificate = parsed(made.value().chain_pem);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "192.168.0.7", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "fd00::7", 0), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "laptop.local", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "other", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_verify(certificate.get(), X509_get0_pubkey(certificate.get())), 1);
  int days = 0;
  int seconds = 0;
  ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate.get()),
                 X509_get0_notAfter(certificate.get()));
  EXPECT_EQ(days, 397);
  EXPECT_EQ(seconds, 0);
  EXPECT_EQ(made.value().fingerprint.size(), 95U);
}

TEST_F(CertificateTest, is_readable_by_the_owner_only) {
  ASSERT_TRUE(own(kNames, now_).ok());
  EXPECT_EQ(fs::status(file().parent_path()).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CertificateTest, is_reused_while_it_is_valid) {
  const auto first = own(kNames, now_);
  ASSERT_TRUE(first.ok());
  const auto later = own(kNames, now_ + hours(394 * 24));
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(first.value().fingerprint, later.value().fingerprint);
}

TEST_F(CertificateTest, is_replaced_before_it_expires) {
  const auto first = own(kNames, now_);
  ASSERT_TRUE(first.ok());
  const auto later = own(kNames, now_ + hours(396 * 24));
  ASSERT_TRUE(later.ok());
  EXPECT_NE(first.value().fingerprint, later.value().fingerprint);
}

TEST_F(CertificateTest, is_replaced_when_an_address_or_a_name_is_new) {
  const auto first = own(kNames, now_);
  ASSERT_TRUE(first.ok());
  HostNames moved = kNames;
  moved.addresses[0] = "192.168.0.8";
  const auto second = own(moved, now_);
  ASSERT_TRUE(second.ok());
  EXPECT_NE(first.value().fingerprint, second.value().fingerprint);
  HostNames renamed = moved;
  renamed.hosts[0] = "desk";
  const auto third = own(renamed, now_);
  ASSERT_TRUE(third.ok());
  EXPECT_NE(second.value().fingerprint, third.value().fingerprint);
}

TEST_F(CertificateTest, is_replaced_if_damaged_but_another_programs_file_is_left_alone) {
  ASSERT_TRUE(own(kNames, now_).ok());
  std::ofstream(file()) << "# Made by matside serve --tls for this computer.\n-----BEGIN";
  EXPECT_TRUE(own(kNames, now_).ok());
  std::ofstream(file()) << "somebody's own";
  const auto refused = own(kNames, now_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::output);
}

TEST_F(CertificateTest, of_the_person_needs_its_own_key) {
  const auto made = own(kNames, now_);
  ASSERT_TRUE(made.ok());
  const fs::path chain = folder_ / "chain.pem";
  const fs::path key = folder_ / "key.pem";
  std::ofstream(chain) << made.value().chain_pem;
  std::ofstream(key) << made.value().key_pem;
  const auto read = read_certificate(chain, key);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().fingerprint, made.value().fingerprint);
  for (const auto& [a, b] : {std::pair(key, chain), std::pair(chain, folder_ / "none"),
                             std::pair(folder_ / "none", key), std::pair(chain, chain)}) {
    const auto refused = read_certificate(a, b);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
  }
  fs::remove(file());
  const auto other = own(kNames, now_);
  ASSERT_TRUE(other.ok());
  std::ofstream(key) << other.value().key_pem;
  EXPECT_FALSE(read_certificate(chain, key).ok());
}

TEST_F(CertificateTest, what_is_no_file_is_refused_and_does_not_hang) {
  ASSERT_TRUE(own(kNames, now_).ok());
  const fs::path fifo = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), S_IRUSR | S_IWUSR), 0);
  const fs::path huge = folder_ / "huge";
  std::ofstream(huge) << "x";
  fs::resize_file(huge, 1'000'000'000'000);
  for (const fs::path& each : {fifo, huge, folder_, fs::path("/dev/zero")}) {
    EXPECT_FALSE(read_certificate(each, file()).ok()) << each;
    EXPECT_FALSE(read_certificate(file(), each).ok()) << each;
  }
}

}  // namespace
}  // namespace matside::server
