#include "ui/tokens/token_view.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(980, 640);
constexpr int kChoicesWidth = 300;
constexpr double kSure = 0.9;     // from here on a token has no colour
constexpr double kDoubtful = 0.5; // below, it is underlined too

const QString kLineEnd = QStringLiteral("⏎");

/// Spaces and line ends of a token, so that they can be seen and pressed.
QString visible(const QString& text) {
    QString shown = text;
    shown.replace('\n', kLineEnd);
    shown.replace('\t', QStringLiteral("⇥"));
    if (shown.trimmed().isEmpty()) shown.replace(' ', QStringLiteral("␣"));
    return shown.isEmpty() ? QStringLiteral("∅") : shown;
}

QString percent(double probability) {
    const QLocale locale;
    return TokenView::tr("%1 %").arg(locale.toString(100 * probability, 'f', probability < 0.1 ? 1 : 0));
}

} // namespace

TokenView::TokenView(Theme& theme, QWidget* parent)
    : SurfaceDialog(theme, parent), legend_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      text_(new QTextEdit(this)), side_(new QWidget(this)),
      state_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      chosen_(new Label(theme, TextStyle::Control, &Colours::text, this)), choices_(new QVBoxLayout) {
    setWindowTitle(tr("Token by token"));
    resize(kUsualSize);
    text_->setReadOnly(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setTabChangesFocus(true);
    text_->document()->setDocumentMargin(0); // flush with the title
    text_->setAccessibleName(tr("The answer, token by token"));
    chosen_->setWordWrap(true);
    chosen_->setText(tr("Choose a token to see what else the model might have said there."));
    state_->setText(tr("The model reads its answer again…"));
    auto* title = new Label(theme_, TextStyle::Heading2, &Colours::text, this);
    title->setText(tr("Token by token"));
    legend_->setText(
        tr("The more colour, the less sure the model was. Underlined: less than an even chance."));
    Button* close = makeButton(ButtonLook::Filled, tr("Close"));

    auto* side = new QVBoxLayout;
    side->setSpacing(space::kSmall);
    side->addWidget(chosen_);
    choices_->setSpacing(space::kTiny);
    side->addLayout(choices_);
    side->addStretch(1);
    side_->setLayout(side);
    side_->setFixedWidth(kChoicesWidth);
    side->setContentsMargins(space::kLarge, 0, 0, 0);
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(text_, 1);
    body->addWidget(side_);
    auto* foot = new QHBoxLayout;
    foot->addWidget(state_, 1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kSmall);
    column->addWidget(title);
    column->addWidget(legend_);
    column->addLayout(body, 1);
    column->addLayout(foot);

    connect(text_, &QTextEdit::cursorPositionChanged, this,
            [this] { choose(tokenAt(text_->textCursor().position())); });
    connect(close, &Button::clicked, this, &QDialog::accept);
    connect(&theme_, &Theme::changed, this, &TokenView::takeTheme);
    takeTheme();
    text_->setFocus();
}

void TokenView::add(const std::vector<ShownToken>& tokens) {
    for (const ShownToken& token : tokens) {
        tokens_.push_back(token);
        draw(token);
    }
}

void TokenView::draw(const ShownToken& token) {
    const Colours& colours = theme_.colours();
    QTextCharFormat format;
    const double doubt = std::clamp((kSure - token.probability) / kSure, 0.0, 1.0);
    const bool quiet = token.part != TokenPart::Answer && doubt <= 0;
    format.setForeground(quiet ? colours.muted : colours.text);
    if (doubt > 0) format.setBackground(mixed(colours.warning, colours.surface, kStrongestTint * doubt));
    format.setFontUnderline(token.probability < kDoubtful);
    const QSignalBlocker silence(text_);
    QTextCursor cursor(text_->document());
    cursor.movePosition(QTextCursor::End);
    starts_.push_back(cursor.position());
    if (starts_.size() == 1) setReadingLines(cursor);
    cursor.insertText(visible(token.text).replace(kLineEnd, kLineEnd + QChar('\n')), format);
}

void TokenView::setProgress(int done, int total) {
    if (finished_) return;
    const QLocale locale;
    state_->setText(tr("The model reads its answer again: %1 of %2 tokens")
                        .arg(locale.toString(done), locale.toString(total)));
}

void TokenView::finish(const QString& note) {
    finished_ = true;
    state_->setText(note);
    showChoices();
}

void TokenView::fail(const QString& message) {
    finished_ = true;
    state_->setText({});
    chosen_->setColour(&Colours::danger);
    chosen_->setText(message);
    if (!tokens_.empty()) return;
    // There is nothing to read but why there is nothing.
    text_->hide();
    legend_->hide();
    side_->setMinimumWidth(0);
    side_->setMaximumWidth(QWIDGETSIZE_MAX);
    side_->layout()->setContentsMargins(0, 0, 0, 0);
}

int TokenView::tokenAt(int position) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), position);
    return after == starts_.begin() ? -1 : int(after - starts_.begin()) - 1;
}

void TokenView::choose(int token) {
    if (token == current_ || token < 0 || token >= int(tokens_.size())) return;
    current_ = token;
    const int end = size_t(token + 1) < starts_.size() ? starts_[size_t(token + 1)]
                                                       : int(text_->document()->characterCount()) - 1;
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(text_->document());
    mark.cursor.setPosition(starts_[size_t(token)]);
    mark.cursor.setPosition(end, QTextCursor::KeepAnchor);
    mark.format.setBackground(theme_.colours().selection);
    mark.format.setForeground(theme_.colours().text);
    text_->setExtraSelections({mark});
    showChoices();
}

void TokenView::showChoices() {
    // One of them may be what was pressed just now.
    for (Button* button : buttons_) {
        button->hide();
        button->deleteLater();
    }
    buttons_.clear();
    if (current_ < 0) return;
    const ShownToken& token = tokens_[size_t(current_)];
    chosen_->setText(
        tr("“%1” was %2 likely. It might have been:").arg(visible(token.text), percent(token.probability)));
    for (int i = 0; i < int(token.choices.size()); ++i) {
        const TokenChoice& choice = token.choices[size_t(i)];
        auto* button = new Button(theme_, ButtonLook::Outlined, this);
        const bool same = choice.text == token.text;
        button->setText(visible(choice.text) + "   " + percent(choice.probability));
        button->setTextAlignment(Qt::AlignLeft);
        button->setGlyph(same ? Icon::Check : Icon::Branch);
        button->setEnabled(finished_ && token.part != TokenPart::Markup);
        button->setToolTip(same ? tr("Answer anew from here") : tr("Go on from here with this instead"));
        connect(button, &Button::clicked, this, [this, i] { emit branchWanted(current_, i); });
        choices_->addWidget(button);
        buttons_.push_back(button);
    }
    tabAsLaidOut(*this);
}

void TokenView::takeTheme() {
    text_->setFont(theme_.font(TextStyle::Body));
    text_->setStyleSheet(
        QString("QTextEdit { background: transparent; color: %1; }").arg(theme_.colours().text.name()) +
        scrollBarStyle(theme_));
    {
        const QSignalBlocker quiet(text_);
        text_->clear();
    }
    starts_.clear();
    for (const ShownToken& token : tokens_) draw(token);
    update();
}

} // namespace ponder::ui
