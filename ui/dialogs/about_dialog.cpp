#include "ui/dialogs/about_dialog.h"

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ponder::ui {

AboutDialog::AboutDialog(Theme& theme, QWidget* parent) : QDialog(parent), theme_(theme) {
    setWindowTitle(tr("About Ponder"));
    const auto label = [this](TextStyle style, QColor Colours::*colour, const QString& text) {
        auto* made = new Label(theme_, style, colour, this);
        made->setText(text);
        return made;
    };
    auto* about =
        label(TextStyle::Control, &Colours::muted,
              tr("A chat assistant that thinks on your own computer. It opens no connection to the network, "
                 "and every chat stays in a file that belongs to you."));
    about->setWordWrap(true);
    auto* version = label(TextStyle::Control, &Colours::muted, tr("Version %1").arg(PONDER_VERSION));
    version->setObjectName("version");
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* keys = new QGridLayout;
    keys->setHorizontalSpacing(space::kLarge);
    keys->setVerticalSpacing(6);
    const std::vector<KeyText> entries = keyTexts();
    const int rows = int(entries.size() + 1) / 2;
    for (int i = 0; i < int(entries.size()); ++i) {
        const int column = i / rows * 3;
        keys->addWidget(label(TextStyle::Label, &Colours::text, entries[i].keys), i % rows, column);
        keys->addWidget(label(TextStyle::Control, &Colours::muted, entries[i].text), i % rows, column + 1);
    }
    keys->setColumnMinimumWidth(2, space::kSmall);
    for (int column : {1, 4}) keys->setColumnStretch(column, 1);
    auto* close = new Button(theme_, ButtonLook::Filled, this);
    close->setText(tr("Close"));
    close->setExtent(36);
    connect(close, &Button::clicked, this, &QDialog::accept);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kHuge, space::kWide, space::kHuge, space::kWide);
    column->setSpacing(space::kSmall);
    column->addWidget(label(TextStyle::Heading1, &Colours::text, tr("Ponder")));
    column->addWidget(version);
    column->addWidget(about);
    column->addSpacing(space::kMedium);
    column->addWidget(label(TextStyle::BodyStrong, &Colours::text, tr("Keys")));
    column->addLayout(keys);
    column->addSpacing(space::kMedium);
    column->addWidget(close, 0, Qt::AlignRight);
    close->setFocus();
    layout()->setSizeConstraint(QLayout::SetFixedSize);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AboutDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.colours().surface);
}

} // namespace ponder::ui
