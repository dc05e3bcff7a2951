#include "ui/dialogs/about_part.h"

#include "ui/dialogs/dialog_line.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QUrl>

namespace ponder::ui {

AboutPart::AboutPart(Theme& theme, const QString& title, const std::vector<DataPlace>& places,
                     QWidget* parent)
    : SettingsPart(theme, title, parent) {
    for (const DataPlace& place : places) addPlace(place);
    addSpace(space::kLarge);
    auto* reset =
        new DialogLine(theme, tr("All settings"),
                       tr("Puts every setting and every key back to its usual value. Chats and models "
                          "stay."),
                       this);
    auto* button = new Button(theme, ButtonLook::Outlined, reset);
    button->setText(tr("Reset all settings"));
    button->setTextStyle(TextStyle::Control);
    connect(button, &Button::clicked, this, &AboutPart::resetAllRequested);
    reset->addControl(button);
    addLine(reset, tr("All settings") + ' ' + button->text());
    addSpace(space::kLarge);
    auto* about = new Label(theme, TextStyle::Control, &Colours::muted, this);
    about->setText(
        tr("Ponder is a chat assistant that thinks on your own computer. It opens no connection to the "
           "network, and every chat stays in a file that belongs to you."));
    about->setWordWrap(true);
    addLine(about, about->text());
    auto* version = new Label(theme, TextStyle::Caption, &Colours::muted, this);
    version->setObjectName("version");
    version->setText(tr("Version %1, MIT licence").arg(PONDER_VERSION));
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);
    version->setContentsMargins(0, space::kSmall, 0, 0);
    addLine(version, version->text());
}

void AboutPart::addPlace(const DataPlace& place) {
    auto* line = new DialogLine(theme_, place.title, place.explanation, this);
    auto* copy = new Button(theme_, ButtonLook::Quiet, line);
    copy->setGlyph(Icon::Copy);
    copy->setToolTip(tr("Copy the path"));
    copy->setAccessibleName(tr("%1: copy the path").arg(place.title));
    connect(copy, &Button::clicked, this,
            [path = place.path] { QGuiApplication::clipboard()->setText(path); });
    auto* open = new Button(theme_, ButtonLook::Outlined, line);
    open->setText(tr("Open folder"));
    open->setAccessibleName(tr("%1: open the folder").arg(place.title));
    open->setTextStyle(TextStyle::Control);
    connect(open, &Button::clicked, this, [path = place.path] {
        const QFileInfo file(path);
        QDesktopServices::openUrl(QUrl::fromLocalFile(file.isDir() ? path : file.absolutePath()));
    });
    line->addControl(copy);
    line->addControl(open);
    auto* path = new Label(theme_, TextStyle::Caption, &Colours::text, line);
    path->setElided(place.path);
    path->setAccessibleName(place.path);
    line->addWideControl(path);
    addLine(line, place.title + ' ' + place.explanation + ' ' + place.path);
}

} // namespace ponder::ui
