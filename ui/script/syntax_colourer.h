#pragma once

#include "ui/script/script_worker.h"
#include "ui/script/syntax_runs.h"

#include <QCache>

#include <chrono>

namespace ponder::ui {

struct CodeLanguage;

/// Finds the colours of code on the script worker and keeps what it has found for the next time the same code
/// is shown. UI thread only.
class SyntaxColourer : public QObject {
    Q_OBJECT
public:
    struct Found {
        bool found = false; ///< false: too slow, or more than the grammar can take
        SyntaxRuns runs;
        std::chrono::milliseconds took{0}; ///< from the question to the answer
    };

    explicit SyntaxColourer(ScriptWorker& scripts, QObject* parent = nullptr);
    ~SyntaxColourer() override;

    /// What has been found before; null: nothing yet.
    const SyntaxRuns* known(const CodeLanguage& language, const QString& code) const;

    /// Answers unless `receiver` is gone by then.
    ScriptWorker::CallId find(const CodeLanguage& language, const QString& code, QObject* receiver,
                              std::function<void(const Found&)> answered);
    void cancel(ScriptWorker::CallId id) { scripts_.cancel(id); }

signals:
    /// Code that has been painted has other colours now.
    void coloured();

private:
    struct Key {
        const CodeLanguage* language = nullptr;
        size_t hash = 0;
        qsizetype length = 0;

        bool operator==(const Key&) const = default;
        friend size_t qHash(const Key& key, size_t seed) { return qHashMulti(seed, key.language, key.hash); }
    };

    static Key keyOf(const CodeLanguage& language, const QString& code);

    ScriptWorker& scripts_;
    QCache<Key, SyntaxRuns> found_;
};

} // namespace ponder::ui
