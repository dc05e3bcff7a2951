#pragma once

#include "ui/script/syntax_colourer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

namespace ponder::ui {

/// The colours of one block of code, which may grow: it is shown plain first, and what has not changed keeps
/// its colours while new ones are looked for.
class CodeColouring : public QObject {
    Q_OBJECT
public:
    /// Code behind this stays plain.
    static constexpr int kMostCharacters = 100 * 1024;
    static constexpr std::chrono::milliseconds kPause{
        250}; ///< between two searches in the same code, at least

    CodeColouring();
    ~CodeColouring() override;

    /// The first `same` characters are those of the code before.
    void setCode(const QString& code, const QString& language, int same);
    /// The code is being shown: looks for its colours where they are not known.
    void show(SyntaxColourer& colourer);

    const SyntaxRuns& runs() const { return runs_; }
    /// Where colours have changed since the last call, from this character on; -1: nowhere.
    int takeChange();

private:
    void search(SyntaxColourer& colourer);
    void takeUp(const SyntaxColourer::Found& found);
    void adopt(SyntaxRuns runs);
    std::chrono::milliseconds pause() const;

    const CodeLanguage* language_ = nullptr;
    QString code_;   ///< as far as it is coloured
    QString wanted_; ///< the code whose colours were looked for last
    bool settled_ = true;
    SyntaxRuns runs_;
    int change_ = -1;
    QPointer<SyntaxColourer> colourer_;
    ScriptWorker::CallId search_ = 0; ///< 0: none is going on
    QElapsedTimer sinceSearch_;
    std::chrono::milliseconds took_{0};
    bool waits_ = false;
};

} // namespace ponder::ui
