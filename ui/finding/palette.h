#pragma once

#include "ui/finding/finding_list.h"
#include "ui/finding/found_message.h"
#include "ui/icons.h"

#include <QPointer>
#include <QWidget>

#include <array>
#include <functional>

namespace ponder::ui {

class Label;
class SearchField;
class Theme;

/// Where the entries of the palette come from, in the order in which they are shown. Messages come last.
enum class PaletteSection { Chats, Actions, Settings, Models };
constexpr size_t kPaletteSections = 4;

/// Something that the palette can do.
struct PaletteEntry {
    QString text;
    QString detail; ///< at the end of the line: its key, a date
    QString words;  ///< more words that it is found by, not shown
    Icon icon = Icon::None;
    std::function<void()> run;
};

/// One field near the top of the window for everything that has a name: chats, actions, settings, models; and
/// for the words of all messages. Lies over the window while it is open. UI thread only.
class Palette : public QWidget {
    Q_OBJECT
public:
    Palette(Theme& theme, QWidget& window);

    /// A source is asked whenever the palette opens, or `refresh` is called. Entries come in the order in
    /// which they are shown where nothing is typed.
    using Source = std::function<std::vector<PaletteEntry>()>;
    void setSource(PaletteSection section, Source source);
    void refresh();
    /// The answer to `searched`. An answer to another query than the present one is dropped.
    void setMessages(const FoundMessages& found);

    void open();
    void close();

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void opened();
    void searched(const QString& query);
    void messageChosen(const FoundMessage& message, const QStringList& words);
    void searchPageWanted(const QString& query);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void takeTyped();
    void rebuild(FindingList::Choice choice);
    void addSection(std::vector<FindingRow>& rows, PaletteSection section, const QString& typed);
    void addMessages(std::vector<FindingRow>& rows);
    void run(int number, Qt::KeyboardModifiers modifiers);
    void place();
    QString typed() const;

    Theme& theme_;
    QWidget* card_;
    SearchField* field_;
    FindingList* list_;
    Label* hints_;
    std::array<Source, kPaletteSections> sources_;
    std::array<std::vector<PaletteEntry>, kPaletteSections> entries_;
    std::vector<std::function<void(Qt::KeyboardModifiers)>> runs_; ///< of the rows, by their numbers
    FoundMessages found_;
    QPointer<QWidget> before_; ///< had the keyboard
};

} // namespace ponder::ui
