#include "ui/transcript_links.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kMostShown = 600;
constexpr int kDialogWidth = 480;

} // namespace

std::optional<QUrl> openableUrl(const QString& address) {
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid()) return std::nullopt;
    if (scheme == u"mailto") return url;
    // "http://good.example@evil.example" leads to the second: no such addresses.
    const bool web =
        (scheme == u"http" || scheme == u"https") && !url.host().isEmpty() && url.userInfo().isEmpty();
    return web ? std::optional(url) : std::nullopt;
}

QString shownAddress(const QString& address) {
    QString shown = address.trimmed();
    if (const QUrl url(shown, QUrl::StrictMode); url.isValid() && !url.host().isEmpty()) {
        // Encoded, the host is ASCII: a Cyrillic "a" shows as xn--.
        shown = QString::fromLatin1(url.toEncoded());
    }
    for (QChar& c : shown) {
        if (!c.isPrint() || c.category() == QChar::Other_Format) c = QChar(QChar::ReplacementCharacter);
    }
    if (shown.size() > kMostShown) shown = shown.left(kMostShown) + QChar(0x2026);
    return shown;
}

LinkDialog::LinkDialog(Theme& theme, const QString& address, QWidget* parent) : SurfaceDialog(theme, parent) {
    const std::optional<QUrl> url = openableUrl(address);
    setWindowTitle(url ? tr("Open this link?") : tr("This link cannot be opened"));
    auto* title = new Label(theme_, TextStyle::Title, &Colours::text, this);
    title->setText(windowTitle());
    auto* target = new Label(theme_, TextStyle::Control, &Colours::text, this);
    target->setObjectName("address");
    target->setWordWrap(true);
    target->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // Addresses have few spaces; these let the label break them.
    target->setText(shownAddress(address).replace(u'/', QStringLiteral("/\u200B")));
    auto* note = new Label(theme_, TextStyle::Control, &Colours::muted, this);
    note->setWordWrap(true);
    note->setText(url ? tr("It leaves Ponder and opens in your browser or mail program.")
                      : tr("Ponder opens web and mail addresses only."));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addStretch();
    const auto add = [&](ButtonLook look, const QString& text, const char* name) {
        Button* button = makeButton(look, text);
        button->setObjectName(name);
        buttons->addWidget(button);
        return button;
    };
    connect(add(ButtonLook::Outlined, tr("Copy address"), "copy"), &Button::clicked, this, [this, address] {
        QGuiApplication::clipboard()->setText(address);
        accept();
    });
    Button* cancel = add(ButtonLook::Outlined, url ? tr("Cancel") : tr("Close"), "cancel");
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    if (url) {
        connect(add(ButtonLook::Filled, tr("Open"), "open"), &Button::clicked, this, [this, url] {
            accept();
            emit openConfirmed(*url);
        });
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kMedium);
    column->addWidget(title);
    column->addWidget(target);
    column->addWidget(note);
    column->addSpacing(space::kSmall);
    column->addLayout(buttons);
    cancel->setFocus();
    setFixedWidth(theme_.scaled(kDialogWidth));
}

} // namespace ponder::ui
