#include "app/fetch/address_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace ponder::fetch {

namespace {

struct Network {
    std::uint32_t address;
    int bits;
};

// IANA's registry of special-purpose IPv4 addresses, as far as it is not globally reachable.
constexpr std::array kPrivateNetworks{
    Network{0x00000000, 8},  // this network
    Network{0x0a000000, 8},  // private
    Network{0x64400000, 10}, // behind a provider's address translation
    Network{0x7f000000, 8},  // this computer
    Network{0xa9fe0000, 16}, // link-local, where clouds answer questions about themselves
    Network{0xac100000, 12}, // private
    Network{0xc0000000, 24}, // protocol assignments
    Network{0xc0a80000, 16}, // private
    Network{0xc6120000, 15}, // benchmarks
    Network{0xe0000000, 3},  // multicast and reserved
};

bool isPrivate(std::uint32_t address) {
    for (const Network& network : kPrivateNetworks)
        if ((address ^ network.address) >> (32 - network.bits) == 0) return true;
    return false;
}

std::uint32_t version4In(const unsigned char* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
           bytes[3];
}

bool isPrivate(const in6_addr& address) {
    const unsigned char* bytes = address.s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&address) || IN6_IS_ADDR_V4COMPAT(&address))
        return isPrivate(version4In(bytes + 12));
    constexpr unsigned char kTranslated[12] = {0x00, 0x64, 0xff, 0x9b};
    if (std::memcmp(bytes, kTranslated, sizeof kTranslated) == 0) return isPrivate(version4In(bytes + 12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02) return isPrivate(version4In(bytes + 2)); // 6to4
    // Global unicast is 2000::/3, and what else there is is not for strangers.
    return (bytes[0] & 0xe0) != 0x20;
}

} // namespace

bool isPrivateAddress(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in version4{};
        std::memcpy(&version4, &address, sizeof version4);
        return isPrivate(ntohl(version4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return true;
    sockaddr_in6 version6{};
    std::memcpy(&version6, &address, sizeof version6);
    return isPrivate(version6.sin6_addr);
}

} // namespace ponder::fetch
