#pragma once

#include "kernels/cpu/panel_weights_32.h"
#include "kernels/cpu/panel_weights_k.h"

namespace ponder::kernels {
namespace {

/// Stands for how a type unpacks from panels.
template <class Weights>
struct PanelType {};

/// Calls visit with the PanelType of `type`. Requires: the type has panels (panelShape).
template <class Visit>
PONDER_INLINE void withPanelType(TensorType type, Visit visit) {
    using enum TensorType;
    switch (type) {
    case Q4_0:
        return visit(PanelType<PanelQ4_0>());
    case Q4_1:
        return visit(PanelType<PanelQ4_1>());
    case Q5_0:
        return visit(PanelType<PanelQ5_0>());
    case Q5_1:
        return visit(PanelType<PanelQ5_1>());
    case Q8_0:
        return visit(PanelType<PanelQ8_0>());
    case IQ4_NL:
        return visit(PanelType<PanelIq4Nl>());
    case MXFP4:
        return visit(PanelType<PanelMxfp4>());
    case NVFP4:
        return visit(PanelType<PanelNvfp4>());
    case Q1_0:
        return visit(PanelType<PanelQ1_0>());
    case Q2_K:
        return visit(PanelType<PanelQ2_K>());
    case Q3_K:
        return visit(PanelType<PanelQ3_K>());
    case Q4_K:
        return visit(PanelType<PanelQ4_K>());
    case Q5_K:
        return visit(PanelType<PanelQ5_K>());
    case Q6_K:
        return visit(PanelType<PanelQ6_K>());
    case TQ1_0:
        return visit(PanelType<PanelTq1_0>());
    case TQ2_0:
        return visit(PanelType<PanelTq2_0>());
    default:
        return visit(PanelType<PanelIq4Xs>());
    }
}

} // namespace
} // namespace ponder::kernels
