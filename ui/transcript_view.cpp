#include "ui/transcript_view.h"

#include "ui/accessible/transcript_accessible.h"
#include "ui/accessible/transcript_voice.h"
#include "ui/script/typesetter.h"
#include "ui/transcript_actions.h"
#include "ui/transcript_clipboard.h"
#include "ui/transcript_editor.h"
#include "ui/transcript_find.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_jump_button.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_pointer.h"
#include "ui/transcript_scroll.h"
#include "ui/transcript_scroll_marks.h"
#include "ui/transcript_selection.h"
#include "ui/transcript_stream.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kIdleSlice = 4;      // ms, of measuring at a time
constexpr int kIdlePause = 12;     // ms, between slices
constexpr int kReadingDelay = 300; // ms
constexpr int kSidePadding = space::kWide;

/// The source of what is edited, not the text made of it.
QString editedText(const MessageContent& message, EditPurpose purpose) {
    const PartKind kind = purpose == EditPurpose::Thought ? PartKind::Reasoning : PartKind::Text;
    QStringList texts;
    for (const MessagePart& part : message.parts)
        if (part.kind == kind) texts.push_back(part.text);
    return texts.join("\n\n");
}

} // namespace

TranscriptView::TranscriptView(Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), theme_(theme), layout_(std::make_unique<TranscriptLayout>(theme)),
      selection_(std::make_unique<TranscriptSelection>(*layout_)),
      scroll_(std::make_unique<TranscriptScroll>(*verticalScrollBar(), *layout_)),
      focus_(std::make_unique<TranscriptFocus>(*layout_)), stream_(new TranscriptStream(*layout_, this)),
      find_(new TranscriptFind(theme, *layout_, this)),
      scrollMarks_(new TranscriptScrollMarks(theme, *verticalScrollBar())),
      pointer_(new TranscriptPointer(
          *layout_, *selection_, [this](const QPointF& at) { return toChat(at); }, this)),
      actions_(new TranscriptActions(theme, *layout_, *selection_, this)),
      jump_(new TranscriptJumpButton(theme, viewport())),
      voice_(std::make_unique<TranscriptVoice>(access())) {
    // First of all: Qt asks once, at the first thing that is told about the view.
    installTranscriptAccessible();
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Conversation"));
    viewport()->setMouseTracking(true);
    jump_->hide();
    idle_.setInterval(kIdlePause);
    reading_.setInterval(kReadingDelay);
    reading_.setSingleShot(true);
    connectParts();
    connectFind();
    takeTheme();
}

TranscriptView::~TranscriptView() = default;

TranscriptAccess TranscriptView::access() {
    return {.view = *this,
            .layout = *layout_,
            .selection = *selection_,
            .focus = *focus_,
            .actions = *actions_,
            .toScreen =
                [this](const QPointF& at) {
                    return viewport()->mapToGlobal(at + QPointF(columnLeft(), -scroll_->top()));
                },
            .fromScreen = [this](const QPointF& at) { return toChat(viewport()->mapFromGlobal(at)); },
            .isOffscreen =
                [this](const QRectF& box) {
                    return box.bottom() < scroll_->top() || box.top() > scroll_->top() + viewport()->height();
                },
            .settle =
                [this] {
                    if (!isEmpty()) layout_->evictFarFrom(layout_->messageAt(scroll_->top()));
                    scroll_->settle(viewport()->height(), TranscriptScroll::Keep::EndOrPlace);
                    placeEditor();
                    viewport()->update();
                },
            .reveal =
                [this](qreal from, qreal to) {
                    scroll_->reveal(from, to);
                    settle();
                }};
}

void TranscriptView::connectParts() {
    connect(&theme_, &Theme::changed, this, &TranscriptView::takeTheme);
    connect(&idle_, &QTimer::timeout, this, &TranscriptView::measureInIdleTime);
    connect(&reading_, &QTimer::timeout, this, [this] {
        if (isEmpty()) return;
        const int id = scroll_->followsEnd() ? 0 : messages()[size_t(layout_->messageAt(scroll_->top()))].id;
        if (std::exchange(shownMessage_, id) != id) emit readingPositionChanged(id);
    });
    connect(stream_, &TranscriptStream::grown, this, [this] {
        find_->takeGrown();
        settle();
        voice_->answerGrew();
    });
    if (Typesetter* typesetter = theme_.typesetter()) {
        connect(&typesetter->syntax(), &SyntaxColourer::coloured, viewport(), qOverload<>(&QWidget::update));
        connect(&typesetter->formulas(), &Formulas::ready, this, [this] {
            if (layout_->takeUpFormulas()) settle();
        });
    }
    connect(jump_, &QAbstractButton::clicked, this, &TranscriptView::jumpToLatest);

    const auto repaint = [this] {
        viewport()->setCursor(pointer_->cursor());
        viewport()->update();
    };
    connect(pointer_, &TranscriptPointer::hoverChanged, this, repaint);
    connect(pointer_, &TranscriptPointer::selectionDrawn, this, repaint);
    connect(pointer_, &TranscriptPointer::barDragged, this, repaint);
    connect(pointer_, &TranscriptPointer::activated, actions_, &TranscriptActions::activate);
    connect(pointer_, &TranscriptPointer::scrollWanted, this,
            [this](int pixels) { verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels); });
    connect(pointer_, &TranscriptPointer::selectionFinished, this, [this] {
        voice_->caretMoved();
        offerForMiddleClick(*selection_);
    });

    connect(actions_, &TranscriptActions::copiedChanged, this, repaint);
    connect(actions_, &TranscriptActions::blockWanted, this, &TranscriptView::activateBlock);
    connect(actions_, &TranscriptActions::selectMessageWanted, this, &TranscriptView::selectMessage);
    connect(actions_, &TranscriptActions::noteWanted, this, &TranscriptView::showNote);
    connect(actions_, &TranscriptActions::editWanted, this, &TranscriptView::openEditor);
    connect(actions_, &TranscriptActions::regenerateRequested, this, &TranscriptView::regenerateRequested);
    connect(actions_, &TranscriptActions::tokensRequested, this, &TranscriptView::tokensRequested);
    connect(actions_, &TranscriptActions::comparisonRequested, this, &TranscriptView::comparisonRequested);
    connect(actions_, &TranscriptActions::reproductionRequested, this,
            &TranscriptView::reproductionRequested);
    connect(actions_, &TranscriptActions::attachmentRequested, this, &TranscriptView::attachmentRequested);
    connect(actions_, &TranscriptActions::answerNowRequested, this, &TranscriptView::answerNowRequested);
    connect(actions_, &TranscriptActions::continueRequested, this, &TranscriptView::continueRequested);
    connect(actions_, &TranscriptActions::branchRequested, this, &TranscriptView::branchRequested);
}

const std::vector<MessageContent>& TranscriptView::messages() const {
    return layout_->contents();
}

bool TranscriptView::isStreaming() const {
    return stream_->isRunning();
}

void TranscriptView::show(std::vector<MessageContent> messages) {
    closeEditor();
    selection_->clear();
    focus_->clear();
    pointer_->forget();
    stream_->abandon();
    // Another chat: nothing of the one before may look as if it belonged to it.
    layout_->setContents({});
    layout_->setContents(std::move(messages));
    find_->takeContents();
    if (isStreaming()) stream_->begin();
    scroll_->followEnd();
    shownMessage_ = 0;
    settle();
    voice_->chatChanged();
}

void TranscriptView::showFrom(int messageId) {
    const int index = voice_->indexOf(messageId);
    if (index < 0) return;
    scroll_->goTo(index);
    settle(AfterChange::HoldPlace);
}

void TranscriptView::refresh(std::vector<MessageContent> messages) {
    scroll_->hold();
    const int heldIndex = scroll_->heldMessage();
    const int heldId = heldIndex >= 0 ? this->messages()[size_t(heldIndex)].id : 0;
    const int editedId = editor_ ? this->messages()[size_t(layout_->editedMessage())].id : 0;
    const std::vector<MessageContent> before = this->messages();
    stream_->abandon();
    pointer_->forget();
    focus_->clear();
    layout_->setContents(std::move(messages));
    find_->takeContents();
    const auto now = this->messages();
    const auto indexOf = [&](int id) {
        const auto at =
            std::find_if(now.begin(), now.end(), [id](const MessageContent& each) { return each.id == id; });
        return at == now.end() ? -1 : int(at - now.begin());
    };
    const size_t common =
        size_t(std::mismatch(before.begin(), before.end(), now.begin(), now.end()).first - before.begin());
    if (selection_->lastMessage() >= int(common)) selection_->clear();
    if (heldIndex >= int(common) && !now.empty()) {
        // What was read is gone or has changed: its successor takes its place.
        const int index = heldId != 0 ? indexOf(heldId) : -1;
        scroll_->moveHold(index >= 0 ? index : std::min(heldIndex, int(now.size()) - 1));
    }
    const int edited = editor_ ? indexOf(editedId) : -1;
    if (edited >= 0) {
        layout_->setEditorHeight(edited, 0);
        fitEditor();
    } else {
        closeEditor();
    }
    if (isStreaming()) stream_->begin();
    settle(AfterChange::HoldPlace);
    voice_->messagesChanged();
}

void TranscriptView::addMessage(MessageContent message) {
    layout_->append(std::move(message));
    find_->takeContents();
    scroll_->followEnd();
    settle();
    voice_->messageAdded();
}

void TranscriptView::beginAnswer(MessageContent answer) {
    answer.state = MessageState::Streaming;
    const int last = layout_->count() - 1;
    if (last >= 0 && messages().back().id == answer.id) {
        layout_->content(last) = std::move(answer);
        layout_->takeUp(last);
    } else {
        layout_->append(std::move(answer));
    }
    find_->takeContents();
    stream_->begin();
    settle();
    voice_->answerBegan();
}

void TranscriptView::appendAnswer(PartKind part, const QString& text) {
    stream_->append(part, text);
}

void TranscriptView::finishAnswer(const AnswerEnd& end) {
    const bool ends = isStreaming();
    stream_->finish(end);
    if (ends) voice_->answerEnded(end);
}

void TranscriptView::takeTheme() {
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    if (!scroll_->followsEnd()) scroll_->hold();
    layout_->restyle();
    settle();
}

void TranscriptView::settle(AfterChange after) {
    layout_->setRowState(isStreaming() ? RowState::Locked : RowState::Open);
    scroll_->settle(viewport()->height(), after == AfterChange::HoldPlace
                                              ? TranscriptScroll::Keep::Place
                                              : TranscriptScroll::Keep::EndOrPlace);
    askForFormulas();
    placeEditor();
    placeJumpButton();
    pointer_->lookAgain();
    if (layout_->hasUnknownHeights() && !isStreaming()) idle_.start();
    reading_.start();
    viewport()->update();
}

/// Those that are seen, and before them, in the queue behind them, those that are a little way off: what
/// comes into view had better not change its height there.
void TranscriptView::askForFormulas() {
    if (!theme_.typesetter()) return;
    const qreal top = scroll_->top();
    const qreal height = viewport()->height();
    layout_->askForFormulas(top - height, top + 2 * height);
    layout_->askForFormulas(top, top + height);
}

void TranscriptView::measureInIdleTime() {
    if (isStreaming() || !isVisible()) return idle_.stop();
    QElapsedTimer timer;
    timer.start();
    const int middle = layout_->count() == 0 ? 0 : layout_->messageAt(scroll_->top());
    bool more = true;
    while (more && timer.elapsed() < kIdleSlice) more = layout_->measureNext(middle);
    if (!more) idle_.stop();
    scroll_->settle(viewport()->height(), TranscriptScroll::Keep::EndOrPlace);
    placeEditor();
    if (find_->isOn() && !more) placeScrollMarks();
}

int TranscriptView::columnLeft() const {
    // In the middle of the view, not of the viewport: the scroll bar must not push the text out of line.
    return (width() - int(layout_->width())) / 2 - viewport()->x();
}

QPointF TranscriptView::toChat(const QPointF& inViewport) const {
    return inViewport + QPointF(-columnLeft(), scroll_->top());
}

void TranscriptView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layout_->setWidth(std::clamp(width() - 2 * kSidePadding, 1, TranscriptLayout::kReadingWidth));
    if (editor_) fitEditor();
    settle();
}

void TranscriptView::scrollContentsBy(int, int) {
    if (scroll_->isAdjusting()) return;
    scroll_->takeUserMove();
    settle();
    keepWhatIsRead();
    if (layout_->count() > 0) layout_->evictFarFrom(layout_->messageAt(scroll_->top()));
}

/// Thoughts that somebody has stopped to read must not close when the answer begins.
void TranscriptView::keepWhatIsRead() {
    if (!isStreaming() || scroll_->followsEnd()) return;
    const int last = layout_->count() - 1;
    const int part = int(messages().back().parts.size()) - 1;
    const bool seen = layout_->topOf(last) < scroll_->top() + viewport()->height();
    if (seen && part >= 0) layout_->live(last).takeInHand(part);
}

void TranscriptView::placeJumpButton() {
    const bool wanted = !scroll_->followsEnd() && !scroll_->isNearEnd();
    jump_->setVisible(wanted);
    if (!wanted) return;
    const int left = columnLeft() + (int(layout_->width()) - jump_->width()) / 2;
    jump_->move(left, viewport()->height() - jump_->height() - space::kMedium);
    jump_->raise();
}

void TranscriptView::placeEditor() {
    if (!editor_) return;
    const int message = layout_->editedMessage();
    editor_->move(columnLeft(), int(layout_->topOf(message)) - scroll_->top());
}

void TranscriptView::fitEditor() {
    const int width = int(layout_->width());
    const int height = editor_->heightFor(width);
    editor_->resize(width, height);
    layout_->setEditorHeight(layout_->editedMessage(), height + space::kWide);
}

void TranscriptView::openEditor(int message, EditPurpose purpose) {
    closeEditor();
    if (isStreaming() || message < 0 || message >= layout_->count()) return;
    selection_->clear();
    focus_->clear();
    scroll_->hold();
    editor_ =
        new TranscriptEditor(theme_, purpose, editedText(messages()[size_t(message)], purpose), viewport());
    tabBehind(*this, *editor_);
    layout_->setEditorHeight(message, 0);
    fitEditor();
    connect(editor_, &TranscriptEditor::heightChanged, this, [this] {
        fitEditor();
        settle();
    });
    connect(editor_, &TranscriptEditor::cancelled, this, &TranscriptView::closeEditor);
    connect(editor_, &TranscriptEditor::submitted, this,
            [this, id = messages()[size_t(message)].id](const QString& text) {
                const EditPurpose purpose = editor_->purpose();
                closeEditor();
                if (purpose == EditPurpose::Thought)
                    emit thoughtEdited(id, text);
                else
                    emit editSubmitted(id, text);
            });
    editor_->show();
    editor_->setFocus(Qt::OtherFocusReason);
    settle(AfterChange::HoldPlace);
    const qreal top = layout_->topOf(message);
    scroll_->reveal(top - space::kWide, top + editor_->height() + space::kWide);
    settle();
}

void TranscriptView::closeEditor() {
    if (!editor_) return;
    const bool focused = editor_->isAncestorOf(focusWidget());
    layout_->setEditorHeight(-1, std::nullopt);
    editor_->disconnect(this);
    editor_->hide();
    editor_->deleteLater();
    editor_ = nullptr;
    if (focused) setFocus(Qt::OtherFocusReason);
    settle(AfterChange::HoldPlace);
}

void TranscriptView::activateBlock(int message, const Target& target) {
    scroll_->holdMessage(message, layout_->topOf(message) - scroll_->top());
    for (const Control& control : layout_->live(message).controls()) {
        // What has been pressed stays under the pointer.
        if (control.target == target)
            scroll_->hold(layout_->topOf(message) + control.box.top() - scroll_->top());
    }
    const BlockEffect effect = layout_->live(message).activate(target);
    if (effect == BlockEffect::Relayout) {
        pointer_->forget();
        layout_->relayout(message);
        settle(AfterChange::HoldPlace);
    }
    viewport()->update();
    voice_->messageChanged(message);
}

/// Marked as by a triple click: so it is found.
void TranscriptView::showNote(int message, const Block* block, const QString& label) {
    const TranscriptMessage& live = layout_->live(message);
    for (int i = 0; i < live.blockCount(); ++i) {
        const std::optional<int> offset =
            live.block(i).holds(block) ? live.block(i).offsetOfNote(label) : std::nullopt;
        if (!offset) continue;
        const TranscriptPosition place{message, i, *offset};
        selection_->begin(place, SelectionUnit::Line);
        const QRectF caret = layout_->caretAt(place);
        scroll_->reveal(caret.top() - space::kWide, caret.bottom() + space::kWide);
        settle();
    }
}

QString TranscriptView::selectedText() const {
    return selection_->copied(CopyFormat::Text);
}

QString TranscriptView::selectedMarkdown() const {
    return selection_->copied(CopyFormat::Markdown);
}

int TranscriptView::lastMessageId(Role role) const {
    const auto last = std::find_if(messages().rbegin(), messages().rend(),
                                   [role](const MessageContent& message) { return message.role == role; });
    return last == messages().rend() ? 0 : last->id;
}

QString TranscriptView::lastAnswerText() const {
    for (int i = layout_->count() - 1; i >= 0; --i) {
        if (messages()[size_t(i)].role == Role::Assistant) return messageText(*layout_, i, CopyFormat::Text);
    }
    return {};
}

void TranscriptView::copySelection() {
    actions_->copySelection(CopyFormat::Text);
}

void TranscriptView::copyLastAnswer() {
    const QString text = lastAnswerText();
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void TranscriptView::regenerateLastAnswer() {
    const int id = lastMessageId(Role::Assistant);
    if (id != 0 && !isStreaming()) emit regenerateRequested(id);
}

void TranscriptView::editLastPrompt() {
    for (int i = layout_->count() - 1; i >= 0; --i) {
        if (messages()[size_t(i)].role == Role::User) return openEditor(i, EditPurpose::Prompt);
    }
}

void TranscriptView::jumpToLatest() {
    scroll_->followEnd();
    settle();
}

} // namespace ponder::ui
