// HTTP responses with the security headers that every one of them carries.
//
// Pure functions: any thread.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>

namespace matside::server {

/// A response whose body is in memory.
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

/// A response with this content type and body. Its headers forbid caching, framing, other
/// origins' resources, and microphone and location; the camera is allowed to our page.
HttpResponse make_response(boost::beast::http::status status, std::string_view type,
                           std::string_view body);

}  // namespace matside::server
