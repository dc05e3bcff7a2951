#pragma once

#include "kernels/panel.h"

namespace ponder::kernels {

/// How a block is cut up in a panel: into words of four bytes, and the rest, which lies at `restAt`.
struct PanelShape {
    int words = 0; ///< 0: this type has no panels
    int restAt = 0;
    int restBytes = 0;
};

constexpr PanelShape panelShape(TensorType type) {
    using enum TensorType;
    switch (type) {
    case Q4_0:
    case IQ4_NL:
        return {.words = 4, .restAt = 0, .restBytes = 2};
    case Q4_1:
        return {.words = 5};
    case Q5_0:
        return {.words = 5, .restAt = 0, .restBytes = 2};
    case Q5_1:
        return {.words = 6};
    case Q8_0:
        return {.words = 8, .restAt = 0, .restBytes = 2};
    case MXFP4:
        return {.words = 4, .restAt = 0, .restBytes = 1};
    case Q2_K:
        return {.words = 21};
    case Q3_K:
        return {.words = 27, .restAt = 108, .restBytes = 2};
    case Q4_K:
        return {.words = 36};
    case Q5_K:
        return {.words = 44};
    case Q6_K:
        return {.words = 52, .restAt = 208, .restBytes = 2};
    case IQ4_XS:
        return {.words = 34};
    default:
        return {};
    }
}

} // namespace ponder::kernels
