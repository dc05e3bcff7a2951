#pragma once

#include <string_view>

namespace ponder::app {

/// The Ed25519 key whose owner releases Ponder's list of models (resources/catalogue/README.md).
constexpr std::string_view kCatalogueKey = "d997dbdebe96bf4f522d6c28920a25fff12fcdb54889b9e9b95ffcfab72bd8b9";

} // namespace ponder::app
