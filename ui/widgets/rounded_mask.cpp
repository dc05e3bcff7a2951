#include "ui/widgets/rounded_mask.h"

#include <QGuiApplication>
#include <QLibrary>

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace ponder::ui {

namespace {

/// The four calls of libxcb that ask for a selection's owner. The library is there where Qt speaks X11, its
/// headers need not be.
bool hasSelectionOwner(xcb_connection_t* connection, const QByteArray& selection) {
    struct Sequence {
        unsigned int number;
    };
    struct Reply {
        std::uint8_t type, pad;
        std::uint16_t sequence;
        std::uint32_t length, value;
    };
    using AskAtom = Sequence (*)(xcb_connection_t*, std::uint8_t, std::uint16_t, const char*);
    using AskOwner = Sequence (*)(xcb_connection_t*, std::uint32_t);
    using Answer = Reply* (*)(xcb_connection_t*, Sequence, void*);
    QLibrary library("xcb", 1);
    const auto askAtom = AskAtom(library.resolve("xcb_intern_atom"));
    const auto atomAnswer = Answer(library.resolve("xcb_intern_atom_reply"));
    const auto askOwner = AskOwner(library.resolve("xcb_get_selection_owner"));
    const auto ownerAnswer = Answer(library.resolve("xcb_get_selection_owner_reply"));
    if (!askAtom || !atomAnswer || !askOwner || !ownerAnswer) return true;
    const auto valueOf = [](Reply* reply) {
        const std::uint32_t value = reply ? reply->value : 0;
        std::free(reply);
        return value;
    };
    const std::uint32_t atom = valueOf(atomAnswer(
        connection, askAtom(connection, 0, std::uint16_t(selection.size()), selection.constData()), nullptr));
    return valueOf(ownerAnswer(connection, askOwner(connection, atom), nullptr)) != 0;
}

} // namespace

bool isTranslucencyShown() {
    const auto* x11 = qApp->nativeInterface<QNativeInterface::QX11Application>();
    return !x11 || !x11->connection() || hasSelectionOwner(x11->connection(), "_NET_WM_CM_S0");
}

QRegion roundedMask(const QRect& box, int radius) {
    QRegion mask(box.adjusted(0, radius, 0, -radius));
    for (int row = 0; row < radius; ++row) {
        // Where the arc enters the row at its lower edge, the pixel it touches included.
        const double height = radius - row - 1;
        const int inset = int(std::floor(radius - std::sqrt(radius * radius - height * height)));
        const QRect line(box.left() + inset, box.top() + row, box.width() - 2 * inset, 1);
        mask += line;
        mask += line.translated(0, box.height() - 1 - 2 * row);
    }
    return mask;
}

} // namespace ponder::ui
