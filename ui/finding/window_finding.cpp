#include "ui/finding/window_finding.h"

#include "ui/commands.h"
#include "ui/finding/find_bar.h"
#include "ui/finding/palette.h"
#include "ui/finding/search_page.h"
#include "ui/model_picker.h"
#include "ui/transcript_view.h"
#include "ui/widgets/body_cover.h"

namespace ponder::ui {

namespace {

constexpr int kPaletteMessages = 12;

} // namespace

WindowFinding::WindowFinding(Theme& theme, QWidget& window, BodyCover& cover, TranscriptView& transcript)
    : QObject(&window), cover_(cover), transcript_(transcript), bar_(new FindBar(theme, transcript)),
      palette_(new Palette(theme, window)), page_(new SearchPage(theme, &window)) {
    palette_->setSource(PaletteSection::Actions, [this] {
        std::vector<PaletteEntry> entries;
        for (const CommandKeys& entry : commandTable()) {
            if (entry.command == Command::OpenPalette) continue;
            entries.push_back({.text = entry.text,
                               .detail = shownKey(entry.command).toString(QKeySequence::NativeText),
                               .words = {},
                               .icon = Icon::Prompt,
                               .run = [this, command = entry.command] { emit commandChosen(command); }});
        }
        return entries;
    });
    connect(palette_, &Palette::opened, this, &WindowFinding::opened);
    connect(palette_, &Palette::searched, this, [this](const QString& query) {
        emit searchAsked(FindingPlace::Palette, query, kPaletteMessages);
    });
    connect(palette_, &Palette::messageChosen, this,
            [this](const FoundMessage& message, const QStringList& words) {
                closePage();
                emit messageChosen(message, words);
            });
    connect(palette_, &Palette::searchPageWanted, this, &WindowFinding::openPage);
    connect(page_, &SearchPage::searched, this,
            [this](const QString& query, int limit) { emit searchAsked(FindingPlace::Page, query, limit); });
    connect(page_, &SearchPage::messageChosen, this,
            [this](const FoundMessage& message, const QStringList& words) {
                closePage();
                emit messageChosen(message, words);
            });
    connect(page_, &SearchPage::closed, this, &WindowFinding::closePage);
}

void WindowFinding::run(Command command) {
    switch (command) {
    case Command::FindInChat:
        return page_->isVisible() ? page_->setFocus(Qt::ShortcutFocusReason) : bar_->open();
    case Command::FindNext:
        return bar_->next();
    case Command::FindPrevious:
        return bar_->previous();
    case Command::SearchChats:
        return openPage({});
    case Command::OpenPalette:
        return palette_->open();
    default:
        return;
    }
}

void WindowFinding::setModels(const std::vector<ModelRow>& models) {
    palette_->setSource(PaletteSection::Models, [this, models] {
        std::vector<PaletteEntry> entries;
        for (const ModelRow& model : models) {
            if (!model.problem.isEmpty()) continue;
            entries.push_back({.text = model.name,
                               .detail = model.size,
                               .words = model.where,
                               .icon = Icon::Chip,
                               .run = [this, path = model.path] { emit modelChosen(path); }});
        }
        return entries;
    });
}

void WindowFinding::showFound(FindingPlace place, const FoundMessages& found) {
    if (place == FindingPlace::Palette)
        palette_->setMessages(found);
    else
        page_->setFound(found);
}

void WindowFinding::showMessage(int message, const QStringList& words) {
    closeAll();
    transcript_.showMessage(message);
    if (!words.isEmpty()) bar_->openWith(words, message);
}

void WindowFinding::openPage(const QString& query) {
    if (!page_->isVisible()) {
        cover_.open(*page_);
        emit opened();
    }
    page_->open(query);
}

void WindowFinding::closePage() {
    cover_.close(*page_);
}

void WindowFinding::closeAll() {
    palette_->close();
    closePage();
}

} // namespace ponder::ui
