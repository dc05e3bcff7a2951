#include "app/exchange/web_address.h"

#include <algorithm>
#include <cctype>

namespace ponder::app {

bool isWebAddress(std::string_view address) {
    for (const std::string_view scheme : {"http://", "https://", "mailto:"}) {
        const bool same =
            address.size() > scheme.size() &&
            std::equal(scheme.begin(), scheme.end(), address.begin(), [](char wanted, char there) {
                return wanted == std::tolower(static_cast<unsigned char>(there));
            });
        if (same) return true;
    }
    return false;
}

} // namespace ponder::app
