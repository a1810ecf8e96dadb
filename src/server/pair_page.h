// The page on which a device that is new here types the code, and how the device is known
// afterwards: by a cookie that ends with its browser.
#pragma once

#include <string>
#include <string_view>

#include "server/answer.h"
#include "server/pairing.h"

namespace matside::server {

inline constexpr std::string_view kPairPath = "/pair";

/// The form, with what went wrong before if anything did.
Answer pair_page(boost::beast::http::status status, std::string_view trouble);
Answer pair_style();

/// Sends the browser elsewhere.
Answer redirect(std::string_view target);

/// What the form sent: lets the device in, or says why not.
Answer try_to_pair(Pairing& pairing, std::string_view form, Pairing::Time now);

/// Whether a request with these cookies comes from a device that was let in.
bool is_paired(const Pairing& pairing, std::string_view cookies);

}  // namespace matside::server
