#pragma once

#include "ui/dialogs/surface_dialog.h"

#include <QString>

#include <optional>

class QUrl;

namespace ponder::ui {

class Theme;

/// The address of a link as a URL, where it is one that may be opened: http, https and mailto, nothing else.
std::optional<QUrl> openableUrl(const QString& address);
/// The address as it is shown: hosts in ASCII, so that look-alike letters are seen; nothing invisible in it.
QString shownAddress(const QString& address);

/// Shows where a link leads, and opens it if the person wants that.
class LinkDialog : public SurfaceDialog {
    Q_OBJECT
public:
    LinkDialog(Theme& theme, const QString& address, QWidget* parent);

signals:
    void openConfirmed(const QUrl& url);
};

} // namespace ponder::ui
