#include "ui/dialogs/text_viewer.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr QSize kSize(760, 600);

} // namespace

TextViewer::TextViewer(Theme& theme, const QString& name, const QString& text, QWidget* parent)
    : SurfaceDialog(theme, parent) {
    setWindowTitle(name);
    resize(kSize.boundedTo(parent ? parent->size() - QSize(space::kHuge, space::kHuge) : kSize));
    auto* title = new Label(theme_, TextStyle::Title, &Colours::text, this);
    title->setElided(name);
    auto* size = new Label(theme_, TextStyle::Caption, &Colours::muted, this);
    const QLocale locale;
    size->setText(tr("%1 lines, %2 characters")
                      .arg(locale.toString(text.count(u'\n') + 1), locale.toString(text.size())));

    auto* words = new QPlainTextEdit(this);
    words->setReadOnly(true);
    words->setAccessibleName(name);
    words->setFrameShape(QFrame::NoFrame);
    words->setFont(theme_.font(TextStyle::Code));
    words->setPlainText(text);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->document()->setDocumentMargin(space::kMedium);
    const Colours& colours = theme_.colours();
    QPalette palette = words->palette();
    palette.setColor(QPalette::Base, colours.code);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    words->setPalette(palette);
    words->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addStretch();
    const auto add = [&](ButtonLook look, const QString& label) {
        Button* button = makeButton(look, label);
        buttons->addWidget(button);
        return button;
    };
    connect(add(ButtonLook::Outlined, tr("Copy all")), &Button::clicked, this,
            [text] { QGuiApplication::clipboard()->setText(text); });
    Button* close = add(ButtonLook::Filled, tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::accept);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kTiny);
    column->addWidget(title);
    column->addWidget(size);
    column->addSpacing(space::kSmall);
    column->addWidget(words, 1);
    column->addSpacing(space::kSmall);
    column->addLayout(buttons);
    close->setFocus();
}

} // namespace ponder::ui
