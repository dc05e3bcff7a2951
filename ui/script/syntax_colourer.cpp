#include "ui/script/syntax_colourer.h"

#include "ui/script/code_languages.h"

#include <QElapsedTimer>
#include <QHash>

namespace ponder::ui {

namespace {

// Runs, of 12 bytes each; a screen of code has some hundred.
constexpr int kKeptRuns = 250'000;
constexpr size_t kHashSeed = 1;

} // namespace

SyntaxColourer::SyntaxColourer(ScriptWorker& scripts, QObject* parent)
    : QObject(parent), scripts_(scripts), found_(kKeptRuns) {}
SyntaxColourer::~SyntaxColourer() = default;

SyntaxColourer::Key SyntaxColourer::keyOf(const CodeLanguage& language, const QString& code) {
    return {&language, qHash(QStringView(code), kHashSeed), code.size()};
}

const SyntaxRuns* SyntaxColourer::known(const CodeLanguage& language, const QString& code) const {
    return found_.object(keyOf(language, code));
}

ScriptWorker::CallId SyntaxColourer::find(const CodeLanguage& language, const QString& code,
                                          QObject* receiver, std::function<void(const Found&)> answered) {
    QElapsedTimer timer;
    timer.start();
    ScriptCall call{grammarScripts(language),
                    QStringLiteral("colourCode"),
                    {code, QString::fromLatin1(language.grammar)}};
    return scripts_.call(std::move(call), receiver,
                         [this, timer, &language, code, answered](const ScriptAnswer& answer) {
                             Found found;
                             found.took = std::chrono::milliseconds(timer.elapsed());
                             found.found = answer.end == ScriptEnd::Done;
                             if (found.found) {
                                 found.runs = readSyntaxRuns(answer.text, int(code.size()));
                                 found_.insert(keyOf(language, code), new SyntaxRuns(found.runs),
                                               qsizetype(found.runs.size()) + 1);
                             }
                             answered(found);
                         });
}

} // namespace ponder::ui
