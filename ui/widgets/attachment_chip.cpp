#include "ui/widgets/attachment_chip.h"

#include "ui/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/menu.h"

#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QtMath>

namespace ponder::ui {

namespace {

constexpr int kIcon = 20;
constexpr int kCross = 32;
constexpr int kMostText = 190;
constexpr int kVerticalPadding = 6;

} // namespace

AttachmentChip::AttachmentChip(Theme& theme, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), cross_(new Button(theme, ButtonLook::Quiet, this)) {
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    cross_->setGlyph(Icon::Close);
    cross_->setExtent(kCross);
    connect(cross_, &Button::clicked, this, [this] { emit removeRequested(content_.id); });
    connect(this, &QAbstractButton::clicked, this, [this] {
        if (content_.state == AttachmentState::Ready) emit openRequested(content_.id);
    });
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        placeCross();
        update();
    });
}

AttachmentChip::~AttachmentChip() = default;

void AttachmentChip::setContent(const AttachmentContent& content) {
    content_ = content;
    setAccessibleName(tr("%1, %2").arg(content_.name, detail(spokenTokens(content_.tokens))));
    setAccessibleDescription(tr("Enter opens it, Delete takes it away."));
    setToolTip(content_.name.toHtmlEscaped());
    cross_->setToolTip(tr("Remove"));
    cross_->setAccessibleName(tr("Remove %1").arg(content_.name));
    updateGeometry();
    update();
}

QWidget* AttachmentChip::cross() const {
    return cross_;
}

QString AttachmentChip::detail(const QString& tokens) const {
    if (content_.state == AttachmentState::Reading) return tr("Reading…");
    return content_.size.isEmpty() ? tokens : tr("%1, %2").arg(content_.size, tokens);
}

QSize AttachmentChip::sizeHint() const {
    const QFontMetricsF name(theme_.font(TextStyle::Label));
    const QFontMetricsF detailMetrics(theme_.font(TextStyle::Caption));
    const qreal text =
        qMin<qreal>(theme_.scaled(kMostText),
                    qMax(name.horizontalAdvance(content_.name),
                         detailMetrics.horizontalAdvance(detail(shownTokens(content_.tokens)))));
    const int width =
        space::kMedium + kIcon + space::kSmall + qCeil(text) + 1 + space::kTiny + theme_.scaled(kCross) + 2;
    const int height =
        theme_.lineHeight(TextStyle::Label) + theme_.lineHeight(TextStyle::Caption) + 2 * kVerticalPadding;
    return {width, height};
}

void AttachmentChip::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool over = underMouse();
    painter.setBrush(isDown() ? colours.selectedRow : over ? colours.bubble : colours.code);
    painter.setPen(QPen(theme_.isHighContrast() && over ? colours.accent : colours.border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kCode, radius::kCode);

    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](qreal left, qreal top, qreal boxWidth, qreal boxHeight) {
        return QRectF(mirrored ? width() - left - boxWidth : left, top, boxWidth, boxHeight);
    };
    drawIcon(painter, Icon::File, place(space::kMedium, 0, kIcon, height()), colours.muted, kIcon);
    const qreal left = space::kMedium + kIcon + space::kSmall;
    const qreal room = width() - left - space::kTiny - cross_->width() - 2;
    const int nameHeight = theme_.lineHeight(TextStyle::Label);
    const int side = mirrored ? Qt::AlignRight : Qt::AlignLeft;
    painter.setFont(theme_.font(TextStyle::Label));
    painter.setPen(colours.text);
    painter.drawText(place(left, kVerticalPadding, room, nameHeight),
                     Qt::AlignVCenter | side | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(content_.name, Qt::ElideMiddle, int(room)));
    painter.setFont(theme_.font(TextStyle::Caption));
    painter.setPen(colours.muted);
    painter.drawText(
        place(left, kVerticalPadding + nameHeight, room, theme_.lineHeight(TextStyle::Caption)),
        Qt::AlignVCenter | side | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(detail(shownTokens(content_.tokens)), Qt::ElideRight, int(room)));
}

void AttachmentChip::placeCross() {
    const int extent = theme_.scaled(kCross);
    cross_->setGeometry(layoutDirection() == Qt::RightToLeft ? 2 : width() - extent - 2,
                        (height() - extent) / 2, extent, extent);
}

void AttachmentChip::resizeEvent(QResizeEvent* event) {
    placeCross();
    QAbstractButton::resizeEvent(event);
}

void AttachmentChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        emit removeRequested(content_.id);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat()) click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void AttachmentChip::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int id = content_.id;
    if (content_.state == AttachmentState::Ready)
        connect(menu->add(Icon::File, tr("Open")), &QAction::triggered, this,
                [this, id] { emit openRequested(id); });
    if (content_.origin == AttachmentOrigin::Pasted)
        connect(menu->add(Icon::Pencil, tr("Paste as text instead")), &QAction::triggered, this,
                [this, id] { emit asTextRequested(id); });
    connect(menu->add(Icon::Close, tr("Remove")), &QAction::triggered, this,
            [this, id] { emit removeRequested(id); });
    menu->popup(event->globalPos());
}

void AttachmentChip::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event)) ring_ = std::make_unique<FocusRing>(theme_, *this, radius::kCode);
    QAbstractButton::focusInEvent(event);
}

void AttachmentChip::focusOutEvent(QFocusEvent* event) {
    ring_.reset();
    QAbstractButton::focusOutEvent(event);
}

} // namespace ponder::ui
