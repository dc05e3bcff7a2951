#pragma once

struct sockaddr;

namespace ponder::fetch {

/// Whether an address lies within this computer or a private network, or is no single computer at all: a
/// stranger's redirect must not reach there.
bool isPrivateAddress(const sockaddr& address);

} // namespace ponder::fetch
