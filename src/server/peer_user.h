// Which user of this computer is at the other end of a loopback connection.
//
// Any thread.
#pragma once

#include <boost/asio/ip/tcp.hpp>

namespace matside::server {

/// Whether the program at the other end belongs to the user of this process, or to root. Linux
/// lists the owner of each socket. True also where the system has no such list.
/// @param ours, theirs  the two ends of an open connection, as this process sees them
bool is_same_user(const boost::asio::ip::tcp::endpoint& ours,
                  const boost::asio::ip::tcp::endpoint& theirs);

}  // namespace matside::server
