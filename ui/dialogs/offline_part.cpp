#include "ui/dialogs/offline_part.h"

#include "ui/dialogs/dialog_line.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/clear_layout.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace ponder::ui {

OfflinePart::OfflinePart(Theme& theme, const QString& title, QWidget* parent)
    : SettingsPart(theme, title, parent), processes_(new QWidget(this)), cards_(new QVBoxLayout(processes_)) {
    auto* intro = new Label(theme, TextStyle::Control, &Colours::muted, this);
    intro->setWordWrap(true);
    intro->setText(tr("Ponder needs no network. Do not take our word for it: below is what the system's "
                      "kernel says about Ponder's processes right now."));
    addLine(intro, intro->text());
    addSpace(space::kSmall);
    sockets_ = new DialogLine(theme, tr("Internet sockets open now"), tr("Asking the kernel…"), this);
    auto* refresh = new Button(theme, ButtonLook::Outlined, sockets_);
    refresh->setText(tr("Look again"));
    refresh->setGlyph(Icon::Refresh);
    refresh->setTextStyle(TextStyle::Control);
    connect(refresh, &Button::clicked, this, &OfflinePart::factsWanted);
    sockets_->addControl(refresh);
    addLine(sockets_, tr("Internet sockets open now") + ' ' + tr("Network"));
    cards_->setContentsMargins(0, space::kLarge, 0, 0);
    cards_->setSpacing(space::kMedium);
    addLine(processes_, tr("Processes") + ' ' + tr("Open files"));
}

void OfflinePart::showEvent(QShowEvent* event) {
    SettingsPart::showEvent(event);
    emit factsWanted();
}

void OfflinePart::setFacts(const OfflineFacts& facts) {
    qsizetype sockets = 0;
    for (const ProcessFacts& process : facts.processes) sockets += process.internetSockets.size();
    if (sockets == 0)
        sockets_->setExplanation(tr("None, at %1.").arg(facts.time), &Colours::success);
    else
        sockets_->setExplanation(
            tr("%n, at %1. They are listed below.", nullptr, int(sockets)).arg(facts.time), &Colours::danger);
    clearLayout(*cards_);
    for (const ProcessFacts& process : facts.processes) cards_->addWidget(cardOf(process));
}

QWidget* OfflinePart::cardOf(const ProcessFacts& process) {
    auto* card = new Card(theme_, processes_);
    card->setAccessibleName(process.name);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
    column->setSpacing(space::kTiny);
    const auto add = [&](TextStyle style, QColor Colours::*colour, const QString& text) {
        auto* label = new Label(theme_, style, colour, card);
        label->setText(text);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    };
    const auto list = [&](const QString& heading, const QStringList& lines) {
        column->addSpacing(space::kTiny);
        add(TextStyle::CaptionStrong, &Colours::text, heading);
        const QString text = lines.isEmpty() ? tr("None", "no sockets, no files") : lines.join('\n');
        add(TextStyle::Caption, &Colours::muted, text);
    };
    add(TextStyle::ControlStrong, &Colours::text, tr("%1, process %2").arg(process.name).arg(process.number));
    for (const QString& sentence : process.may) add(TextStyle::Control, &Colours::muted, sentence);
    if (process.hidden) {
        column->addSpacing(space::kTiny);
        add(TextStyle::Caption, &Colours::muted,
            tr("It shields its memory, so the kernel lists its files and sockets to no other program of "
               "yours. "
               "Without network calls it cannot have opened a socket."));
        return card;
    }
    list(tr("Internet sockets"), process.internetSockets);
    list(tr("Sockets to programs on this computer"), process.localSockets);
    list(tr("Open files"), process.files);
    return card;
}

} // namespace ponder::ui
