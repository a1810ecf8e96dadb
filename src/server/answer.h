// The head of every answer: what a browser may do with it.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>

namespace matside::server {

using Answer = boost::beast::http::response<boost::beast::http::string_body>;

/// Never kept by the browser, never framed, never more than its own files.
Answer make_answer(boost::beast::http::status status, std::string_view type,
                   std::string_view body);

}  // namespace matside::server
