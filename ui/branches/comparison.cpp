#include "ui/branches/comparison.h"

#include "ui/branches/text_difference.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QTextEdit>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(1040, 680);

QString costOf(const ComparedAnswer& answer) {
    const QLocale locale;
    QStringList parts;
    if (!answer.model.isEmpty()) parts << answer.model;
    if (answer.tokens > 0) parts << Comparison::tr("%1 tokens").arg(locale.toString(answer.tokens));
    if (answer.thoughtTokens > 0)
        parts << Comparison::tr("%1 of them thoughts").arg(locale.toString(answer.thoughtTokens));
    if (answer.seconds > 0) parts << Comparison::tr("%1 s").arg(locale.toString(answer.seconds, 'f', 1));
    return parts.join("  ·  ");
}

/// A text with what the other one lacks marked: by colour, and underlined or struck out for who does not see
/// it.
class MarkedText : public QTextEdit {
public:
    MarkedText(Theme& theme, QWidget* parent) : QTextEdit(parent), theme_(theme) {
        setReadOnly(true);
        setFrameShape(QFrame::NoFrame);
        setTabChangesFocus(true);
        document()->setDocumentMargin(0); // flush with the title
        QTextCursor cursor(document());
        setReadingLines(cursor);
        setFont(theme.font(TextStyle::Control));
        setStyleSheet(
            QString("QTextEdit { background: transparent; color: %1; }").arg(theme.colours().text.name()) +
            scrollBarStyle(theme));
    }

    void add(const std::vector<DifferenceRun>& runs, DifferenceKind own, QColor Colours::*ink) {
        const Colours& colours = theme_.colours();
        QTextCharFormat marked;
        marked.setBackground(mixed(colours.*own_(own), colours.surface, Comparison::kTint));
        marked.setFontUnderline(own == DifferenceKind::Added);
        marked.setFontStrikeOut(own == DifferenceKind::Removed);
        QTextCharFormat plain;
        plain.setForeground(colours.*ink);
        marked.setForeground(colours.text);
        QTextCursor cursor(document());
        cursor.movePosition(QTextCursor::End);
        for (const DifferenceRun& run : runs)
            if (run.kind == DifferenceKind::Same || run.kind == own)
                cursor.insertText(run.text, run.kind == own ? marked : plain);
    }
    void addGap() {
        QTextCursor cursor(document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText("\n\n", QTextCharFormat());
    }

private:
    static QColor Colours::*own_(DifferenceKind kind) {
        return kind == DifferenceKind::Added ? &Colours::success : &Colours::danger;
    }

    Theme& theme_;
};

} // namespace

Comparison::Comparison(Theme& theme, const ComparedAnswer& before, const ComparedAnswer& after,
                       QWidget* parent)
    : SurfaceDialog(theme, parent) {
    setWindowTitle(tr("Two versions"));
    resize(kUsualSize);
    const auto thoughts = textDifference(before.thoughts, after.thoughts);
    const auto texts = textDifference(before.text, after.text);

    auto* sides = new QHBoxLayout;
    sides->setSpacing(space::kWide);
    std::vector<MarkedText*> views;
    const auto addSide = [&](const ComparedAnswer& answer, DifferenceKind own) {
        auto* title = new Label(theme_, TextStyle::Heading3, &Colours::text, this);
        title->setText(answer.title);
        auto* cost = new Label(theme_, TextStyle::Caption, &Colours::muted, this);
        cost->setElided(costOf(answer));
        auto* view = new MarkedText(theme_, this);
        view->setAccessibleName(answer.title);
        if (!answer.thoughts.isEmpty()) {
            view->add(thoughts, own, &Colours::muted);
            view->addGap();
        }
        view->add(texts, own, &Colours::text);
        view->moveCursor(QTextCursor::Start);
        auto* column = new QVBoxLayout;
        column->setSpacing(space::kTiny);
        column->addWidget(title);
        column->addWidget(cost);
        column->addSpacing(space::kSmall);
        column->addWidget(view, 1);
        sides->addLayout(column, 1);
        views.push_back(view);
    };
    addSide(before, DifferenceKind::Removed);
    addSide(after, DifferenceKind::Added);
    // Both are read at the same place, as far as they are equally long.
    const auto follow = [](QScrollBar* from, QScrollBar* to) {
        connect(from, &QScrollBar::valueChanged, to, [from, to](int value) {
            if (from->maximum() > 0) to->setValue(int(qint64(value) * to->maximum() / from->maximum()));
        });
    };
    follow(views[0]->verticalScrollBar(), views[1]->verticalScrollBar());

    Button* close = makeButton(ButtonLook::Filled, tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kMedium);
    column->addLayout(sides, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    close->setFocus();
}

void Comparison::paintEvent(QPaintEvent* event) {
    SurfaceDialog::paintEvent(event);
    QPainter painter(this);
    painter.setPen(theme_.colours().border);
    painter.drawLine(width() / 2, space::kWide, width() / 2, height() - space::kHuge * 2);
}

} // namespace ponder::ui
