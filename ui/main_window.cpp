#include "ui/main_window.h"

#include "ui/chat_menus.h"
#include "ui/commands.h"
#include "ui/context/context_question.h"
#include "ui/file_drop.h"
#include "ui/finding/palette.h"
#include "ui/finding/search_page.h"
#include "ui/finding/window_finding.h"
#include "ui/library/library_page.h"
#include "ui/widgets/attachment_strip.h"
#include "ui/widgets/body_cover.h"
#include "ui/widgets/chat_header.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/loading_card.h"
#include "ui/widgets/notice_card.h"
#include "ui/widgets/queue_strip.h"
#include "ui/widgets/reading_column.h"
#include "ui/widgets/side_split.h"
#include "ui/widgets/undo_bar.h"
#include "ui/window_dialogs.h"
#include "ui/window_menu.h"
#include "ui/window_palette.h"
#include "ui/window_shortcuts.h"

#include <QCloseEvent>
#include <QDataStream>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(1180, 820);
constexpr QSize kLeastSize(720, 520);
constexpr quint32 kLayoutMark = 0x506F6E64; // "Pond"
constexpr quint16 kLayoutVersion = 1;

} // namespace

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), sidebar_(new Sidebar(theme)), body_(new QWidget),
      split_(new SideSplit(theme, sidebar_, body_, this)), header_(new ChatHeader(theme, body_)),
      transcript_(new TranscriptView(theme, body_)), emptyPage_(new EmptyPage(theme, transcript_)),
      tray_(new ReadingColumn(body_)), loading_(new LoadingCard(theme, tray_)),
      notice_(new NoticeCard(theme, tray_)), contextQuestion_(new ContextQuestion(theme, tray_)),
      queue_(new QueueStrip(theme, tray_)), composer_(new Composer(theme, body_)),
      picker_(new ModelPicker(theme, this)), dialogs_(new WindowDialogs(theme, this)),
      cover_(new BodyCover(*body_, *transcript_, this)),
      finding_(new WindowFinding(theme, *this, *cover_, *transcript_)),
      library_(new LibraryPage(theme, this)) {
    setMinimumSize(kLeastSize);
    resize(kUsualSize);
    setChatTitle({});
    buildBody();
    connectParts();
    connect(new WindowShortcuts(this), &WindowShortcuts::pressed, this, &MainWindow::run);
    takeTheme();
    composer_->focusText();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildBody() {
    tray_->add(loading_);
    tray_->add(notice_);
    tray_->add(contextQuestion_);
    tray_->add(queue_);
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(transcript_, 1);
    column->addWidget(tray_);
    column->addWidget(composer_);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split_);
    transcript_->setFrameShape(QFrame::NoFrame);
    transcript_->viewport()->installEventFilter(this);
}

void MainWindow::connectParts() {
    connect(sidebar_, &Sidebar::newChatRequested, this, [this] { run(Command::NewChat); });
    connect(sidebar_, &Sidebar::chatSelected, this, [this](const QString& id) {
        split_->closeOver();
        emit chatSelected(id);
    });
    connect(sidebar_, &Sidebar::exportRequested, this, &MainWindow::exportRequested);
    connect(sidebar_, &Sidebar::revealRequested, this, [this] { split_->setSideShown(true); });
    connect(split_, &SideSplit::focusLeft, composer_, &Composer::focusText);
    connect(split_, &SideSplit::sideShownChanged, this, &MainWindow::takeSideShown);

    connect(header_, &ChatHeader::sidebarToggled, split_, &SideSplit::toggleSide);
    connect(header_, &ChatHeader::newChatRequested, this, [this] { run(Command::NewChat); });
    connect(header_, &ChatHeader::keepRequested, this, &MainWindow::keepChatRequested);
    connect(header_, &ChatHeader::menuRequested, this, &MainWindow::openWindowMenu);

    connect(transcript_, &TranscriptView::regenerateRequested, this, &MainWindow::regenerateRequested);
    connect(transcript_, &TranscriptView::reproductionRequested, this, &MainWindow::reproductionRequested);
    connect(transcript_, &TranscriptView::editSubmitted, this, &MainWindow::editSubmitted);
    connect(transcript_, &TranscriptView::tokensRequested, this, &MainWindow::tokensRequested);
    connect(transcript_, &TranscriptView::comparisonRequested, this, &MainWindow::comparisonRequested);
    connect(transcript_, &TranscriptView::thoughtEdited, this, &MainWindow::thoughtEdited);
    connect(transcript_, &TranscriptView::attachmentRequested, this, &MainWindow::attachmentRequested);
    connect(transcript_, &TranscriptView::answerNowRequested, this, &MainWindow::answerNowRequested);
    connect(transcript_, &TranscriptView::branchRequested, this, &MainWindow::branchRequested);
    connect(transcript_, &TranscriptView::continueRequested, this, &MainWindow::continueRequested);

    connect(emptyPage_, &EmptyPage::exampleChosen, this, &MainWindow::submitExample);
    connect(emptyPage_, &EmptyPage::modelWanted, this, [this] { run(Command::GetModel); });
    connect(emptyPage_, &EmptyPage::openModelFileRequested, this, &MainWindow::openModelFileRequested);
    connect(loading_, &LoadingCard::cancelled, this, &MainWindow::loadCancelRequested);
    connect(notice_, &NoticeCard::actionRequested, this, &MainWindow::noticeActionRequested);

    connect(composer_, &Composer::submitted, this, &MainWindow::submitted);
    connect(composer_, &Composer::stopRequested, this, &MainWindow::stopRequested);
    connect(composer_, &Composer::draftChanged, this, &MainWindow::draftChanged);
    connect(composer_, &Composer::reasoningToggled, this, &MainWindow::reasoningToggled);
    connect(composer_, &Composer::modelMenuRequested, this, &MainWindow::openModelMenu);
    connect(composer_, &Composer::editLastRequested, transcript_, &TranscriptView::editLastPrompt);

    connect(new FileDrop(theme_, *this), &FileDrop::dropped, &AttachmentStrip::of(*composer_),
            &AttachmentStrip::filesGiven);
    connect(picker_, &ModelPicker::modelChosen, this, &MainWindow::modelChosen);
    connect(picker_, &ModelPicker::openModelFileRequested, this, &MainWindow::openModelFileRequested);
    connect(picker_, &ModelPicker::libraryRequested, this, [this] { run(Command::Models); });
    connect(picker_, &ModelPicker::unloadRequested, this, &MainWindow::unloadModelRequested);
    connect(sidebar_, &Sidebar::searchRequested, this, [this] { run(Command::SearchChats); });
    for (auto signal : {&MainWindow::newChatRequested, &MainWindow::temporaryChatRequested})
        connect(this, signal, this, &MainWindow::closePages);
    connect(this, &MainWindow::chatSelected, this, &MainWindow::closePages);
    connect(library_, &LibraryPage::closed, this, [this] { cover_->close(*library_); });
    connect(library_, &LibraryPage::sidebarToggled, split_, &SideSplit::toggleSide);
    connect(finding_, &WindowFinding::commandChosen, this, &MainWindow::run);
    connect(finding_, &WindowFinding::modelChosen, this, &MainWindow::modelChosen);
    finding_->palette().setSource(PaletteSection::Settings, [this] { return dialogs_->entries(); });
    connect(&finding_->page(), &SearchPage::sidebarToggled, split_, &SideSplit::toggleSide);
    connect(&theme_, &Theme::changed, this, &MainWindow::takeTheme);
}

Sidebar& MainWindow::sidebar() {
    return *sidebar_;
}
TranscriptView& MainWindow::transcript() {
    return *transcript_;
}
Composer& MainWindow::composer() {
    return *composer_;
}
WindowFinding& MainWindow::finding() {
    return *finding_;
}
QueueStrip& MainWindow::queue() {
    return *queue_;
}

void MainWindow::setChatTitle(const QString& title) {
    header_->setTitle(title);
    // Qt reads [*] as the place of a mark for unsaved changes; doubled it stands for itself.
    const QString shown = QString(title).replace("[*]", "[*][*]");
    setWindowTitle(title.isEmpty() ? tr("Ponder") : tr("%1 – Ponder").arg(shown));
}

void MainWindow::setChatKeeping(ChatKeeping keeping) {
    header_->setKeeping(keeping);
}

void MainWindow::setModels(std::vector<ModelRow> models) {
    models_ = models;
    finding_->setModels(models);
    picker_->setModels(std::move(models));
    setCurrentModel(currentModel_);
}

void MainWindow::setCurrentModel(const QString& path) {
    currentModel_ = path;
    picker_->setCurrentModel(path);
    const auto row = std::find_if(models_.begin(), models_.end(),
                                  [&](const ModelRow& model) { return model.path == path; });
    // A file opened by hand need not be in the list.
    const QString fileName = path.section('/', -1);
    composer_->setModelName(path.isEmpty() ? QString() : row == models_.end() ? fileName : row->name);
}

void MainWindow::setEmptyChat(EmptyChat kind) {
    emptyPage_->setKind(kind);
}

void MainWindow::showLoading(const ModelLoading& loading) {
    loading_->setLoading(loading);
}

void MainWindow::hideLoading() {
    loading_->finish();
}

void MainWindow::setModelResidence(ModelResidence residence) {
    picker_->setResidence(residence);
}

void MainWindow::showNotice(NoticeKind kind, const Failure& notice, const QString& action) {
    notice_->setNotice(kind, notice, action);
}

void MainWindow::hideNotice() {
    notice_->hide();
}

QByteArray MainWindow::saveLayout() const {
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << kLayoutMark << kLayoutVersion << saveGeometry() << split_->wantsSide()
           << qint32(split_->sideWidth());
    return layout;
}

bool MainWindow::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    quint32 mark = 0;
    quint16 version = 0;
    QByteArray geometry;
    bool wantsSide = true;
    qint32 sideWidth = 0;
    stream >> mark >> version >> geometry >> wantsSide >> sideWidth;
    if (stream.status() != QDataStream::Ok || mark != kLayoutMark || version != kLayoutVersion) return false;
    if (!restoreGeometry(geometry)) return false;
    split_->restore(wantsSide, sideWidth);
    return true;
}

void MainWindow::run(Command command) {
    switch (command) {
    case Command::NewChat:
        split_->closeOver();
        emit newChatRequested();
        composer_->focusText();
        break;
    case Command::TemporaryChat:
        split_->closeOver();
        emit temporaryChatRequested();
        break;
    case Command::NewFolder:
        sidebar_->newFolder();
        break;
    case Command::Context:
        emit contextRequested();
        break;
    case Command::ChatOptions:
        emit chatOptionsRequested();
        break;
    case Command::BranchMap:
        emit branchMapRequested();
        break;
    case Command::FocusPrompt:
        split_->closeOver();
        composer_->focusText();
        break;
    case Command::ToggleSidebar:
        split_->toggleSide();
        break;
    case Command::ChooseModel:
        composer_->requestModelMenu();
        break;
    case Command::OpenModelFile:
        emit openModelFileRequested();
        break;
    case Command::Models:
        openLibrary(LibraryTab::Here);
        break;
    case Command::GetModel:
        openLibrary(LibraryTab::Get);
        break;
    case Command::CopyLastAnswer:
        transcript_->copyLastAnswer();
        break;
    case Command::RegenerateAnswer:
        // The answer that is being written is not there to be written again.
        if (composer_->activity() == ComposerActivity::Idle) transcript_->regenerateLastAnswer();
        break;
    case Command::RenameChat:
        sidebar_->renameCurrent();
        break;
    case Command::PinChat:
        sidebar_->pinCurrent();
        break;
    case Command::DeleteChat:
        sidebar_->deleteCurrent();
        break;
    case Command::ExportChat:
        sidebar_->exportCurrent();
        break;
    case Command::ImportChats:
        emit importRequested();
        break;
    case Command::StopAnswer:
        if (composer_->activity() == ComposerActivity::Answering) emit stopRequested();
        break;
    case Command::LargerText:
    case Command::SmallerText:
    case Command::UsualText:
        runText(command);
        break;
    case Command::Settings:
        dialogs_->openSettings();
        break;
    case Command::Help:
        dialogs_->openShortcuts();
        break;
    case Command::Quit:
        close();
        break;
    case Command::FindInChat:
    case Command::FindNext:
    case Command::FindPrevious:
    case Command::SearchChats:
    case Command::OpenPalette:
        finding_->run(command);
        break;
    }
}

void MainWindow::runText(Command command) {
    if (command == Command::LargerText) chooseTextSize(theme_.textSize() + 1);
    if (command == Command::SmallerText) chooseTextSize(theme_.textSize() - 1);
    if (command == Command::UsualText) chooseTextSize(Theme::kDefaultTextSize);
}

void MainWindow::openModelMenu(const QPoint& corner) {
    picker_->popUp(corner);
}

void MainWindow::openLibrary(LibraryTab tab) {
    split_->closeOver();
    cover_->open(*library_);
    library_->open(tab);
}

void MainWindow::closePages() {
    finding_->closeAll();
    cover_->close(*library_);
}

void MainWindow::openWindowMenu(const QPoint& corner) {
    auto* menu = new WindowMenu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    sidebar_->addChatActions(*menu, sidebar_->currentChat());
    menu->addWindowActions();
    connect(menu, &WindowMenu::commandChosen, this, &MainWindow::run);
    auto* chats = sidebar_->findChild<ChatMenus*>();
    connect(menu, &WindowMenu::exportAllChosen, chats, [chats] { emit chats->exportFolderChosen({}); });
    connect(menu, &WindowMenu::appearanceChosen, this, &MainWindow::chooseAppearance);
    menu->popup(corner - QPoint(menu->sizeHint().width(), 0));
}

void MainWindow::chooseAppearance(Appearance appearance) {
    theme_.setAppearance(appearance);
    emit appearanceChosen(appearance);
}

void MainWindow::chooseTextSize(int pixels) {
    const int before = theme_.textSize();
    theme_.setTextSize(pixels);
    if (theme_.textSize() != before) emit textSizeChosen(theme_.textSize());
}

void MainWindow::submitExample(const QString& text) {
    if (composer_->canSend()) {
        emit submitted(text);
        return;
    }
    composer_->setDraft(text);
    composer_->focusText();
}

void MainWindow::takeTheme() {
    applyToApplication(theme_);
    update();
}

void MainWindow::takeSideShown(bool shown) {
    header_->setSidebarShown(shown);
    finding_->page().setSidebarShown(shown);
    library_->setSidebarShown(shown);
    if (split_->isSideOver()) sidebar_->focusChats();
    // Undo must be in reach also where the sidebar is not.
    if (shown)
        sidebar_->takeUndoBarBack();
    else
        tray_->add(&sidebar_->undoBar());
}

void MainWindow::placeEmptyPage() {
    emptyPage_->setGeometry(transcript_->viewport()->geometry());
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched != transcript_->viewport()) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize) placeEmptyPage();
    // Whatever changes the messages repaints them; the page lies above the view and hides nothing of it.
    if (event->type() == QEvent::Paint) emptyPage_->setVisible(transcript_->isEmpty());
    return false;
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    // Comes here only where the focused widget has no use for it.
    if (event->key() == Qt::Key_Escape) {
        if (split_->isSideOver())
            split_->closeOver();
        else if (composer_->activity() == ComposerActivity::Answering)
            emit stopRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    emit closing();
    event->accept();
}

void MainWindow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.colours().background);
}

} // namespace ponder::ui
