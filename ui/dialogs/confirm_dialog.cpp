#include "ui/dialogs/confirm_dialog.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kWidth = 400;

} // namespace

ConfirmDialog::ConfirmDialog(Theme& theme, const Words& words, QWidget* parent)
    : SurfaceDialog(theme, parent) {
    setWindowTitle(words.question);
    setAccessibleDescription(words.consequence);
    const auto label = [this](TextStyle style, QColor Colours::*colour, const QString& text) {
        auto* made = new Label(theme_, style, colour, this);
        made->setText(text);
        made->setWordWrap(true);
        return made;
    };
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addStretch(1);
    Button* cancel = makeButton(ButtonLook::Outlined, tr("Cancel"));
    Button* action = makeButton(ButtonLook::Filled, words.action);
    buttons->addWidget(cancel);
    buttons->addWidget(action);
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    connect(action, &Button::clicked, this, &QDialog::accept);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kSmall);
    column->addWidget(label(TextStyle::BodyStrong, &Colours::text, words.question));
    column->addWidget(label(TextStyle::Control, &Colours::muted, words.consequence));
    column->addSpacing(space::kMedium);
    column->addLayout(buttons);
    setFixedWidth(theme_.scaled(kWidth));
    cancel->setFocus(Qt::OtherFocusReason);
}

} // namespace ponder::ui
