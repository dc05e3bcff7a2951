#include "ui/widgets/notice_card.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

constexpr int kIcon = 20;
constexpr int kMostDetailLines = 8;

} // namespace

NoticeCard::NoticeCard(Theme& theme, QWidget* parent)
    : Card(theme, parent), what_(new Label(theme, TextStyle::ControlStrong, &Colours::text, this)),
      next_(new Label(theme, TextStyle::Control, &Colours::muted, this)), details_(new QPlainTextEdit(this)),
      more_(new Button(theme, ButtonLook::Quiet, this)),
      action_(new Button(theme, ButtonLook::Outlined, this)) {
    for (Label* label : {what_, next_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    details_->setReadOnly(true);
    details_->setFrameShape(QFrame::NoFrame);
    details_->setAccessibleName(tr("Details"));
    details_->setTabChangesFocus(true);
    more_->setText(tr("Details"));
    auto* close = new Button(theme, ButtonLook::Quiet, this);
    close->setGlyph(Icon::Close);
    close->setToolTip(tr("Close"));

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(what_);
    words->addWidget(next_);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addSpacing(kIcon + space::kMedium - 6);
    row->addLayout(words, 1);
    row->addSpacing(space::kSmall);
    row->addWidget(more_, 0, Qt::AlignTop);
    row->addWidget(action_, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kLarge, space::kMedium, space::kSmall, space::kMedium);
    column->setSpacing(space::kSmall);
    column->addLayout(row);
    column->addWidget(details_);

    connect(close, &Button::clicked, this, &QWidget::hide);
    connect(action_, &Button::clicked, this, [this] { emit actionRequested(action_->text()); });
    connect(more_, &Button::clicked, this, [this] { showDetails(details_->isHidden()); });
    connect(&theme_, &Theme::changed, this, &NoticeCard::takeTheme);
    takeTheme();
    hide();
}

void NoticeCard::setNotice(NoticeKind kind, const Failure& notice, const QString& action) {
    kind_ = kind;
    what_->setText(notice.what);
    next_->setText(notice.next);
    next_->setVisible(!notice.next.isEmpty());
    details_->setPlainText(notice.details);
    more_->setVisible(!notice.details.isEmpty());
    showDetails(false);
    action_->setText(action);
    action_->setVisible(!action.isEmpty());
    setAccessibleName(notice.what + ' ' + notice.next);
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NoticeCard::showDetails(bool shown) {
    const int lines = std::clamp(details_->blockCount(), 1, kMostDetailLines);
    const int padding = 2 * (details_->contentsMargins().top() + int(details_->document()->documentMargin()));
    // A little more than the lines take: with less, the last one is scrolled to.
    const qreal height = (lines + 0.5) * QFontMetricsF(details_->font()).lineSpacing();
    details_->setFixedHeight(int(std::ceil(height)) + padding);
    details_->setVisible(shown);
    more_->setText(shown ? tr("Hide details") : tr("Details"));
}

void NoticeCard::takeTheme() {
    const Colours& colours = theme_.colours();
    details_->setFont(theme_.font(TextStyle::Code));
    QPalette palette = details_->palette();
    palette.setColor(QPalette::Base, colours.code);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    details_->setPalette(palette);
    details_->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
}

void NoticeCard::paintEvent(QPaintEvent* event) {
    Card::paintEvent(event);
    const bool isError = kind_ == NoticeKind::Error;
    QPainter painter(this);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - space::kLarge - kIcon : space::kLarge;
    // Beside the first line, however many there are.
    const QFontMetrics metrics = what_->fontMetrics();
    const int lines =
        metrics.boundingRect(0, 0, what_->width(), 1000, Qt::TextWordWrap, what_->text()).height();
    const int firstLine = what_->y() + (what_->height() - lines) / 2;
    const QRectF box(x, firstLine + (metrics.height() - kIcon) / 2.0, kIcon, kIcon);
    const Colours& colours = theme_.colours();
    drawIcon(painter, isError ? Icon::Warning : Icon::Information, box,
             isError ? colours.danger : colours.muted);
}

} // namespace ponder::ui
