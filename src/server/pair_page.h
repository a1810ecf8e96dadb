// The page on which a new device enters its code. The device is then recognised by a cookie
// that lasts until its browser is closed.
//
// Belongs to the answering thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http_response.h"
#include "server/pairing.h"

namespace matside::server {

/// Path of the page and of its form.
inline constexpr std::string_view kPairPath = "/pair";

/// The page with the form. `problem` says what went wrong before; empty for nothing.
HttpResponse pair_page(boost::beast::http::status status, std::string_view problem);
/// The page's style sheet.
HttpResponse pair_style();

/// Sends the browser to another path, with status 303.
HttpResponse redirect(std::string_view target);

/// Handles the submitted form, "code=...". Sets the cookie and redirects to the page for the
/// right code; otherwise shows the form again with status 403 for a wrong or expired code, 429
/// while locked, 500 without random numbers. An expired code is replaced by a new one.
/// @param browser  the User-Agent header, from which the device gets its name
HttpResponse handle_pair_form(Pairing& pairing, std::string_view form, std::string_view browser,
                              Pairing::Time now);

/// The number of the paired device whose secret is in a Cookie header; nothing without one.
std::optional<int> paired_device(const Pairing& pairing, std::string_view cookies);

/// A device's name by its User-Agent header: "Chrome on Android"; "Browser" when it is unknown.
std::string device_name(std::string_view browser);

}  // namespace matside::server
