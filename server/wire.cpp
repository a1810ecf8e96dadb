#include "server/wire.h"

#include <array>

namespace matside::server {
namespace {

using boost::system::error_code;

class Ending : public std::enable_shared_from_this<Ending> {
 public:
  Ending(Wire wire, std::shared_ptr<void> held)
      : held_(std::move(held)), wire_(std::move(wire)) {}

  void begin(std::chrono::milliseconds patience) {
    wire_.tcp().expires_after(patience);
    wire_.async_end([self = shared_from_this()](const error_code& failed) {
      if (!failed) self->read_on();
    });
  }

 private:
  void read_on() {
    wire_.tcp().async_read_some(
        boost::asio::buffer(forgotten_),
        [self = shared_from_this()](const error_code& failed, std::size_t) {
          if (!failed) self->read_on();
        });
  }

  std::shared_ptr<void> held_;
  Wire wire_;
  std::array<char, 16 * 1024> forgotten_{};
};

}  // namespace

void end_gently(Wire wire, std::chrono::milliseconds patience, std::shared_ptr<void> held) {
  std::make_shared<Ending>(std::move(wire), std::move(held))->begin(patience);
}

}  // namespace matside::server
