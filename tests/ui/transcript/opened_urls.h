#pragma once

#include <QDesktopServices>
#include <QUrl>

namespace ponder::ui {

/// Takes the place of the browser: keeps what would have been opened.
class OpenedUrls : public QObject {
    Q_OBJECT
public:
    OpenedUrls() {
        for (const char* scheme : kSchemes) QDesktopServices::setUrlHandler(scheme, this, "take");
    }
    ~OpenedUrls() override {
        for (const char* scheme : kSchemes) QDesktopServices::unsetUrlHandler(scheme);
    }
    QList<QUrl> urls;

public slots:
    void take(const QUrl& url) { urls.append(url); }

private:
    static constexpr const char* kSchemes[] = {"http", "https", "mailto", "file"};
};

} // namespace ponder::ui
